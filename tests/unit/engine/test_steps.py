from dataclasses import replace

import numpy as np
import pytest

from counterpoint.engine import (
    DyadDiary,
    fit_dyad,
    prior_per_step,
    shipped_prior,
    simulate_dyads,
    stationary_cov,
)
from counterpoint.errors import DataError


@pytest.mark.parametrize("steps", [2, 3])
def test_steps_add_up_to_days(steps: int) -> None:
    day = shipped_prior()
    step = prior_per_step(day, steps)
    mean, cov = step.coupling_moments()
    day_mean, day_cov = day.coupling_moments()
    np.testing.assert_allclose(np.linalg.matrix_power(mean, steps), day_mean, atol=1e-10)
    total = sum(
        np.linalg.matrix_power(mean, i) @ step.process_scale @ np.linalg.matrix_power(mean, i).T
        for i in range(steps)
    )
    np.testing.assert_allclose(total, day.process_scale, atol=1e-10)
    np.testing.assert_allclose(
        stationary_cov(mean, step.process_scale), stationary_cov(day_mean, day.process_scale)
    )
    # small draws of a step, raised to a day, spread as days do
    rng = np.random.default_rng(1)
    small = 0.01
    draws = rng.multivariate_normal(mean.ravel(), small**2 * cov, size=40_000).reshape(-1, 4, 4)
    raised = np.linalg.matrix_power(draws, steps).reshape(-1, 16)
    np.testing.assert_allclose(np.cov(raised.T) / small**2, day_cov, atol=0.0012)


def test_one_step_is_the_prior_itself_and_others_are_refused() -> None:
    prior = shipped_prior()
    assert prior_per_step(prior, 1) is prior
    with pytest.raises(DataError, match="1, 2 or 3"):
        prior_per_step(prior, 4)


def test_means_without_a_root_are_refused() -> None:
    prior = replace(shipped_prior(), coupling_mean=np.array([-0.3, 0, 0, 0.3, 0, 0, 0, 0]))
    with pytest.raises(DataError, match="real root"):
        prior_per_step(prior, 2)


def test_gates_count_days_and_not_check_ins() -> None:
    items = np.full((12, 4, 1), np.nan)
    items[0, :2] = items[1, :2] = 1.0  # both check-ins of the first day
    items[5, :2] = 0.5
    items[7, 2:] = 0.5
    diary = DyadDiary(items=items, steps_a_day=2)
    assert diary.answered_days == (2, 1)
    assert diary.calendar_days == 6
    assert diary.swapped().answered_days == (1, 2)
    assert diary.fingerprint() != DyadDiary(items=items).fingerprint()


def test_rows_must_be_whole_days() -> None:
    with pytest.raises(DataError, match="whole days"):
        DyadDiary(items=np.zeros((5, 4, 1)), steps_a_day=2)
    with pytest.raises(DataError, match="steps_a_day"):
        DyadDiary(items=np.zeros((8, 4, 1)), steps_a_day=4)


def test_a_diary_of_half_days_is_fitted_under_the_prior_of_half_days() -> None:
    diaries, truths = simulate_dyads(2, 10, rng=np.random.default_rng(3), steps_a_day=2)
    assert diaries[0].days == 20
    fit = fit_dyad(diaries[0], backend="portable", sweeps=120, dropped=20, until_mixed=False)
    assert fit.steps_a_day == 2
    assert fit.prior_source == "shipped, 2 steps a day"
    assert fit.known_days <= 10
    assert not fit.with_trend
    # carry-over from half-day to half-day is larger than from day to day
    carried = np.mean([np.diag(truth.transition) for truth in truths])
    assert carried > 0.45


def test_the_trend_waits_for_calendar_days() -> None:
    diary = DyadDiary(items=np.full((60, 4, 1), 0.5), steps_a_day=2)
    fit = fit_dyad(diary, backend="portable", sweeps=60, dropped=20, until_mixed=False)
    assert not fit.with_trend
