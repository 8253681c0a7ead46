from dataclasses import replace

import numpy as np
import pytest

from counterpoint.engine import DyadDiary, last_days, level_moves, shipped_prior, simulate_dyads
from counterpoint.engine.alarm import ALARM_AT, daily_scores
from counterpoint.errors import DataError


def test_items_of_a_state_are_made_alike() -> None:
    prior = shipped_prior()
    state = np.array([0.5, -1.0, 2.0])
    items = prior.item_rows(prior.intercept) + prior.item_rows(prior.loading) * state[:, None, None]
    items[1, 2, 1:] = np.nan
    items[2, 3] = np.nan
    scores = daily_scores(DyadDiary(items=items), prior)
    np.testing.assert_allclose(scores[:, :3], np.tile(state[:, None], (1, 3)))
    assert np.isnan(scores[2, 3])


def test_still_levels_rarely_alarm_and_large_drops_do() -> None:
    prior = shipped_prior()
    diaries, _ = simulate_dyads(200, 42, rng=np.random.default_rng(1), trend=False)
    z = np.array([level_moves(diary, prior)[1] for diary in diaries])
    assert np.mean(np.abs(z) > ALARM_AT) < 0.13
    dropped = []
    for diary in diaries:
        items = diary.items.copy()
        items[-14:, 1] -= 2.0
        dropped.append(level_moves(replace(diary, items=items), prior))
    change = np.array([found[0][1] for found in dropped])
    assert change.mean() == pytest.approx(-30.0, abs=3.0)
    assert np.mean([found[1][1] < -ALARM_AT for found in dropped]) > 0.8


def test_too_few_days_do_not_alarm_and_members_swap() -> None:
    prior = shipped_prior()
    diary = simulate_dyads(1, 42, rng=np.random.default_rng(2))[0][0]
    assert not np.any(level_moves(last_days(diary, 20), prior)[1])
    change, z = level_moves(diary, prior)
    other_change, other_z = level_moves(diary.swapped(), prior)
    np.testing.assert_allclose(other_change, change[[2, 3, 0, 1]])
    np.testing.assert_allclose(other_z, z[[2, 3, 0, 1]])


def test_the_window_keeps_the_last_days_with_all_that_belongs_to_them() -> None:
    days = 130
    items = np.arange(2.0 * days)[:, None, None] * np.ones((1, 4, 1))
    diary = DyadDiary(
        items=items,
        inputs=items[:, 0],
        together=np.ones(2 * days),
        steps_a_day=2,
        ends=(-3.0, 3.0),
        dyad_id="long",
    )
    found = last_days(diary)
    assert (found.calendar_days, found.days, found.ends, found.dyad_id) == (
        120, 240, (-3.0, 3.0), "long",
    )  # fmt: skip
    assert found.items[0, 0, 0] == 20.0
    assert found.inputs is not None
    assert found.inputs[-1, 0] == 259.0
    assert last_days(found) is found
    with pytest.raises(DataError, match="at least one day"):
        last_days(diary, 0)
