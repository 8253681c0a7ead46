"""Answers that stand still are found, honest ones that hardly move are not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from counterpoint.cohort.robustness_diaries import Damage, draw_damaged, parked, shift_by
from counterpoint.domain.dyad import Member
from counterpoint.engine import DyadDiary, Prior, to_units
from counterpoint.engine.parked import is_parked


def share_parked(damage: Damage, couples: int = 200, seed: int = 1) -> float:
    diaries = draw_damaged(damage, couples, 42, rng=np.random.default_rng(seed)).diaries
    return float(np.mean([is_parked(diary, Member.A) for diary in diaries]))


def calm(prior: Prior) -> Prior:
    """Days and answers a quarter as variable: a marker moves by 9 points in a diary, not by 18."""
    return replace(
        prior,
        process_scale=0.25 * prior.process_scale,
        measurement_rate=0.25 * prior.measurement_rate,
    )


@pytest.mark.parametrize("share", [0.5, 2 / 3, 0.9])
def test_answers_given_again_are_found_from_every_other_day_on(share: float) -> None:
    assert share_parked(Damage("p", "", answer=parked(share))) >= 0.95


@pytest.mark.parametrize(
    "damage",
    [
        Damage("honest", ""),
        Damage("at the top", "", feel=shift_by((18.0,) * 4)),
        Damage("far up", "", feel=shift_by((30.0,) * 4)),
        Damage("calm", "", population=calm),
    ],
    ids=lambda damage: damage.name,
)
def test_honest_people_whose_answers_hardly_move_are_not_blamed(damage: Damage) -> None:
    assert share_parked(damage) <= 0.01


def test_runs_of_the_same_answers_are_found_where_two_in_three_pairs_repeat() -> None:
    runs = np.repeat(np.random.default_rng(3).integers(1, 10, size=(20, 2)), 3, axis=0)[:42]
    items = np.full((42, 4, 1), np.nan)
    items[:, :2, 0] = to_units(10.0 * runs)
    diary = DyadDiary(items=items)
    assert is_parked(diary, Member.A)
    assert not is_parked(diary, Member.B)
    assert not is_parked(DyadDiary(items=items[:14]), Member.A)
