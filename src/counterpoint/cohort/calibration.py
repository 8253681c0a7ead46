"""Simulation-based calibration: truths drawn from the prior must rank evenly among their draws.

Dyads are drawn from a prior, diaries from the dyads, and every diary is fitted under the same
prior. Over many dyads the rank of each true number among its posterior draws is uniform if and
only if sampler, model and simulator agree.

References
----------
Talts, Betancourt, Simpson, Vehtari and Gelman (2018), arXiv:1804.06788.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, kstest

from counterpoint.cohort.calibration_numbers import ParameterDraws, numbers_of
from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    Prior,
    draw_parameters,
    fit_dyads,
    shipped_prior,
    simulate_dyads,
)
from counterpoint.engine.diary import TAP_ENDS
from counterpoint.engine.simulate import TREND_FROM_DAYS
from counterpoint.errors import DataError

RANKS = 100
"""Possible ranks: 99 draws are kept of each fit."""
BINS = 20
DROPPED = 119
SMALLEST = 0.01
"""No p-value may lie below this over the number of numbers; that of their evenness not below it."""

Draws = NDArray[np.float64]
Spoil = Callable[[DyadParameters], DyadParameters]


@dataclass(frozen=True, eq=False)
class Calibration:
    """How true numbers rank among their posterior draws.

    Parameters
    ----------
    days
        Calendar days of each diary.
    names
        What was ranked.
    ranks
        0 to 99, shape (dyads, numbers).
    case
        One of `CASES`.
    """

    days: int
    names: tuple[str, ...]
    ranks: NDArray[np.int64]
    case: str = ""

    @property
    def title(self) -> str:
        """What was fitted, in words."""
        return f"{self.days} days, {self.case}" if self.case else f"{self.days} days"

    @property
    def p_values(self) -> Draws:
        """Return p of the chi-square of each number's ranks over 20 bins, shape (numbers,)."""
        dyads, count = self.ranks.shape
        bins = self.ranks // (RANKS // BINS)
        counts = np.stack([np.bincount(bins[:, k], minlength=BINS) for k in range(count)])
        expected = dyads / BINS
        statistic = np.sum((counts - expected) ** 2, axis=1) / expected
        return np.asarray(chi2.sf(statistic, BINS - 1), dtype=np.float64)

    @property
    def smallest_p(self) -> float:
        """Smallest of the p-values."""
        return float(self.p_values.min())

    @property
    def smallest_allowed(self) -> float:
        """Return .01 over the number of numbers."""
        return SMALLEST / len(self.names)

    @property
    def evenness(self) -> float:
        """Return p of the Kolmogorov-Smirnov test that the p-values are uniform."""
        return float(kstest(self.p_values, "uniform").pvalue)

    @property
    def kept(self) -> bool:
        """Whether both demands are met."""
        return self.smallest_p > self.smallest_allowed and self.evenness > SMALLEST

    @property
    def coverage(self) -> Draws:
        """Share of truths inside the middle 90 % of the draws, shape (numbers,)."""
        inside = (self.ranks >= RANKS // BINS) & (self.ranks < RANKS - RANKS // BINS)
        return np.asarray(inside.mean(axis=0), dtype=np.float64)


def halve_process_cov(truth: DyadParameters) -> DyadParameters:
    """Plant a bug: days come from half the process covariance that is ranked."""
    return replace(truth, process_cov=0.5 * truth.process_cov)


def turn_transition(truth: DyadParameters) -> DyadParameters:
    """Plant a bug: cause and effect of the couplings have changed places."""
    return replace(truth, transition=truth.transition.T.copy())


def without_b(diary: DyadDiary) -> DyadDiary:
    """Leave out everything that member b said."""
    items = diary.items.copy()
    items[:, 2:] = np.nan
    return replace(diary, items=items)


def with_ends(diary: DyadDiary) -> DyadDiary:
    """Keep of every answer beyond the ends of the taps only that it lies there."""
    return replace(diary, ends=TAP_ENDS)


CASES: dict[str, Callable[[DyadDiary], DyadDiary]] = {
    "": lambda diary: diary,
    "one member alone": without_b,
    "ends of the scale": with_ends,
}
"""What may be done to diaries before they are fitted; ranks stay uniform."""


def calibrate(
    days: int,
    *,
    dyads: int,
    seed: int = 0,
    missing: float = 0.3,
    thin: int = 19,
    prior: Prior | None = None,
    spoil: Spoil | None = None,
    case: str = "",
    backend: str = "auto",
    advance: Callable[[int], None] = lambda _: None,
) -> Calibration:
    """Draw dyads, simulate and fit their diaries, and rank the truths.

    Parameters
    ----------
    days
        Calendar days.
    dyads
        How many dyads.
    seed
        Seed of the simulation and of the fits.
    missing
        Share of days that a member leaves out.
    thin
        Every how manieth draw is kept; the chain is as long as 99 of them need.
    prior
        Population; by default the shipped one with three items, a marked conflict and an offer.
    spoil
        Plants a bug between the truth that is ranked and the one the diary comes from.
    case
        Which of `CASES` is done to the diaries.
    backend
        As in the engine's fit.
    advance
        Told the number of dyads done.

    Raises
    ------
    DataError
        If there are fewer than two dyads a bin.

    Notes
    -----
    Time together varies from day to day, and from 42 days on the level moves, as in a fit.
    """
    if dyads < 2 * BINS:
        raise DataError(f"calibration needs {2 * BINS} dyads or more.")
    rng = np.random.default_rng([seed, days])
    prior = shipped_prior(3, 2) if prior is None else prior
    trend = days >= TREND_FROM_DAYS
    truths = draw_parameters(dyads, prior=prior, rng=rng, trend=trend)
    diaries, _ = simulate_dyads(
        dyads,
        days,
        rng=rng,
        prior=prior,
        missing=missing,
        start="fixed",
        together=True,
        parameters=truths if spoil is None else tuple(map(spoil, truths)),
    )
    fits = fit_dyads(
        [CASES[case](diary) for diary in diaries],
        prior=prior,
        seed=seed,
        backend=backend,
        sweeps=DROPPED + thin * (RANKS - 1),
        dropped=DROPPED,
        trend=trend,
        until_mixed=False,
    )
    names: tuple[str, ...] = ()
    ranks = []
    for truth, fit in zip(truths, fits, strict=True):
        names, drawn = numbers_of(ParameterDraws.of_fit(fit, thin), trend=trend)
        _, known = numbers_of(ParameterDraws.of_truth(truth), trend=trend)
        # equal numbers (a share that is 0 in both) share their ranks by chance
        ties = rng.integers(0, np.sum(drawn == known, axis=0) + 1)
        ranks.append(np.sum(drawn < known, axis=0) + ties)
        advance(1)
    return Calibration(days, names, np.stack(ranks).astype(np.int64), case)
