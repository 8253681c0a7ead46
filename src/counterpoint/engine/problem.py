"""One dyad's diary and its prior as the arrays both samplers work on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.parameters import trend_clock
from counterpoint.engine.prior import Prior
from counterpoint.engine.states import Array
from counterpoint.errors import DataError


@dataclass(frozen=True, eq=False)
class SamplerProblem:
    """What a sampler is given; every array contiguous float64.

    Parameters
    ----------
    answers
        Items minus their intercepts nu, shape (days, 4, items), 0 where missing.
    known
        1 where answered, else 0, same shape.
    beyond
        1 or -1 where an answer is known only to lie beyond the number in ``answers``, else 0; the
        same shape, or no row at all when there is none such.
    inputs
        Centred events, shape (days, m).
    together
        Time together, shape (days,).
    clock
        tau_t, shape (days,).
    trend
        Whether the level may move within the window.
    loading
        Shape (4, items).
    coefficient_mean, coefficient_precision
        Prior of ``[A|B]``: shape (4, 4 + m), and rows end to end.
    level_mean, level_precision
        Prior of the levels: shape (4,), (4, 4).
    trend_precision
        1 / variance of s.
    process_df, process_scale
        Prior of Q.
    measurement_shape, measurement_rate
        Prior of r: number, and shape (4, items).
    offset_precision
        1 / variance of delta.
    initial_precision
        Inverse covariance of the first day's deviation, shape (4, 4).
    """

    answers: Array
    known: Array
    beyond: Array
    inputs: Array
    together: Array
    clock: Array
    trend: bool
    loading: Array
    coefficient_mean: Array
    coefficient_precision: Array
    level_mean: Array
    level_precision: Array
    trend_precision: float
    process_df: float
    process_scale: Array
    measurement_shape: float
    measurement_rate: Array
    offset_precision: float
    initial_precision: Array


@dataclass(frozen=True, eq=False)
class Draws:
    """What a sampler gives back, n kept sweeps.

    Parameters
    ----------
    level, trend
        mu and s, shape (n, 4).
    coefficient
        ``[A|B]``, shape (n, 4, 4 + m).
    process_cov
        Q, shape (n, 4, 4).
    offset, measurement_var
        delta and r, shape (n, 4, items).
    state_mean, state_sd
        Mean and sd over the kept sweeps of every day's state, shape (days, 4).
    unstable_redraws
        How many proposals of the transition were drawn again because they were not stable.
    """

    level: Array
    trend: Array
    coefficient: Array
    process_cov: Array
    offset: Array
    measurement_var: Array
    state_mean: Array
    state_sd: Array
    unstable_redraws: int


def pose_problem(
    diary: DyadDiary, prior: Prior, *, trend: bool, clock: Array | None = None
) -> SamplerProblem:
    """Put a diary and a prior into arrays.

    Parameters
    ----------
    diary, prior
        Answers and population, of the same items and events.
    trend
        Whether the level may move within the window.
    clock
        How it moves, shape (days,), from -1/2 to 1/2; evenly by default. The compiled sampler
        knows the even clock only.

    Raises
    ------
    DataError
        If they disagree on the number of items or events.
    """
    if diary.item_count != prior.item_count:
        raise DataError(
            f"the diary has {diary.item_count} items a state, the prior {prior.item_count}."
        )
    inputs = diary.centred_inputs
    if inputs.shape[1] != prior.input_count:
        raise DataError(
            f"the diary has {inputs.shape[1]} events a day, the prior {prior.input_count}."
        )
    known = ~np.isnan(diary.items)
    intercept = prior.item_rows(prior.intercept)
    items, beyond = diary.items, diary.beyond
    if diary.ends is None or not np.any(beyond):
        beyond = np.zeros((0, *items.shape[1:]))
    else:
        items = np.clip(items, *diary.ends)
    coefficient_mean, coefficient_cov = prior.coefficient_moments()
    level_mean, level_cov = prior.level_moments()
    return SamplerProblem(
        answers=np.where(known, items - intercept, 0.0),
        known=known.astype(np.float64),
        beyond=beyond,
        inputs=np.ascontiguousarray(inputs),
        together=np.ascontiguousarray(diary.time_together),
        clock=_clock_of(diary.days, trend, clock),
        trend=trend,
        loading=np.ascontiguousarray(prior.item_rows(prior.loading)),
        coefficient_mean=coefficient_mean,
        coefficient_precision=_inverse(coefficient_cov),
        level_mean=level_mean,
        level_precision=_inverse(level_cov),
        trend_precision=prior.trend_sd**-2,
        process_df=prior.process_df,
        process_scale=np.array(prior.process_scale),
        measurement_shape=prior.measurement_shape,
        measurement_rate=np.ascontiguousarray(prior.item_rows(prior.measurement_rate)),
        offset_precision=prior.offset_sd**-2,
        initial_precision=_inverse(prior.initial_cov),
    )


def _clock_of(days: int, trend: bool, clock: Array | None) -> Array:
    if not trend:
        return np.zeros(days)
    if clock is None:
        return trend_clock(days)
    if clock.shape != (days,):
        raise DataError(f"clock must have the shape ({days},), one number a day.")
    return np.array(clock, dtype=np.float64)


def _inverse(cov: Array) -> Array:
    return np.asarray(np.linalg.inv(cov), dtype=np.float64)
