"""How far a method's couplings are from the couples they were simulated from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from result import Array, Result, into_member


@dataclass(frozen=True)
class Score:
    """Figures of one method on one cohort.

    Parameters
    ----------
    rmse
        Root mean squared error of all couplings.
    rmse_error
        Its standard error, couples as the unit.
    correlation
        Mean over the eight couplings into a member of the correlation with the truth, both members
        pooled; ``NaN`` where a method tells all couples the same.
    coverage
        Share of true couplings inside the 90 % interval.
    population_mean_error, population_spread_error
        Root mean squared error over the eight couplings of the mean and the standard deviation
        that the method gives the population, against those of the simulated couples themselves.
    given
        Share of couplings that the method gave an estimate of.
    couple_squared
        Mean squared error of every couple's couplings, shape (couples,).
    """

    rmse: float
    rmse_error: float
    correlation: float
    coverage: float
    population_mean_error: float
    population_spread_error: float
    given: float
    couple_squared: Array

    def more_than(self, other: Score) -> tuple[float, float]:
        """Return how much larger one's RMSE is on the same couples, and the standard error."""
        apart = self.couple_squared - other.couple_squared
        total = self.rmse + other.rmse
        return float(np.nanmean(apart)) / total, _standard_error(apart) / total


def score_result(result: Result, truth: Array, order: Array) -> Score:
    """Score estimates of shape (couples, 4, 4) against the truth.

    Couplings that a method gave no estimate of are left out, which favours that method.
    """
    known = np.isfinite(result.mean)
    squared = np.where(known, (result.mean - truth) ** 2, np.nan)
    count = known.sum(axis=(1, 2))
    per_couple = np.where(count > 0, np.nansum(squared, axis=(1, 2)) / np.maximum(count, 1), np.nan)
    rmse = float(np.sqrt(np.nanmean(squared)))
    bounded = known & np.isfinite(result.low) & np.isfinite(result.high)
    inside = (result.low <= truth) & (truth <= result.high)
    estimate = into_member(result.mean, order).reshape(-1, 8)
    true = into_member(truth, order).reshape(-1, 8)
    correlations = []
    for k in range(8):
        both = np.isfinite(estimate[:, k])
        if both.sum() > 2 and estimate[both, k].std() > 1e-12:
            correlations.append(float(np.corrcoef(estimate[both, k], true[both, k])[0, 1]))
    return Score(
        rmse=rmse,
        rmse_error=_standard_error(per_couple) / (2.0 * rmse),
        correlation=float(np.mean(correlations)) if correlations else float("nan"),
        coverage=float(inside[bounded].mean()) if bounded.any() else float("nan"),
        population_mean_error=_root_mean_square(result.population_mean - true.mean(axis=0)),
        population_spread_error=_root_mean_square(result.population_sd - true.std(axis=0)),
        given=float(known.mean()),
        couple_squared=per_couple,
    )


def _standard_error(values: Array) -> float:
    known = values[np.isfinite(values)]
    if len(known) < 2:
        return float("nan")
    return float(known.std(ddof=1) / np.sqrt(len(known)))


def _root_mean_square(differences: Array) -> float:
    return float(np.sqrt(np.mean(differences**2)))
