"""What answers say about the items: reliability, where items belong, how scales hang together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoint.engine.instrument.items import GradedItems
from counterpoint.engine.instrument.scoring import Scores
from counterpoint.engine.states import Array


@dataclass(frozen=True, eq=False)
class Belonging:
    """How items go with the scales.

    Parameters
    ----------
    own
        Correlation of each item with the mean of the other items of its scale, shape (items,).
    next_best
        Largest correlation with the mean of any other scale.
    share
        Share of items that go best with their own scale.
    """

    own: Array
    next_best: Array
    share: float


@dataclass(frozen=True, eq=False)
class Structure:
    """How the scales of the population hang together.

    Parameters
    ----------
    eigenvalues
        Of the scales' correlation, largest first.
    within, between
        Mean correlation inside each group (groups,) and between groups (groups, groups).
    residual
        Root mean square of what group means leave unexplained off the diagonal.
    """

    eigenvalues: Array
    within: Array
    between: Array
    residual: float


def cronbach_alpha(answers: Array, items: GradedItems) -> Array:
    """Return alpha of each scale from people who answered all its items, shape (scales,).

    ``k / (k - 1) (1 - sum of item variances / variance of the sum)``; NaN for one item or fewer
    than two people.
    """
    result = np.full(items.scales, np.nan)
    for scale in range(items.scales):
        own = answers[:, items.scale == scale]
        own = own[~np.isnan(own).any(axis=1)]
        k = own.shape[1]
        if k < 2 or len(own) < 2:
            continue
        whole = own.sum(axis=1).var(ddof=1)
        if whole > 0.0:
            result[scale] = k / (k - 1) * (1.0 - own.var(axis=0, ddof=1).sum() / whole)
    return result


def marginal_reliability(scores: Scores) -> Array:
    """Return the share of each scale's variance that scores know, shape (scales,).

    Variance of the scores over that plus the mean posterior variance.

    References
    ----------
    Green, B. F. et al. (1984). Technical guidelines for assessing computerized adaptive tests.
    Journal of Educational Measurement 21, 347-360.
    """
    between = scores.mean.var(axis=0)
    return np.asarray(between / (between + (scores.sd**2).mean(axis=0)))


def belonging(answers: Array, items: GradedItems) -> Belonging:
    """Correlate each item with the rest of its own scale and with every other scale."""
    with np.errstate(invalid="ignore"):
        sums = np.stack(
            [_mean_of(answers[:, items.scale == scale]) for scale in range(items.scales)], axis=1
        )
    own = np.empty(len(items.scale))
    next_best = np.empty(len(items.scale))
    for item, scale in enumerate(items.scale):
        mates = (items.scale == scale) & (np.arange(len(items.scale)) != item)
        own[item] = _correlation(answers[:, item], _mean_of(answers[:, mates]))
        others = [s for s in range(items.scales) if s != scale]
        next_best[item] = max(_correlation(answers[:, item], sums[:, s]) for s in others)
    return Belonging(own, next_best, float(np.mean(own > next_best)))


def structure_of(correlation: Array, groups: tuple[int, ...]) -> Structure:
    """Describe the scales' correlation by groups; one group number a scale, from 0."""
    group = np.array(groups)
    count = int(group.max()) + 1
    off = ~np.eye(len(group), dtype=bool)
    between = np.empty((count, count))
    for i in range(count):
        for j in range(count):
            cells = (group[:, None] == i) & (group[None, :] == j) & off
            between[i, j] = correlation[cells].mean() if cells.any() else 1.0
    implied = between[group][:, group]
    residual = float(np.sqrt(np.mean((correlation - implied)[off] ** 2)))
    return Structure(
        eigenvalues=np.asarray(np.linalg.eigvalsh(correlation)[::-1]),
        within=np.diag(between).copy(),
        between=between,
        residual=residual,
    )


def _mean_of(answers: Array) -> Array:
    known = ~np.isnan(answers)
    counts = known.sum(axis=1)
    sums = np.where(known, answers, 0.0).sum(axis=1)
    means = np.full(len(answers), np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means


def _correlation(x: Array, y: Array) -> float:
    known = ~np.isnan(x) & ~np.isnan(y)
    if known.sum() < 3 or x[known].std() == 0.0 or y[known].std() == 0.0:
        return 0.0
    return float(np.corrcoef(x[known], y[known])[0, 1])
