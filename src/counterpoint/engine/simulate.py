"""Dyads drawn from a prior, and diaries drawn from dyads."""

from __future__ import annotations

import numpy as np

from counterpoint.engine.diary import TAP_ENDS, DyadDiary
from counterpoint.engine.parameters import DyadParameters, trend_clock
from counterpoint.engine.prior import Prior, base_population
from counterpoint.engine.states import CROSS_MASK, Array
from counterpoint.engine.stationary import is_stable, stationary_cov
from counterpoint.engine.steps import prior_per_step
from counterpoint.engine.units import to_points, to_units
from counterpoint.errors import DataError

DESIGNS = ("continuous", "checkin")
SECOND_SCREEN_SHARE = 0.8
"""Share of answered days on which the second screen is answered too (check-in design)."""
CONFLICT_SHARE = 0.12
OFFER_SHARE = 0.5
TREND_FROM_DAYS = 42
"""The level may move within the window from this many calendar days on."""


def draw_parameters(
    n: int, *, prior: Prior, rng: np.random.Generator, trend: bool = False
) -> tuple[DyadParameters, ...]:
    """Draw the parameters of n dyads from a prior, unstable transitions drawn again."""
    mean, cov = prior.coefficient_moments()
    root = np.linalg.cholesky(cov)
    coefficients = np.empty((n, 4, mean.shape[1]))
    wanting = np.arange(n)
    while wanting.size:
        draws = rng.standard_normal((wanting.size, mean.size)) @ root.T
        coefficients[wanting] = mean + draws.reshape(-1, *mean.shape)
        wanting = wanting[~is_stable(coefficients[wanting, :, :4])]
    level_mean, level_cov = prior.level_moments()
    levels = level_mean + rng.standard_normal((n, 4)) @ np.linalg.cholesky(level_cov).T
    trends = prior.trend_sd * rng.standard_normal((n, 4)) if trend else np.zeros((n, 4))
    process = draw_inverse_wishart(n, prior.process_df, prior.process_scale, rng=rng)
    items = prior.item_count
    offsets = prior.offset_sd * rng.standard_normal((n, 4, items))
    rate = prior.item_rows(prior.measurement_rate)
    variances = rate / rng.gamma(prior.measurement_shape, size=(n, 4, items))
    loading = prior.item_rows(prior.loading)
    intercept = prior.item_rows(prior.intercept)
    return tuple(
        DyadParameters(
            level=levels[i],
            transition=coefficients[i, :, :4].copy(),
            process_cov=process[i],
            loading=loading,
            intercept=intercept,
            measurement_var=variances[i],
            offset=offsets[i],
            input_effect=coefficients[i, :, 4:].copy(),
            trend=trends[i],
        )
        for i in range(n)
    )


def draw_inverse_wishart(n: int, df: float, scale: Array, *, rng: np.random.Generator) -> Array:
    """Draw n inverse-Wishart matrices, shape (n, p, p), by Bartlett's decomposition."""
    size = scale.shape[0]
    factor = np.zeros((n, size, size))
    for i in range(size):
        factor[:, i, i] = np.sqrt(rng.chisquare(df - i, size=n))
        factor[:, i, :i] = rng.standard_normal((n, i))
    # scale = C C', Wishart(df, I) = T T', so Q = C (T T')^-1 C' = (C T^-T)(C T^-T)'
    root = np.linalg.cholesky(scale) @ np.swapaxes(np.linalg.inv(factor), -1, -2)
    return np.asarray(root @ np.swapaxes(root, -1, -2))


def simulate_dyads(
    n: int,
    days: int,
    *,
    rng: np.random.Generator,
    prior: Prior | None = None,
    design: str = "continuous",
    missing: float = 0.25,
    start: str = "stationary",
    trend: bool | None = None,
    together: bool = False,
    parameters: tuple[DyadParameters, ...] | None = None,
    steps_a_day: int = 1,
) -> tuple[tuple[DyadDiary, ...], tuple[DyadParameters, ...]]:
    """Simulate diaries of n dyads.

    Parameters
    ----------
    n, days
        Dyads, and calendar days of each.
    rng
        Source of chance.
    prior
        Population; `base_population` by default.
    design
        ``"continuous"``: every item on every answered day, unclipped. ``"checkin"``: the marker
        and, by coin, one of two further items, those on 80 % of the answered days, answered on
        eleven taps 0, 10, ... 100 points, whose ends the diary knows (`TAP_ENDS`).
    missing
        Share of days on which a member did not answer, each member on its own.
    start
        ``"stationary"``: the first day follows the stationary law; ``"fixed"``: the initial
        covariance of the prior, as the sampler assumes.
    trend
        Whether levels move within the window; by default from 42 days on, as in a fit.
    together
        Whether time together varies by day (.5, 1 or 1.5).
    parameters
        Parameters to use instead of drawing them, in steps where there are several a day.
    steps_a_day
        Check-ins a day, 1, 2 or 3: couples are drawn from `prior_per_step` of the prior, each
        check-in is missing on its own, and the diary has so many rows a day.

    Returns
    -------
    tuple of DyadDiary, tuple of DyadParameters
        Diaries named ``simulated-1`` and so on, and the truth of each.

    Raises
    ------
    DataError
        If a word is unknown, or the check-in design does not have three items.
    """
    diaries, truths, _ = simulate_with_states(
        n,
        days,
        rng=rng,
        prior=prior,
        design=design,
        missing=missing,
        start=start,
        trend=trend,
        together=together,
        parameters=parameters,
        steps_a_day=steps_a_day,
    )
    return diaries, truths


