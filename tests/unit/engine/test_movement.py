from dataclasses import replace

import numpy as np
import pytest

from counterpoint.domain.dyad import Member
from counterpoint.engine import (
    DyadDiary,
    fit_movement,
    item_change,
    level_changes,
    simulate_dyads,
)
from counterpoint.engine.movement import Movement
from counterpoint.errors import DataError


def moved(by: float, seed: int = 4) -> Movement:
    """Self of a moved by so much from the 30th day of 60 on."""
    diary = simulate_dyads(1, 60, rng=np.random.default_rng(seed), trend=False, missing=0.1)[0][0]
    items = diary.items.copy()
    items[30:, 1] += by * np.array([1.0, 0.9, 1.1])
    return fit_movement(replace(diary, items=items), border=30, sweeps=400, dropped=80)


def test_a_change_is_found_where_it_is_and_said() -> None:
    found = moved(2.0)
    connection, own = level_changes(found, Member.A)
    assert own.word == "more"
    assert own.q05 < 30.0 < own.q95 + 10.0
    assert connection.word != "more" or connection.mean < own.mean
    assert item_change(found, Member.A, 1, 2).word == "more"
    down = level_changes(moved(-2.5), Member.A)[1]
    assert down.word == "less"
    assert down.notes == ()


def test_about_the_same_takes_a_narrow_interval() -> None:
    found = moved(0.0)
    narrow = replace(found.fit, trend=0.05 * np.random.default_rng(1).standard_normal((320, 4)))
    change = level_changes(replace(found, fit=narrow), Member.B)[0]
    assert (change.word, change.said) == ("about_the_same", True)
    assert change.prob is not None
    assert change.prob > 0.99


def test_both_stretches_need_days() -> None:
    found = moved(2.0)
    few = replace(found, answered_days=(5, 20))
    assert level_changes(few, Member.A)[1].reason == "too_few_days"
    diary = DyadDiary(items=np.zeros((10, 4, 1)))
    for border in (0, 10):
        with pytest.raises(DataError, match="stretches"):
            fit_movement(diary, border=border)
    with pytest.raises(DataError, match="items"):
        item_change(found, Member.A, 1, 3)
