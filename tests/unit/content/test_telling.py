"""Evidence told in words: every combination has its sentence, and both directions are alike."""

from __future__ import annotations

from itertools import product

import pytest

from counterpoint.content import load_content
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
    tell_reason,
    tell_span,
)
from counterpoint.domain.bearings import Bearing
from counterpoint.domain.couplings import Cost
from counterpoint.domain.plane import Axis
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill
from counterpoint.errors import ContentError

CONTENT = load_content()
SPOKEN_FOR = skills_spoken_for(CONTENT)


@pytest.mark.parametrize(("cost", "bearing"), list(product(Cost, Bearing)))
def test_every_hunch_has_an_answer_and_none_is_called_wrong(cost: Cost, bearing: Bearing) -> None:
    for guess, alone in product((None, *Guess), (False, True)):
        told = tell_hunch(CONTENT, cost, guess, bearing, alone=alone)
        assert 1 <= len(told) <= 2
        assert not {"wrong", "right", "correct"} & set(" ".join(told).lower().split())


@pytest.mark.parametrize("cost", [cost for cost in Cost if cost.cause_is_partner])
@pytest.mark.parametrize("guess", [None, *Guess])
def test_what_comes_from_the_partner_is_not_told_from_own_days(
    cost: Cost, guess: Guess | None
) -> None:
    told = {tell_hunch(CONTENT, cost, guess, bearing) for bearing in Bearing}
    assert len(told) == 1


@pytest.mark.parametrize(("axis", "time"), list(product(Axis, OutcomeTime)))
def test_helps_is_said_only_where_it_may_be(axis: Axis, time: OutcomeTime) -> None:
    def told(*, helps: bool) -> str:
        card = Effect(
            outcome=Outcome(axis, time),
            helps=helps,
            low=0.1,
            high=0.9,
            offers=9,
            without=8,
            done=5,
            next_look=7,
        )
        return " ".join(tell_effect(CONTENT, card))

    assert "It helps" in told(helps=True)
    assert "No evidence yet." not in told(helps=True)
    assert "No evidence yet." in told(helps=False)
    assert "It helps" not in told(helps=False)


@pytest.mark.parametrize("about", ["effect", "change"])
@pytest.mark.parametrize(
    ("low", "high", "end", "between"),
    [
        (-0.04, 0.5, "higher", (0.0, 0.5)),
        (-0.5, 0.04, "lower", (0.0, 0.5)),
        (-0.04, -0.01, "higher", (0.0, 0.0)),
        (-0.3, 0.2, "across", (0.3, 0.2)),
    ],
)
def test_the_ends_of_a_range_are_sizes_and_never_minus_nothing(
    about: str, low: float, high: float, end: str, between: tuple[float, float]
) -> None:
    told = tell_span(CONTENT, about, low, high)
    assert told == CONTENT.phrase(f"{about}.range.{end}", low=between[0], high=between[1])
    assert "-" not in told


@pytest.mark.parametrize("quantity", Quantity)
def test_more_and_less_are_told_alike(quantity: Quantity) -> None:
    more, less, same, open_ = (
        tell_change(CONTENT, quantity, change, since="first") for change in Change
    )
    assert abs(len(more.split()) - len(less.split())) <= 1
    assert "about as" in same
    assert open_.endswith("We cannot tell.")
    assert len({more, less, same, open_}) == 4


@pytest.mark.parametrize("since", ["first", "second"])
def test_then_has_its_words(since: str) -> None:
    told = tell_change(CONTENT, Quantity.SELF, Change.MORE, since=since)
    assert told.startswith("You were more yourself than in the ")


def test_both_sides_of_a_sentence_about_the_days_are_told_alike() -> None:
    """The stuck styles weigh the same: a cost of either is told at about the same length."""
    for family in ("plan.because.cost", "hunch"):
        lengths = [
            len(one.text.split())
            for one in CONTENT.phrases.values()
            if one.phrase_id.startswith(f"{family}.")
            and one.phrase_id.split(".")[-1] in {*Cost, "stem"}
        ]
        assert len(lengths) == 4
        assert max(lengths) <= 1.7 * min(lengths)


@pytest.mark.parametrize("turn", range(4))
def test_a_plan_suggests_two_skills_whatever_is_known(turn: int) -> None:
    chosen = suggest((), SPOKEN_FOR, turn=turn)
    assert [one.skill for one in chosen] == [
        list(Skill)[turn],
        list(Skill)[(turn + 1) % 4],
    ]
    for key in SPOKEN_FOR:
        reason = as_reason(key)
        chosen = suggest([reason], SPOKEN_FOR, turn=turn)
        assert len({one.skill for one in chosen}) == 2
        assert chosen[0].skill is SPOKEN_FOR[key][0]
        assert chosen[0].reasons == (reason,)
        assert tell_reason(CONTENT, reason)


def as_reason(key: str) -> Reason:
    kind, _, name = key.partition(".")
    if kind == "sign":
        return Reason("sign", sign=Sign(name), values={"often": "often"})
    return Reason(key, values={"n": 2, "days": 3})


def test_the_skill_more_reasons_speak_for_comes_first() -> None:
    reasons = [
        as_reason("cost.pull_away"),
        as_reason("sign.hard_to_rely"),
        as_reason("place.self.less"),
    ]
    assert [one.skill for one in suggest(reasons, SPOKEN_FOR)] == [
        Skill.EXPRESS_NEEDS,
        Skill.STAY_PRESENT,
    ]


def test_a_skill_may_be_left_out_and_a_reason_must_be_known() -> None:
    left = suggest((), SPOKEN_FOR, without=[Skill.STAY_PRESENT, Skill.RECEIVE_LOVE])
    assert [one.skill for one in left] == [Skill.TOLERATE_DISCOMFORT, Skill.EXPRESS_NEEDS]
    one_left = suggest((), SPOKEN_FOR, without=list(Skill)[1:])
    assert [one.skill for one in one_left] == [Skill.TOLERATE_DISCOMFORT]
    assert suggest((), SPOKEN_FOR, without=list(Skill)) == ()
    with pytest.raises(ContentError, match="there is no reason 'stars' for a plan"):
        suggest([Reason("stars")], SPOKEN_FOR)
