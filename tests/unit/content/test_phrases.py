"""Sentences with placeholders: plurals, refusals, and swapping the two partners."""

from __future__ import annotations

import pytest

from counterpoint.content import Phrase, load_content
from counterpoint.domain.plane import Corner
from counterpoint.engine import Plays
from counterpoint.errors import ContentError

CONTENT = load_content()
PAIR = sorted(one for one, phrase in CONTENT.phrases.items() if "one" in phrase.values)


def phrase(text: str) -> Phrase:
    return Phrase(phrase_id="x", version=1, source="test", text=text)


@pytest.mark.parametrize(
    ("phrase_id", "values", "sentence"),
    [
        ("days.known", {"days": 1}, "This rests on 1 answered day."),
        ("days.known", {"days": 2}, "This rests on 2 answered days."),
        (
            "corners.near_and_myself",
            {"n": 9, "days": 19},
            "9 of your 19 days were near and myself.",
        ),
        ("corners.near_and_myself", {"n": 1, "days": 1}, "1 of your 1 day was near and myself."),
        (
            "corners.apart_and_myself",
            {"n": 0, "days": 3},
            "0 of your 3 days were apart and myself.",
        ),
        (
            "back.near.usual",
            {"near": 6.0, "low": 4.5, "high": 7},
            "Near: 6. Most of your days lie between 4.5 and 7, and so does this one.",
        ),
        ("practice.length.alone", {"minutes": 3}, "about 3 minutes, on your own"),
    ],
)
def test_values_and_plurals(
    phrase_id: str, values: dict[str, str | int | float], sentence: str
) -> None:
    assert CONTENT.phrase(phrase_id, **values) == sentence


def test_a_value_the_template_does_not_use_is_ignored() -> None:
    assert CONTENT.phrase("back.self.new", myself=7, near=3) == "Yourself: 7."


def test_an_unknown_phrase_or_a_missing_value_is_refused() -> None:
    with pytest.raises(ContentError, match="there is no phrase 'nothing'"):
        CONTENT.phrase("nothing")
    with pytest.raises(ContentError, match=r"phrase 'corners\.near_and_myself' needs days, n"):
        CONTENT.phrase("corners.near_and_myself")


@pytest.mark.parametrize(
    ("text", "values", "message"),
    [
        ("{n:day}", {"n": 1}, "takes 'one|many'"),
        ("{n:day|days}", {"n": "1"}, "needs a number"),
        ("{n.__class__}", {"n": 1, "n.__class__": 1}, "must be a plain name"),
        ("{0}", {"0": 1}, "must be a plain name"),
        ("{n", {"n": 1}, "phrase 'x'"),
    ],
)
def test_a_broken_template_is_refused(text: str, values: dict[str, int], message: str) -> None:
    with pytest.raises(ContentError, match=message):
        phrase(text).render(values)


def test_a_value_is_put_in_as_it_is() -> None:
    assert phrase("{one}!").render({"one": "{other}<b>"}) == "{other}<b>!"


def test_every_template_can_be_read() -> None:
    for one in CONTENT.phrases.values():
        sentence = one.render(dict.fromkeys(one.values, 2))
        assert sentence.strip()
        assert not set("{}|") & set(sentence)


@pytest.mark.parametrize("phrase_id", PAIR)
def test_swapping_the_partners_swaps_the_sentence(phrase_id: str) -> None:
    others = {name: 3 for name in CONTENT.phrases[phrase_id].values if name not in {"one", "other"}}
    told = CONTENT.phrase(phrase_id, one="Noor", other="Kim", **others)
    swapped = CONTENT.phrase(phrase_id, one="Kim", other="Noor", **others)
    exchanged = told.replace("Noor", "\0").replace("Kim", "Noor").replace("\0", "Kim")
    assert exchanged == swapped
    assert "Noor" in told


def test_a_sentence_that_names_two_belongs_to_the_pair_family() -> None:
    for phrase_id, one in CONTENT.phrases.items():
        if not phrase_id.startswith("picture."):  # a picture may show two, or one alone
            assert ("one" in one.values) == phrase_id.startswith("pair.")
        assert "other" not in one.values or "one" in one.values


#: Words that turn into their opposite when a sentence is told from the other end.
OPPOSITES = {
    "nearer": "further",
    "more": "less",
    "further": "nearer",
    "less": "more",
    "to": "from",
    "from": "to",
    "near": "far",
}


@pytest.mark.parametrize(
    ("this", "that"),
    [
        ("place.connection.nearer", "place.connection.further"),
        ("place.self.more", "place.self.less"),
        ("pair.place.self.more", "pair.place.self.less"),
        ("plan.because.place.connection.nearer", "plan.because.place.connection.further"),
        ("plan.because.place.self.more", "plan.because.place.self.less"),
        ("change.self.more", "change.self.less"),
        ("change.steadiness.more", "change.steadiness.less"),
        ("change.voice.more", "change.voice.less"),
        ("sign.retake.more", "sign.retake.less"),
        ("lab.own.more_self", "lab.own.less_self"),
        ("lab.other.more_self", "lab.other.less_self"),
    ],
)
def test_both_directions_are_worded_alike(this: str, that: str) -> None:
    words = CONTENT.phrases[this].text.rstrip(".").split()
    others = CONTENT.phrases[that].text.rstrip(".").split()
    differ = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    assert differ
    assert [pair for pair in differ if OPPOSITES[pair[0]] != pair[1]] == []


FAMILIES = {
    "place.connection": {"nearer", "further", "as_wished", "cannot_tell"},
    "place.self": {"more", "less", "as_wished", "cannot_tell"},
    "same_day": {"together", "turns", "cannot_tell"},
    "back.near": {"new", "usual", "usual_same", "higher", "lower"},
    "back.self": {"new", "usual", "usual_same", "higher", "lower"},
    "pair.closeness": {"in_step", "in_turn", "cannot_tell"},
    "pair.selves": {"in_step", "in_turn", "cannot_tell"},
    "pair.coupling": {
        "contagion",
        "closeness_costs_self",
        "self_costs_closeness",
        "pull_away",
        "cannot_tell",
    },
    "lab.other": {"nearer", "further", "more_self", "less_self", "hardly"},
    "lab.plays": {plays.value for plays in Plays},
    "corners": {
        "near_and_myself",
        "near_and_less_myself",
        "apart_and_myself",
        "apart_and_less_myself",
        "middle",
        "question",
        "none",
        *(f"ask.{corner.value}" for corner in Corner),
    },
}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_each_situation_of_a_family_has_its_sentence(family: str) -> None:
    found = {
        phrase_id.removeprefix(f"{family}.")
        for phrase_id in CONTENT.phrases
        if phrase_id.startswith(f"{family}.")
    }
    assert found == FAMILIES[family]
