"""The simulated cohort that every method gets.

Three populations: *shipped*, the population of the shipped prior, which a fit with that prior
therefore knows; *base*, that of all other simulations, whose couples are a little more alike than
the shipped prior takes them to be; and *other*, which it does not know: less carry-over, other mean
couplings, and couples 1.3 times as far apart as in the base population.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from counterpoint.engine import DyadDiary, Prior, base_population, shipped_prior, simulate_dyads
from counterpoint.engine.prior import PARTNER_ORDER

OTHER_MEAN = (0.20, 0.00, -0.10, 0.20, 0.00, 0.06, 0.00, 0.20)
OTHER_SPREAD = 1.3
OTHER_LEVEL = (0.8, 0.7)
POPULATIONS = ("shipped", "base", "other")


def population_of(name: str) -> Prior:
    """Return the population that couples are drawn from."""
    base = base_population()
    if name == "shipped":
        return shipped_prior()
    if name == "base":
        return base
    return replace(
        base,
        coupling_mean=np.array(OTHER_MEAN),
        coupling_sum_cov=OTHER_SPREAD**2 * base.coupling_sum_cov,
        coupling_difference_cov=OTHER_SPREAD**2 * base.coupling_difference_cov,
        level_mean=np.array(OTHER_LEVEL),
        source="other",
    )


def write_cohort(path: Path, *, population: str, couples: int, days: int, seed: int) -> None:
    """Simulate a cohort and write its answers, its truth and both populations' numbers.

    Continuous design: three items a state on every answered day, a quarter of the days missing for
    each member, first day from the stationary law, levels moving within the window from 42 days.
    """
    drawn_from = population_of(population)
    diaries, truths = simulate_dyads(
        couples, days, prior=drawn_from, rng=np.random.default_rng(seed)
    )
    shipped = shipped_prior()
    coupling_mean, coupling_cov = shipped.coupling_moments()
    level_mean, level_cov = shipped.level_moments()
    true_mean, true_cov = drawn_from.coupling_moments()
    np.savez(
        path,
        items=np.stack([diary.items for diary in diaries]),
        truth=np.stack([truth.transition for truth in truths]),
        true_mean=true_mean,
        true_sd=np.sqrt(np.diag(true_cov)).reshape(4, 4),
        partner_order=np.array(PARTNER_ORDER),
        coupling_mean=coupling_mean,
        coupling_cov=coupling_cov,
        level_mean=level_mean,
        level_cov=level_cov,
        process_df=shipped.process_df,
        process_scale=shipped.process_scale,
        loading=shipped.item_rows(shipped.loading),
        intercept=shipped.item_rows(shipped.intercept),
        measurement_shape=shipped.measurement_shape,
        measurement_rate=shipped.item_rows(shipped.measurement_rate),
        offset_sd=shipped.offset_sd,
        trend_sd=shipped.trend_sd,
        initial_cov=shipped.initial_cov,
        level_moves=days >= 42,
    )


def diaries_of(items: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[DyadDiary, ...]:
    """Return the answers of a cohort file as diaries."""
    return tuple(DyadDiary(items=one, dyad_id=f"couple-{i + 1}") for i, one in enumerate(items))
