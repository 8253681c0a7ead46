"""Evidence told in other languages: as even, as gated and as free of verdicts as in English."""

from __future__ import annotations

from itertools import product

import pytest

from counterpoint.content import LANGUAGES, load_content
from counterpoint.content.exercises import Outcome, OutcomeTime
from counterpoint.content.plan import Reason, suggest
from counterpoint.content.telling import (
    Change,
    Effect,
    Guess,
    Quantity,
    skills_spoken_for,
    tell_change,
    tell_effect,
    tell_hunch,
    tell_plan,
    tell_reason,
    tell_said,
    tell_span,
)
from counterpoint.domain.bearings import Bearing
from counterpoint.domain.couplings import Cost
from counterpoint.domain.plane import Axis
from counterpoint.domain.signs import Sign
from counterpoint.domain.styles import Style

OTHERS = LANGUAGES[1:]
CONTENTS = {language: load_content(language) for language in LANGUAGES}
VERDICTS = {
    "de": {"falsch", "richtig", "korrekt", "recht"},
    "es": {"mal", "bien", "correcto", "falso", "acertaste"},
}
"""Words that would call a hunch right or wrong."""
HELPS = {"de": "Es hilft", "es": "Ayuda"}
NO_EVIDENCE = {language: CONTENTS[language].phrase("effect.no_evidence") for language in OTHERS}


@pytest.mark.parametrize(("language", "cost"), list(product(OTHERS, Cost)))
def test_every_hunch_has_an_answer_and_none_is_called_wrong(language: str, cost: Cost) -> None:
    content = CONTENTS[language]
    for guess, bearing, alone in product((None, *Guess), Bearing, (False, True)):
        told = tell_hunch(content, cost, guess, bearing, alone=alone)
        assert 1 <= len(told) <= 2
        words = {word.strip("«».,:„“").lower() for word in " ".join(told).split()}
        assert not VERDICTS[language] & words


@pytest.mark.parametrize(("language", "cost"), list(product(LANGUAGES, Cost)))
def test_a_hunch_is_told_as_one_sentence_without_the_gap(language: str, cost: Cost) -> None:
    """The three dots of the question do not stand in the middle of the answer."""
    first = tell_hunch(CONTENTS[language], cost, Guess.HIGH, Bearing.COSTS)[0]
    assert "..." not in first
    assert "…" not in first


@pytest.mark.parametrize(("language", "axis", "time"), list(product(OTHERS, Axis, OutcomeTime)))
def test_helps_is_said_only_where_it_may_be(language: str, axis: Axis, time: OutcomeTime) -> None:
    def told(*, helps: bool) -> str:
        found = Effect(
            Outcome(axis, time), helps, 0.1, 0.9, offers=9, without=8, done=5, next_look=7
        )
        return " ".join(tell_effect(CONTENTS[language], found))

    assert HELPS[language] in told(helps=True)
    assert NO_EVIDENCE[language] not in told(helps=True)
    assert NO_EVIDENCE[language] in told(helps=False)
    assert HELPS[language] not in told(helps=False)


@pytest.mark.parametrize(("language", "about"), list(product(OTHERS, ("effect", "change"))))
def test_a_range_has_decimal_commas_and_never_minus_nothing(language: str, about: str) -> None:
    for low, high in ((-0.04, 0.5), (-0.5, 0.04), (-0.3, 0.2)):
        told = tell_span(CONTENTS[language], about, low, high)
        assert "-" not in told
        assert f"{max(abs(low), abs(high)):.1f}".replace(".", ",") in told


@pytest.mark.parametrize(("language", "quantity"), list(product(OTHERS, Quantity)))
def test_more_and_less_are_told_alike(language: str, quantity: Quantity) -> None:
    content = CONTENTS[language]
    more, less, same, open_ = (
        tell_change(content, quantity, change, since="first") for change in Change
    )
    assert abs(len(more.split()) - len(less.split())) <= 1
    assert len({more, less, same, open_}) == 4
    assert "?" in open_
    then = content.phrase("change.then.first")
    assert all(then in one for one in (more, less, same, open_))


@pytest.mark.parametrize("language", OTHERS)
def test_the_two_stuck_styles_weigh_the_same(language: str) -> None:
    content = CONTENTS[language]
    for part in ("meaning", "protects", "costs"):
        lengths = [
            len(getattr(content.styles[style], part).split())
            for style in (Style.CODEPENDENCE, Style.INDEPENDENCE)
        ]
        assert max(lengths) <= 1.5 * min(lengths), part
    for family in ("plan.because.cost", "hunch"):
        lengths = [
            len(one.text.split())
            for one in content.phrases.values()
            if one.phrase_id.startswith(f"{family}.")
            and one.phrase_id.split(".")[-1] in {*Cost, "stem"}
        ]
        assert len(lengths) == 4
        assert max(lengths) <= 1.7 * min(lengths)


@pytest.mark.parametrize("language", OTHERS)
def test_every_reason_of_a_plan_has_its_words(language: str) -> None:
    content = CONTENTS[language]
    spoken_for = skills_spoken_for(content)
    assert spoken_for == skills_spoken_for(CONTENTS["en"])
    for key in spoken_for:
        kind, _, name = key.partition(".")
        reason = (
            Reason("sign", sign=Sign(name), values={"often": "x"})
            if kind == "sign"
            else Reason(key, values={"n": 2, "days": 3})
        )
        assert tell_reason(content, reason)
        assert tell_plan(content, suggest([reason], spoken_for))[-1] == content.phrase(
            "plan.reading"
        )


@pytest.mark.parametrize("language", OTHERS)
def test_what_was_said_of_a_sign_uses_the_words_of_the_answers(language: str) -> None:
    content = CONTENTS[language]
    labels = [one.label for one in content.questionnaire.response_options]
    told = tell_said(content, answered=3, items=3, low=1, high=3)[0]
    assert labels[1] in told
    assert labels[3] in told
    assert len(tell_said(content, answered=1, items=3, low=2, high=2)) == 2


@pytest.mark.parametrize("language", OTHERS)
def test_the_safety_line_stands_where_it_stands_in_english(language: str) -> None:
    content = CONTENTS[language]
    for page_id in ("styles", "help_fear", "better_question"):
        told = [text for part in content.page(page_id).sections for text in part.paragraphs]
        assert content.phrase("safety_line") in told, page_id
    for page_id in ("limits", "cannot"):
        told = [text for part in content.page(page_id).sections for text in part.paragraphs]
        assert content.phrase("safety.not_reviewed") in told, page_id
