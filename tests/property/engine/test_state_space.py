"""Properties of filter and smoother that hold for every dyad and every pattern of answers."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    draw_parameters,
    filter_diary,
    shipped_prior,
    smooth_diary,
    stationary_cov,
)
from counterpoint.engine.prior import Prior
from counterpoint.engine.states import SWAP


@st.composite
def dyads(draw: st.DrawFn) -> tuple[DyadDiary, DyadParameters]:
    seed = draw(st.integers(0, 2**32 - 1))
    days = draw(st.integers(1, 15))
    items = draw(st.integers(1, 3))
    inputs = draw(st.integers(0, 2))
    missing = draw(st.floats(0.0, 1.0))
    rng = np.random.default_rng(seed)
    values = rng.normal(0.5, 1.5, size=(days, 4, items))
    values[rng.random(values.shape) < missing] = np.nan
    diary = DyadDiary(
        items=values,
        inputs=rng.random((days, inputs)),
        together=rng.choice([0.5, 1.0, 1.5], size=days),
    )
    prior = shipped_prior(items, inputs)
    parameters = draw_parameters(1, prior=prior, rng=rng, trend=draw(st.booleans()))[0]
    return diary, parameters


@settings(deadline=None, max_examples=80)
@given(dyads())
def test_covariances_are_symmetric_and_positive_definite(
    case: tuple[DyadDiary, DyadParameters],
) -> None:
    found = smooth_diary(*case)
    for cov in (
        found.filtered.predicted_cov,
        found.filtered.filtered_cov,
        found.smoothed_cov,
    ):
        np.testing.assert_allclose(cov, np.swapaxes(cov, 1, 2), atol=1e-12)
        assert np.linalg.eigvalsh(cov).min() > 0
    np.testing.assert_array_less(
        np.linalg.eigvalsh(found.smoothed_cov - found.filtered.filtered_cov).max(), 1e-9
    )


@settings(deadline=None, max_examples=80)
@given(dyads())
def test_swapping_the_members_swaps_every_result(case: tuple[DyadDiary, DyadParameters]) -> None:
    diary, parameters = case
    one = smooth_diary(diary, parameters)
    other = smooth_diary(diary.swapped(), parameters.swapped())
    np.testing.assert_allclose(other.smoothed_mean, one.smoothed_mean[:, SWAP], atol=1e-9)
    np.testing.assert_allclose(other.smoothed_cov, one.smoothed_cov[:, SWAP][:, :, SWAP], atol=1e-9)
    np.testing.assert_allclose(other.loglik, one.loglik, atol=1e-8)


@settings(deadline=None, max_examples=80)
@given(dyads(), st.integers(0, 14))
def test_a_missing_day_is_a_longer_prediction(
    case: tuple[DyadDiary, DyadParameters], where: int
) -> None:
    diary, parameters = case
    day = where % diary.days
    items = diary.items.copy()
    items[day] = np.nan
    found = filter_diary(
        DyadDiary(items=items, inputs=diary.inputs, together=diary.together), parameters
    )
    np.testing.assert_array_equal(found.filtered_mean[day], found.predicted_mean[day])
    np.testing.assert_array_equal(found.filtered_cov[day], found.predicted_cov[day])
    if day + 1 < diary.days:
        step = found.transitions[day + 1]
        means = parameters.means(diary.days)
        push = diary.centred_inputs[day + 1] @ parameters.input_effect.T
        expected = means[day + 1] + step @ (found.predicted_mean[day] - means[day]) + push
        np.testing.assert_allclose(found.predicted_mean[day + 1], expected, atol=1e-12)
        cov = step @ found.predicted_cov[day] @ step.T + parameters.process_cov
        np.testing.assert_allclose(found.predicted_cov[day + 1], cov, atol=1e-12)


@settings(deadline=None, max_examples=60)
@given(dyads(), st.randoms(use_true_random=False))
def test_the_order_of_items_changes_nothing(
    case: tuple[DyadDiary, DyadParameters], random: object
) -> None:
    from dataclasses import replace

    diary, parameters = case
    order = list(range(diary.item_count))
    random.shuffle(order)
    turned = replace(
        parameters,
        loading=parameters.loading[:, order],
        intercept=parameters.intercept[:, order],
        offset=parameters.offset[:, order],
        measurement_var=parameters.measurement_var[:, order],
    )
    one = smooth_diary(diary, parameters)
    other = smooth_diary(replace(diary, items=diary.items[:, :, order]), turned)
    np.testing.assert_allclose(one.smoothed_mean, other.smoothed_mean, atol=1e-9)
    np.testing.assert_allclose(one.loglik, other.loglik, atol=1e-8)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_the_stationary_law_is_a_covariance_that_one_step_leaves_alone(seed: int) -> None:
    truth = draw_parameters(1, prior=shipped_prior(), rng=np.random.default_rng(seed))[0]
    cov = stationary_cov(truth.transition, truth.process_cov)
    assert np.linalg.eigvalsh(cov).min() > 0
    np.testing.assert_allclose(
        truth.transition @ cov @ truth.transition.T + truth.process_cov, cov, atol=1e-8
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(0, 2))
def test_every_swap_symmetric_prior_stays_one(seed: int, items: int, inputs: int) -> None:
    rng = np.random.default_rng(seed)
    roots = [rng.normal(size=(k, k)) + 2 * np.eye(k) for k in (8, 8, 2, 2)]
    numbers = shipped_prior(items, inputs).as_numbers() | {
        "coupling_mean": rng.normal(size=8),
        "coupling_sum_cov": roots[0] @ roots[0].T,
        "coupling_difference_cov": roots[1] @ roots[1].T,
        "level_sum_cov": roots[2] @ roots[2].T,
        "level_difference_cov": roots[3] @ roots[3].T,
    }
    mean, cov = Prior.from_numbers(numbers).coefficient_moments()
    width = 4 + inputs
    columns = [2, 3, 0, 1, *range(4, width)]
    order = np.arange(4 * width).reshape(4, width)[SWAP][:, columns].ravel()
    np.testing.assert_allclose(mean.ravel()[order], mean.ravel())
    np.testing.assert_allclose(cov[np.ix_(order, order)], cov)
    assert np.linalg.eigvalsh(cov).min() > 0
