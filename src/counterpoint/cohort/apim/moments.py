r"""Cross-products of a couple's rows, from which every likelihood is computed.

On a day with both members the rows of a and b are weighted by R^-1, on a day with one
member by its own variance. Both are linear in the weights, so the days are summed once and
a likelihood costs the same for ten days as for a hundred.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Moments:
    """Sums of cross-products within each couple.

    Parameters
    ----------
    both
        Shape (3, dyads, k, k): over days with both members, of a with a, a with b, b with b.
    single
        Shape (2, dyads, k, k): over days with a alone and with b alone.
    both_days
        Shape (dyads,): days with both members.
    single_days
        Shape (2, dyads): days with a alone and with b alone.
    """

    both: NDArray[np.float64]
    single: NDArray[np.float64]
    both_days: NDArray[np.float64]
    single_days: NDArray[np.float64]

    def weighted(self, cov: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return each couple's cross-products in the metric of R^-1, shape (dyads, k, k).

        Parameters
        ----------
        cov
            Shape (2, 2): the covariance R of one day.
        """
        det = cov[0, 0] * cov[1, 1] - cov[0, 1] ** 2
        crossed = self.both[1]
        found: NDArray[np.float64] = (
            cov[1, 1] / det * self.both[0]
            - cov[0, 1] / det * (crossed + crossed.swapaxes(1, 2))
            + cov[0, 0] / det * self.both[2]
        )
        if self._alone:
            found += self.single[0] / cov[0, 0] + self.single[1] / cov[1, 1]
        return found

    @cached_property
    def _alone(self) -> bool:
        return bool(self.single_days.any())

    def log_det(self, cov: NDArray[np.float64]) -> float:
        """Return log |R| summed over all days."""
        det = cov[0, 0] * cov[1, 1] - cov[0, 1] ** 2
        if det <= 0.0:
            raise np.linalg.LinAlgError("the covariance of one day is singular")
        both, first, second = self._days
        return both * math.log(det) + first * math.log(cov[0, 0]) + second * math.log(cov[1, 1])

    @cached_property
    def _days(self) -> tuple[float, float, float]:
        first, second = self.single_days.sum(axis=1).tolist()
        return float(self.both_days.sum()), first, second

    def pooled(self) -> Moments:
        """Return the sums over all couples, as if they were one; enough without levels."""
        return Moments(
            self.both.sum(axis=1, keepdims=True),
            self.single.sum(axis=1, keepdims=True),
            self.both_days.sum(keepdims=True),
            self.single_days.sum(axis=1, keepdims=True),
        )

    @cached_property
    def rows(self) -> int:
        """Rows of persons."""
        both, first, second = self._days
        return int(2 * both + first + second)


def sum_moments(
    columns: NDArray[np.float64],
    usable: NDArray[np.bool_],
    dyad: NDArray[np.int64],
    dyads: int,
) -> Moments:
    """Sum the cross-products of all rows.

    Parameters
    ----------
    columns
        Shape (rows, 2, k): columns of member a and b, 0 where not usable.
    usable
        Shape (rows, 2).
    dyad
        Shape (rows,): number of the couple.
    dyads
        How many couples.
    """
    width = columns.shape[2]
    together = usable.all(axis=1)
    both = np.zeros((3, dyads, width, width))
    single = np.zeros((2, dyads, width, width))
    for part, (first, second) in enumerate(((0, 0), (0, 1), (1, 1))):
        _add_products(both[part], columns[together], dyad[together], first, second)
    alone = [usable[:, member] & ~together for member in (0, 1)]
    for member in (0, 1):
        chosen = alone[member]
        _add_products(single[member], columns[chosen], dyad[chosen], member, member)
    count = [np.bincount(dyad[chosen], minlength=dyads) for chosen in (together, *alone)]
    return Moments(both, single, count[0].astype(float), np.array(count[1:], dtype=float))


def _add_products(
    into: NDArray[np.float64],
    columns: NDArray[np.float64],
    dyad: NDArray[np.int64],
    first: int,
    second: int,
) -> None:
    for row in range(columns.shape[2]):
        for column in range(columns.shape[2]):
            if first == second and column < row:
                into[:, row, column] = into[:, column, row]
                continue
            product = columns[:, first, row] * columns[:, second, column]
            into[:, row, column] = np.bincount(dyad, weights=product, minlength=len(into))