def simulate_with_states(
    n: int,
    days: int,
    *,
    rng: np.random.Generator,
    prior: Prior | None = None,
    design: str = "continuous",
    missing: float = 0.25,
    start: str = "stationary",
    trend: bool | None = None,
    together: bool = False,
    parameters: tuple[DyadParameters, ...] | None = None,
    steps_a_day: int = 1,
) -> tuple[tuple[DyadDiary, ...], tuple[DyadParameters, ...], Array]:
    """Simulate diaries as `simulate_dyads` does, and tell the states behind them too.

    Returns
    -------
    tuple
        Diaries, the truth of each, and their states in units u, shape (n, rows, 4).
    """
    prior = prior_per_step(base_population() if prior is None else prior, steps_a_day)
    if design not in DESIGNS:
        raise DataError(f"unknown design {design!r}; known are {', '.join(DESIGNS)}.")
    if design == "checkin" and prior.item_count != 3:
        raise DataError("the check-in design asks three items a state.")
    if start not in ("stationary", "fixed"):
        raise DataError("start must be 'stationary' or 'fixed'.")
    if n < 1 or days < 1 or not 0 <= missing < 1:
        raise DataError("needs at least one dyad, one day, and a missing share in [0, 1).")
    if parameters is None:
        with_trend = days >= TREND_FROM_DAYS if trend is None else trend
        parameters = draw_parameters(n, prior=prior, rng=rng, trend=with_trend)
    days *= steps_a_day
    inputs = _draw_inputs(n, days, prior.input_count, rng)
    hours = rng.choice([0.5, 1.0, 1.5], size=(n, days)) if together else np.ones((n, days))
    states = _draw_states(
        parameters, inputs, hours, start=start, initial_cov=prior.initial_cov, rng=rng
    )
    items = _draw_items(parameters, states, rng)
    answered = rng.random((n, days, 2)) >= missing
    items[~np.repeat(answered, 2, axis=2)] = np.nan
    if design == "checkin":
        items = as_checkins(items, rng)
    diaries = tuple(
        DyadDiary(
            items=items[i],
            inputs=inputs[i],
            together=hours[i] if together else None,
            dyad_id=f"simulated-{i + 1}",
            steps_a_day=steps_a_day,
            ends=TAP_ENDS if design == "checkin" else None,
        )
        for i in range(n)
    )
    return diaries, parameters, states


def _draw_inputs(n: int, days: int, count: int, rng: np.random.Generator) -> Array:
    inputs = np.zeros((n, days, count))
    for k in range(count):
        if k == 0:
            size = rng.choice([0.5, 1.0], size=(n, days))
            inputs[:, :, k] = size * (rng.random((n, days)) < CONFLICT_SHARE)
        else:
            inputs[:, :, k] = rng.random((n, days)) < OFFER_SHARE
    return inputs


def _draw_states(
    parameters: tuple[DyadParameters, ...],
    inputs: Array,
    hours: Array,
    *,
    start: str,
    initial_cov: Array,
    rng: np.random.Generator,
) -> Array:
    n, days = hours.shape
    transition = np.stack([p.transition for p in parameters])
    process = np.stack([p.process_cov for p in parameters])
    effect = np.stack([p.input_effect for p in parameters])
    centred = inputs - inputs.mean(axis=1, keepdims=True)
    root = np.linalg.cholesky(process)
    first = stationary_cov(transition, process) if start == "stationary" else initial_cov
    first_root = np.broadcast_to(np.linalg.cholesky(first), (n, 4, 4))
    deviation = np.empty((n, days, 4))
    deviation[:, 0] = np.einsum("nij,nj->ni", first_root, rng.standard_normal((n, 4)))
    for t in range(1, days):
        weight = np.where(CROSS_MASK[None] > 0, hours[:, t, None, None], 1.0)
        deviation[:, t] = (
            np.einsum("nij,nj->ni", transition * weight, deviation[:, t - 1])
            + np.einsum("nim,nm->ni", effect, centred[:, t])
            + np.einsum("nij,nj->ni", root, rng.standard_normal((n, 4)))
        )
    level = np.stack([p.level for p in parameters])
    trend = np.stack([p.trend for p in parameters])
    even = trend_clock(days)
    clock = np.stack([even if p.clock is None else p.clock for p in parameters])
    return np.asarray(deviation + level[:, None] + clock[:, :, None] * trend[:, None])


def _draw_items(
    parameters: tuple[DyadParameters, ...], states: Array, rng: np.random.Generator
) -> Array:
    loading = np.stack([p.loading for p in parameters])
    shift = np.stack([p.intercept + p.offset for p in parameters])
    sd = np.sqrt(np.stack([p.measurement_var for p in parameters]))
    noise = rng.standard_normal((*states.shape, loading.shape[2]))
    return np.asarray(shift[:, None] + loading[:, None] * states[..., None] + sd[:, None] * noise)


def as_checkins(items: Array, rng: np.random.Generator) -> Array:
    """Ask the marker and one of two further items, and round to eleven taps."""
    asked = items.copy()
    n, days = items.shape[:2]
    coin = rng.random((n, days, 4)) < 0.5
    second = np.repeat(rng.random((n, days, 2)) < SECOND_SCREEN_SHARE, 2, axis=2)
    asked[..., 1][~(second & coin)] = np.nan
    asked[..., 2][~(second & ~coin)] = np.nan
    return to_units(np.clip(10.0 * np.round(to_points(asked) / 10.0), 0.0, 100.0))
