"""One tap all the way down, and taps anywhere; honest diaries are neither."""

from dataclasses import replace

import numpy as np
import pytest

from counterpoint.domain.dyad import Member
from counterpoint.engine import DyadDiary, fit_dyad, shipped_prior, simulate_dyads, to_units
from counterpoint.engine.careless import is_careless, lined_share
from counterpoint.engine.gates import Reason

TAPS = to_units(np.arange(0.0, 101.0, 10.0))


def honest(seed: int, n: int = 1, days: int = 42) -> tuple[DyadDiary, ...]:
    rng = np.random.default_rng(seed)
    return simulate_dyads(n, days, rng=rng, prior=shipped_prior(3), design="checkin")[0]


def with_answers(diary: DyadDiary, values: np.ndarray) -> DyadDiary:
    """Member a's answers replaced wherever one was given."""
    items = diary.items.copy()
    items[:, :2] = np.where(np.isnan(items[:, :2]), np.nan, values)
    return replace(diary, items=items)


def anywhere(seed: int) -> DyadDiary:
    (diary,) = honest(seed)
    return with_answers(
        diary, np.random.default_rng(seed).choice(TAPS, size=diary.items[:, :2].shape)
    )


def all_down(seed: int) -> DyadDiary:
    (diary,) = honest(seed)
    return with_answers(diary, np.random.default_rng(seed).choice(TAPS[1:-1], size=(42, 1, 1)))


def test_honest_checkins_are_not_called_careless() -> None:
    flagged = [is_careless(d, member) for d in honest(1, 200) for member in Member]
    assert sum(flagged) <= 1


@pytest.mark.parametrize("spoil", [anywhere, all_down])
def test_careless_answers_are_found_and_told_apart_by_member(spoil) -> None:
    found = [
        (is_careless(diary, Member.A), is_careless(diary, Member.B))
        for diary in map(spoil, range(20))
    ]
    assert sum(a for a, _ in found) >= 18
    assert not any(b for _, b in found)
    assert is_careless(spoil(3).swapped(), Member.B) == is_careless(spoil(3), Member.A)


def test_rows_at_an_end_of_the_scale_do_not_count_as_one_tap_all_down() -> None:
    rows = np.repeat(np.concatenate([np.full(20, TAPS[-1]), TAPS[1:10]])[:, None], 4, axis=1)
    assert lined_share(rows) == 1.0
    assert lined_share(rows[:20]) == 0.0
    rows[20:, 3] = TAPS[0]
    assert lined_share(rows) == 0.0


def test_too_few_full_rows_are_not_judged() -> None:
    diary = all_down(1)
    full = np.sum(~np.isnan(diary.items[:, :2].reshape(42, -1)), axis=1) >= 3
    stop = int(np.flatnonzero(np.cumsum(full) == 14)[0])
    assert is_careless(DyadDiary(items=diary.items[: stop + 1]), Member.A)
    assert not is_careless(DyadDiary(items=diary.items[:stop]), Member.A)


def test_nothing_is_said_of_careless_answers() -> None:
    fit = fit_dyad(all_down(2), sweeps=120, dropped=20, backend="portable", until_mixed=False)
    assert fit.diagnostics.careless == (True, False)
    assert fit.diagnostics.charts_only == Reason.CARELESS
    assert {answer.reason for answer in fit.answers()} == {Reason.CARELESS}
