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

from counterpoint.engine import (
    DyadParameters,
    Prior,
    draw_parameters,
    fit_dyads,
    quantities_of,
    shipped_prior,
    simulate_dyads,
)
from counterpoint.engine.quantities import COUPLING_PAIRS, SAME_DAY_PAIRS
from counterpoint.engine.simulate import TREND_FROM_DAYS
from counterpoint.engine.states import STATE_NAMES
from counterpoint.engine.stationary import correlations
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
    """

    days: int
    names: tuple[str, ...]
    ranks: NDArray[np.int64]

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


def calibrate(
    days: int,
    *,
    dyads: int,
    seed: int = 0,
    missing: float = 0.3,
    thin: int = 19,
    prior: Prior | None = None,
    spoil: Spoil | None = None,
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
        Population; by default the shipped one with three items and a marked conflict.
    spoil
        Plants a bug between the truth that is ranked and the one the diary comes from.
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
    prior = shipped_prior(3, 1) if prior is None else prior
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
        diaries,
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
        every = slice(None, None, thin)
        names, drawn = _numbers(
            level=fit.level[every],
            trend_draws=fit.trend[every],
            transition=fit.transition[every],
            process_cov=fit.process_cov[every],
            input_effect=fit.input_effect[every],
            offset=fit.offset[every],
            measurement_var=fit.measurement_var[every],
            trend=trend,
        )
        _, known = _numbers(
            level=truth.level[None],
            trend_draws=truth.trend[None],
            transition=truth.transition[None],
            process_cov=truth.process_cov[None],
            input_effect=truth.input_effect[None],
            offset=truth.offset[None],
            measurement_var=truth.measurement_var[None],
            trend=trend,
        )
        # equal numbers (a share that is 0 in both) share their ranks by chance
        ties = rng.integers(0, np.sum(drawn == known, axis=0) + 1)
        ranks.append(np.sum(drawn < known, axis=0) + ties)
        advance(1)
    return Calibration(days=days, names=names, ranks=np.stack(ranks).astype(np.int64))


def _numbers(
    *,
    level: Draws,
    trend_draws: Draws,
    transition: Draws,
    process_cov: Draws,
    input_effect: Draws,
    offset: Draws,
    measurement_var: Draws,
    trend: bool,
) -> tuple[tuple[str, ...], Draws]:
    """Return names, and numbers of shape (draws, names)."""
    found = quantities_of(level, trend_draws, transition, process_cov)
    upper = np.triu_indices(4, 1)
    pair = [f"{STATE_NAMES[i]} ~ {STATE_NAMES[j]}" for i, j in SAME_DAY_PAIRS]
    arrow = [f"{STATE_NAMES[i]} <- {STATE_NAMES[j]}" for i, j in COUPLING_PAIRS]
    from_a = np.linalg.norm(transition[:, 2:, :2], axis=(1, 2))
    from_b = np.linalg.norm(transition[:, :2, 2:], axis=(1, 2))
    later = np.einsum("nij,njk,nk->ni", transition, transition, input_effect[:, :, 0])
    blocks: list[tuple[list[str], Draws]] = [
        ([f"place {state}" for state in STATE_NAMES], found.level),
        ([f"same day {words}" for words in pair], found.same_day),
        ([f"coupling {words}" for words in arrow], found.coupling),
        (["share of days far apart"], found.alone_share[:, None]),
        (["who feels closer"], (found.level[:, 0] - found.level[:, 2])[:, None]),
        (["who moves whom"], (from_a - from_b)[:, None]),
        (["memory (spectral radius)"], np.abs(np.linalg.eigvals(transition)).max(axis=1)[:, None]),
        (["contagion of a less that of b"], (found.cost[:, 0] - found.cost[:, 4])[:, None]),
        ([f"conflict on {state}" for state in STATE_NAMES], input_effect[:, :, 0]),
        ([f"conflict on {state}, 2 days later" for state in STATE_NAMES[:2]], later[:, :2]),
        (
            [f"own chance {state}" for state in STATE_NAMES],
            np.log(np.diagonal(process_cov, axis1=1, axis2=2)),
        ),
        ([f"chance {words}" for words in pair], correlations(process_cov)[:, upper[0], upper[1]]),
        (["offset of a first item", "offset of a second item"], offset[:, [0, 1], [0, 1]]),
        (["error of a first item", "error of a last item"], measurement_var[:, [0, 3], [0, -1]]),
    ]
    if trend:
        blocks.append(([f"change of {state}" for state in STATE_NAMES], trend_draws))
    names = tuple(name for block, _ in blocks for name in block)
    return names, np.concatenate([values for _, values in blocks], axis=1)
