"""The cases a therapist can read and correct: each situation is told in exactly these sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

import pytest
import yaml

from counterpoint.content import banned_words_in, load_content
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
    tell_said,
)
from counterpoint.domain.bearings import Bearing
from counterpoint.domain.couplings import Cost
from counterpoint.domain.plane import Axis
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill

CONTENT = load_content()
FOLDER = files("counterpoint.content") / "data" / "en" / "cases"
CASES = [
    case
    for file in sorted(FOLDER.iterdir(), key=lambda one: one.name)
    if file.name.endswith(".yaml")
    for case in yaml.safe_load(file.read_text("utf-8"))
]


def hunch(cost: str, guess: str | None, bearing: str, **rest: bool) -> Sequence[str]:
    guessed = None if guess is None else Guess(guess)
    return tell_hunch(CONTENT, Cost(cost), guessed, Bearing(bearing), **rest)


def effect(axis: str, time: str, **found: Any) -> Sequence[str]:
    return tell_effect(CONTENT, Effect(Outcome(Axis(axis), OutcomeTime(time)), **found))


def change(quantity: str, change: str, since: str) -> Sequence[str]:
    return [tell_change(CONTENT, Quantity(quantity), Change(change), since=since)]


def plan(reasons: list[dict[str, Any]], without: Sequence[str] = ()) -> Sequence[str]:
    given = [
        Reason(
            reason_id=one.get("id", "sign"),
            sign=Sign(one["sign"]) if "sign" in one else None,
            values={key: value for key, value in one.items() if key not in {"id", "sign"}},
        )
        for one in reasons
    ]
    left_out = [Skill(skill) for skill in without]
    return tell_plan(CONTENT, suggest(given, skills_spoken_for(CONTENT), without=left_out))


TELLERS: dict[str, Callable[..., Sequence[str]]] = {
    "hunch": hunch,
    "effect": effect,
    "change": change,
    "plan": plan,
    "said": lambda **found: tell_said(CONTENT, **found),
    "phrase": lambda id, **values: [CONTENT.phrase(id, **values)],  # noqa: A006 - the file's word
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_situation_is_told_in_these_sentences(case: dict[str, Any]) -> None:
    assert set(case) == {"case", "tell", "situation", "expect"}
    assert list(TELLERS[case["tell"]](**case["situation"])) == case["expect"]


def test_every_part_that_speaks_has_cases() -> None:
    assert {case["tell"] for case in CASES} == set(TELLERS)
    assert len({case["case"] for case in CASES}) == len(CASES) > 25


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_is_expected_keeps_the_lexicon(case: dict[str, Any]) -> None:
    assert banned_words_in(" ".join(case["expect"])) == []
