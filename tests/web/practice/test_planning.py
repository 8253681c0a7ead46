"""Which of a person's own evidence speaks for a skill, without a database."""

from __future__ import annotations

from datetime import date

import pytest

from counterpoint.content import load_content
from counterpoint.content.telling import skills_spoken_for, tell_reason
from counterpoint.domain.couplings import Cost
from counterpoint.domain.signs import Sign
from counterpoint.web.dynamics.rules import Told
from counterpoint.web.practice.planning import Evidence, reasons_of, turn_of

CONTENT = load_content()
LABELS = {one.value: one.label for one in CONTENT.questionnaire.response_options}


def keys(evidence: Evidence, **how) -> list[str]:
    return [one.key for one in reasons_of(evidence, LABELS, **how)]


def test_of_nobody_known_nothing_is_a_reason() -> None:
    assert keys(Evidence()) == []


@pytest.mark.parametrize(
    ("sign", "mean", "told"),
    [
        (Sign.STAYING_QUIET, 4.0, "nearly every time"),
        (Sign.STAYING_QUIET, 3.5, "often"),
        (Sign.STAYING_QUIET, 3.0, "often"),
        (Sign.STAYING_QUIET, 2.9, None),
        (Sign.VOICING_NEEDS, 0.0, "hardly ever"),
        (Sign.VOICING_NEEDS, 0.5, "now and then"),
        (Sign.VOICING_NEEDS, 1.0, "now and then"),
        (Sign.VOICING_NEEDS, 1.1, None),
        (Sign.VOICING_NEEDS, 4.0, None),
    ],
)
def test_a_sign_speaks_at_its_clear_end_and_nothing_stronger_is_told(
    sign: Sign, mean: float, told: str | None
) -> None:
    found = reasons_of(Evidence(signs={sign: mean}), LABELS)
    assert [one.values["often"] for one in found] == ([] if told is None else [told])
    for one in found:
        assert CONTENT.signs[sign].title in tell_reason(CONTENT, one)


def test_the_three_clearest_signs_are_named_and_a_contested_one_makes_room() -> None:
    said = {
        Sign.LOSING_OWN_FEELINGS: 3.0,
        Sign.STAYING_QUIET: 4.0,
        Sign.HARD_TO_RELY: 3.2,
        Sign.VOICING_NEEDS: 0.0,
    }
    first = ["sign.staying_quiet", "sign.voicing_needs", "sign.hard_to_rely"]
    assert keys(Evidence(signs=said)) == first
    assert keys(Evidence(signs=said), contested=["sign.staying_quiet"]) == [
        "sign.voicing_needs", "sign.hard_to_rely", "sign.losing_own_feelings",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "gave_in", "is_reason"), [(1, 1, False), (2, 2, True), (6, 2, True), (7, 2, False)]
)
def test_friction_speaks_from_two_days_and_a_third_on(
    days: int, gave_in: int, *, is_reason: bool
) -> None:
    evidence = Evidence(friction_days=days, friction={"gave_in": gave_in, "stayed": days})
    assert keys(evidence) == (["friction.gave_in"] if is_reason else [])
    for one in reasons_of(evidence, LABELS):
        assert f"On {gave_in} of {days} days" in tell_reason(CONTENT, one)


def test_only_what_may_be_said_is_a_reason_and_each_has_words_and_skills() -> None:
    everything = Evidence(
        signs={Sign.STAYING_QUIET: 4.0},
        friction_days=3,
        friction={"gave_in": 3, "shut_down": 2, "pushed": 2},
        place=(Told.ABOVE, Told.BELOW),
        takes_turns=True,
        costs=(Cost.CLOSENESS_COSTS_SELF, Cost.SELF_COSTS_CLOSENESS, Cost.PULL_AWAY),
    )
    found = reasons_of(everything, LABELS)
    assert [one.key for one in found] == [
        "sign.staying_quiet", "friction.gave_in", "friction.shut_down", "friction.pushed",
        "place.connection.nearer", "place.self.less", "same_day.turns",
        "cost.closeness_costs_self", "cost.self_costs_closeness",
    ]  # fmt: skip
    for one in found:
        assert tell_reason(CONTENT, one)
        assert skills_spoken_for(CONTENT)[one.key]


@pytest.mark.parametrize("told", [Told.ABOUT, Told.OPEN])
def test_a_place_that_is_as_wished_or_open_is_no_reason(told: Told) -> None:
    assert keys(Evidence(place=(told, told))) == []


def test_a_turn_lasts_a_week() -> None:
    monday = date(2026, 3, 2)
    assert [turn_of(monday, date(2026, 3, day)) for day in (1, 2, 8, 9, 16)] == [0, 0, 0, 1, 2]
