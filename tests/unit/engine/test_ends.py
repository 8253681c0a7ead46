from dataclasses import replace
from math import erfc

import numpy as np
import pytest

from counterpoint.engine import DyadDiary, Prior, fit_dyad, shipped_prior, simulate_dyads
from counterpoint.engine.diagnostics import ceiling_share, floor_share
from counterpoint.engine.diary import TAP_ENDS
from counterpoint.engine.problem import pose_problem
from counterpoint.engine.widening import AT_AN_END, AT_UNKNOWN_END, MOVED, widening_of
from counterpoint.errors import DataError
from engine_cases import FINE, furthest_mean, require_compiled


def high_diary(seed: int = 3, up: float = 1.2) -> DyadDiary:
    rng = np.random.default_rng(seed)
    _, truth = simulate_dyads(1, 40, rng=rng)
    lifted = replace(truth[0], level=truth[0].level + up)
    return simulate_dyads(1, 40, rng=rng, design="checkin", parameters=(lifted,))[0][0]


def test_answers_at_an_end_are_known_to_lie_beyond() -> None:
    items = np.array([-10 / 3, -3.0, 0.0, 8 / 3, 3.0, 10 / 3, np.nan]).reshape(7, 1, 1)
    items = np.tile(items, (1, 4, 1))
    diary = DyadDiary(items=items, ends=TAP_ENDS)
    assert diary.beyond[:, 0, 0].tolist() == [-1, -1, 0, 0, 1, 1, 0]
    assert diary.swapped().ends == TAP_ENDS
    assert not DyadDiary(items=items).beyond.any()
    problem = pose_problem(diary, shipped_prior(1), trend=False)
    assert problem.answers[:, 0, 0].tolist() == [-3, -3, 0, 8 / 3, 3, 3, 0]


def test_without_an_answer_at_an_end_nothing_changes() -> None:
    items = np.random.default_rng(1).normal(0, 0.5, size=(12, 4, 2))
    one = fit_dyad(DyadDiary(items=items), backend="portable", sweeps=60, dropped=10, seed=1)
    two = fit_dyad(
        DyadDiary(items=items, ends=TAP_ENDS), backend="portable", sweeps=60, dropped=10, seed=1
    )
    assert np.array_equal(one.level, two.level)
    problem = pose_problem(DyadDiary(items=items, ends=TAP_ENDS), shipped_prior(2), trend=False)
    assert problem.beyond.shape == (0, 4, 2)


def test_ends_must_be_in_order() -> None:
    with pytest.raises(DataError, match="ends"):
        DyadDiary(items=np.zeros((3, 4, 1)), ends=(3.0, -3.0))


def test_both_samplers_agree_on_answers_beyond_the_ends() -> None:
    require_compiled()
    diary = high_diary()
    assert (diary.beyond != 0).sum() > 20
    compiled = fit_dyad(diary, backend="compiled", sweeps=6000, dropped=200, until_mixed=False)
    portable = fit_dyad(diary, backend="portable", sweeps=2500, dropped=200, until_mixed=False)
    for name in ("level", "transition", "process_cov", "offset"):
        assert furthest_mean(getattr(compiled, name), getattr(portable, name)) < 0.2, name


def tight_prior() -> Prior:
    """One item, all but the answers' own states known."""
    base = shipped_prior(1)
    return replace(
        base,
        coupling_mean=np.zeros(8),
        coupling_sum_cov=1e-8 * np.eye(8),
        coupling_difference_cov=1e-8 * np.eye(8),
        level_mean=np.array([2.0, 0.0]),
        level_sum_cov=1e-8 * np.eye(2),
        level_difference_cov=1e-8 * np.eye(2),
        process_df=1e7,
        process_scale=np.eye(4) * (1e7 - 5),
        measurement_shape=1e7,
        measurement_rate=np.full((2, 1), 1e7 - 1),
        offset_sd=1e-4,
        initial_cov=np.eye(4),
    )


@pytest.mark.parametrize("backend", ["compiled", "portable"])
def test_a_state_behind_an_end_follows_the_exact_law(backend: str) -> None:
    """x ~ N(2, 1), y = x + N(0, 1) known only to exceed 3: the mean by the tail of y."""
    require_compiled()
    items = np.full((2, 4, 1), np.nan)
    items[1, 0, 0] = 10 / 3
    found = fit_dyad(
        DyadDiary(items=items, ends=TAP_ENDS),
        prior=tight_prior(),
        backend=backend,
        sweeps=20_000 if backend == "compiled" else 6000,
        dropped=100,
        until_mixed=False,
    )
    gap = (3.0 - 2.0) / np.sqrt(2.0)
    density = np.exp(-0.5 * gap**2) / np.sqrt(2 * np.pi)
    tail = 0.5 * erfc(gap / np.sqrt(2))
    expected = 2.0 + density / tail / np.sqrt(2.0)
    assert found.smoothed_mean[1, 0] == pytest.approx(expected, abs=0.06)


def test_knowing_the_ends_raises_places_near_the_top() -> None:
    diary = high_diary(5, up=2.5)
    prior = shipped_prior()
    known = fit_dyad(diary, prior=prior, backend="portable", sweeps=400, dropped=80)
    at_word = fit_dyad(
        replace(diary, ends=None), prior=prior, backend="portable", sweeps=400, dropped=80
    )
    top = np.array(known.diagnostics.at_ceiling)
    assert top.any()
    assert np.all(known.level.mean(axis=0)[top] > at_word.level.mean(axis=0)[top])


def test_places_are_stretched_only_where_flagged() -> None:
    assert widening_of(FINE, knows_ends=True).tolist() == [1.0] * 4
    flagged = replace(
        FINE,
        ceiling_share=np.array([0.3, 0.2, 0, 0]),
        floor_share=np.array([0, 0, 0.5, 0]),
        level_z=np.array([0.0, 0.0, 0.0, -2.6]),
    )
    assert widening_of(flagged, knows_ends=True).tolist() == [AT_AN_END, 1.0, AT_AN_END, MOVED]
    assert widening_of(flagged, knows_ends=False)[0] == AT_UNKNOWN_END


def test_a_stretched_place_keeps_its_mean() -> None:
    diary = high_diary(5, up=2.5)
    fit = fit_dyad(diary, backend="portable", sweeps=200, dropped=50)
    plain = fit.level + 0.5 * fit.trend
    factors = widening_of(fit.diagnostics, knows_ends=True)
    assert factors.max() > 1
    np.testing.assert_allclose(fit.place.mean(axis=0), plain.mean(axis=0))
    np.testing.assert_allclose(fit.place.std(axis=0), factors * plain.std(axis=0))
    levels = [answer for answer in fit.answers() if answer.quantity == "level"]
    np.testing.assert_allclose([a.sd for a in levels], 15 * fit.place.std(axis=0, ddof=1))


def test_shares_at_the_ends_are_counted_on_markers() -> None:
    items = np.zeros((4, 4, 2))
    items[:2, 1, 0] = -10 / 3
    items[:, 2, 1] = -10 / 3
    assert floor_share(DyadDiary(items=items)).tolist() == [0, 0.5, 0, 0]
    assert not ceiling_share(DyadDiary(items=items)).any()
