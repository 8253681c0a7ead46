"""Both samplers against each other and against exact answers, to Monte Carlo error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from counterpoint.engine import (
    DyadDiary,
    DyadFit,
    Prior,
    fit_dyad,
    shipped_prior,
    simulate_dyads,
    smooth_diary,
)
from engine_cases import (
    furthest_mean,
    make_diary,
    make_parameters,
    require_compiled,
    swap_both,
    swap_columns,
)

BACKENDS = ["compiled", "portable"]
DRAWN = ("level", "trend", "transition", "input_effect", "process_cov", "offset", "measurement_var")


@pytest.fixture(autouse=True)
def _compiled() -> None:
    require_compiled()


def fit(diary: DyadDiary, backend: str, sweeps: int, **more: object) -> DyadFit:
    """A long chain; the portable sampler, ten times as slow, gets 5,000 sweeps at most."""
    sweeps = min(sweeps, 5000) if backend == "portable" else sweeps
    return fit_dyad(
        diary,
        backend=backend,
        sweeps=sweeps,
        dropped=200,
        until_mixed=False,
        **more,
    )


@pytest.mark.parametrize(
    ("days", "inputs", "together", "items"),
    [(60, 0, False, 3), (28, 1, True, 3), (45, 2, True, 2), (14, 0, False, 1)],
)
def test_the_two_implementations_agree(days: int, inputs: int, together: bool, items: int) -> None:
    diary = make_diary(days, days, items=items, inputs=inputs, together=together, missing=0.2)
    compiled = fit(diary, "compiled", 8000)
    portable = fit(diary, "portable", 5000)
    for name in DRAWN:
        one, other = getattr(compiled, name), getattr(portable, name)
        if one.size and one.std() > 0:
            assert furthest_mean(one, other) < 0.15, name
            np.testing.assert_allclose(one.std(axis=0), other.std(axis=0), rtol=0.2)
    distance = (compiled.smoothed_mean - portable.smoothed_mean) / portable.smoothed_sd
    assert np.max(np.abs(distance)) < 0.15


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_diary_without_answers_returns_the_prior(backend: str) -> None:
    empty = DyadDiary(items=np.full((20, 4, 2), np.nan))
    found = fit(empty, backend, 8000)
    prior = shipped_prior(2)
    mean, cov = prior.coupling_moments()
    level_mean, level_cov = prior.level_moments()
    sd = np.sqrt(np.diag(cov)).reshape(4, 4)
    assert np.max(np.abs(found.transition.mean(axis=0) - mean) / sd) < 0.12
    np.testing.assert_allclose(found.transition.std(axis=0), sd, rtol=0.08)
    assert np.max(np.abs(found.level.mean(axis=0) - level_mean)) < 0.15
    np.testing.assert_allclose(np.cov(found.level.T), level_cov, atol=0.15)
    np.testing.assert_allclose(found.offset.std(axis=0), 0.35, rtol=0.08)
    np.testing.assert_allclose(found.process_cov.mean(axis=0), prior.process_scale / 7, atol=0.08)
    assert not any(answer.said for answer in found.answers())


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_member_never_observed_keeps_the_prior_given_the_other(backend: str) -> None:
    diary = make_diary(5, 40, missing=0.1)
    items = diary.items.copy()
    items[:, 2:] = np.nan
    found = fit(DyadDiary(items=items), backend, 8000)
    prior = shipped_prior()
    assert np.max(np.abs(found.offset[:, 2:].mean(axis=0))) < 0.04
    np.testing.assert_allclose(found.offset[:, 2:].std(axis=0), 0.35, rtol=0.08)
    np.testing.assert_allclose(
        found.measurement_var[:, 2:].mean(axis=0), np.tile([0.7, 0.8, 0.9], (2, 1)), rtol=0.08
    )
    mean, cov = prior.level_moments()
    gain = cov[2:, :2] @ np.linalg.inv(cov[:2, :2])
    expected = mean[2:] + gain @ (found.level[:, :2].mean(axis=0) - mean[:2])
    assert np.max(np.abs(found.level[:, 2:].mean(axis=0) - expected)) < 0.12
    rest = cov[2:, 2:] - gain @ cov[:2, 2:]
    spread = rest + gain @ np.cov(found.level[:, :2].T) @ gain.T
    np.testing.assert_allclose(np.cov(found.level[:, 2:].T), spread, atol=0.12)


@pytest.mark.parametrize("backend", BACKENDS)
def test_known_parameters_leave_exactly_the_smoother(backend: str) -> None:
    """With a prior that leaves nothing open, the sampler's states are the Kalman smoother's."""
    truth = make_parameters(8)
    diary = make_diary(8, 12, missing=0.3)
    tight = 1e-9
    within = truth.transition
    base = shipped_prior()
    # a swap-symmetric truth, held by a prior without spread
    mean = np.array(
        [within[i, j] for i, j in ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (0, 3), (1, 2), (1, 3))]
    )
    prior = replace(
        base,
        coupling_mean=mean,
        coupling_sum_cov=tight * np.eye(8),
        coupling_difference_cov=tight * np.eye(8),
        level_sum_cov=tight * np.eye(2),
        level_difference_cov=tight * np.eye(2),
        process_df=1e7,
        process_scale=base.process_scale / 7.0 * (1e7 - 5),
        measurement_shape=1e7,
        measurement_rate=base.measurement_rate / 5.0 * (1e7 - 1),
        offset_sd=1e-4,
    )
    transition = np.empty((4, 4))
    order = ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (0, 3), (1, 2), (1, 3))
    for value, (i, j) in zip(mean, order, strict=True):
        transition[i, j] = value
        transition[(i + 2) % 4, (j + 2) % 4] = value
    known = replace(
        truth,
        level=np.tile(prior.level_mean, 2),
        transition=transition,
        process_cov=base.process_scale / 7.0,
        measurement_var=np.tile(base.measurement_rate / 5.0, (2, 1)),
        offset=np.zeros((4, 3)),
    )
    found = fit(diary, backend, 12000, prior=prior)
    exact = smooth_diary(diary, known)
    sd = np.sqrt(np.diagonal(exact.smoothed_cov, axis1=1, axis2=2))
    assert np.max(np.abs(found.smoothed_mean - exact.smoothed_mean) / sd) < 0.05
    np.testing.assert_allclose(found.smoothed_sd, sd, rtol=0.05)


def check_swap(diary: DyadDiary, backend: str) -> None:
    one = fit(diary, backend, 8000)
    other = fit(diary.swapped(), backend, 8000, seed=77)
    assert furthest_mean(one.level, swap_columns(other.level)) < 0.15
    assert furthest_mean(one.transition, swap_both(other.transition)) < 0.15
    assert furthest_mean(one.process_cov, swap_both(other.process_cov)) < 0.15
    assert furthest_mean(one.input_effect, swap_columns(other.input_effect)) < 0.15
    assert furthest_mean(one.offset, swap_columns(other.offset)) < 0.15


def swap_case() -> DyadDiary:
    diaries, _ = simulate_dyads(1, 40, rng=np.random.default_rng(12), prior=shipped_prior(3, 1))
    return diaries[0]


@pytest.mark.parametrize("backend", BACKENDS)
def test_swapping_the_members_swaps_every_result(backend: str) -> None:
    check_swap(swap_case(), backend)


def test_the_swap_test_catches_a_planted_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """A prior that favours one member is caught."""
    honest = Prior.coefficient_moments

    def favouring_a(prior: Prior) -> tuple[np.ndarray, np.ndarray]:
        mean, cov = honest(prior)
        mean = mean.copy()
        mean[1, 3] += 0.1
        return mean, cov

    monkeypatch.setattr(Prior, "coefficient_moments", favouring_a)
    with pytest.raises(AssertionError):
        check_swap(swap_case(), "compiled")


def test_the_order_of_further_items_changes_nothing() -> None:
    diary = make_diary(9, 30, missing=0.2)
    prior = shipped_prior()
    order = [0, 2, 1]
    turned = replace(
        prior,
        loading=prior.loading[:, order],
        intercept=prior.intercept[:, order],
        measurement_rate=prior.measurement_rate[:, order],
    )
    one = fit(diary, "compiled", 8000, prior=prior)
    other = fit(DyadDiary(items=diary.items[:, :, order]), "compiled", 8000, prior=turned)
    assert furthest_mean(one.transition, other.transition) < 0.15
    assert furthest_mean(one.level, other.level) < 0.15
    assert furthest_mean(one.offset, other.offset[:, :, order]) < 0.15
