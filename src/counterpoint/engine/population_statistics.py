"""What a population learns from chains: about a hundred sums, whatever the number of dyads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import reduce
from typing import TypeVar

import numpy as np

from counterpoint.engine.population_chain import BlockDraws
from counterpoint.engine.prior import PARTNER_ORDER, Prior
from counterpoint.engine.states import Array
from counterpoint.errors import DataError

Part = TypeVar("Part")

_EFFECTS = np.array([[effect for effect, _ in order] for order in PARTNER_ORDER])
_CAUSES = np.array([[cause for _, cause in order] for order in PARTNER_ORDER])


@dataclass(frozen=True, eq=False)
class PopulationStatistics:
    r"""Sums over dyads of the sufficient statistics of the population.

    With :math:`s = (\theta_a + \theta_b)/\sqrt 2` and :math:`d = (\theta_a - \theta_b)/\sqrt 2`,
    each statistic of a dyad being its mean over the kept sweeps.

    Parameters
    ----------
    couples
        Number of dyads, shape ().
    coupling_sum, coupling_sum_square, coupling_difference_square
        Sums of s, s s' and d d' of the couplings, shape (8,), (8, 8), (8, 8).
    level_sum, level_sum_square, level_difference_square
        The same of the levels, shape (2,), (2, 2), (2, 2).
    process_precision, process_log_det
        Sums of the inverse of Q, made swap-symmetric, and of log|Q|, shape (4, 4) and ().
    item_persons
        How many persons answered an item at all, shape (2, items); what follows is summed over
        them.
    item_precision
        Sum of 1 / r.
    item_shift, item_shift_square
        Sums of nu + delta and of its square. Centred on nu rather than on 0, which lets nu move
        at once instead of dragging every delta along.
    loading_square, loading_product
        Sums over days of x**2 / r and of x (y - nu - delta) / r.
    """

    couples: Array
    coupling_sum: Array
    coupling_sum_square: Array
    coupling_difference_square: Array
    level_sum: Array
    level_sum_square: Array
    level_difference_square: Array
    process_precision: Array
    process_log_det: Array
    item_persons: Array
    item_precision: Array
    item_shift: Array
    item_shift_square: Array
    loading_square: Array
    loading_product: Array

    def __add__(self, other: PopulationStatistics) -> PopulationStatistics:
        """Return the statistics of both sets of dyads together."""
        return PopulationStatistics(
            **{name: value + getattr(other, name) for name, value in self.arrays().items()}
        )

    def arrays(self) -> dict[str, Array]:
        """Return every sum by its name."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}

    def towards(self, other: PopulationStatistics, share: float) -> PopulationStatistics:
        """Return a blend: ``share`` of the other's, the rest one's own."""
        return PopulationStatistics(
            **{
                name: value + share * (getattr(other, name) - value)
                for name, value in self.arrays().items()
            }
        )

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, object]) -> PopulationStatistics:
        """Return the statistics that `arrays` gave, also from plain lists.

        Raises
        ------
        DataError
            If one is missing or is no array of numbers.
        """
        try:
            return cls(
                **{entry.name: np.array(arrays[entry.name], dtype=float) for entry in fields(cls)}
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"these are no statistics of a population: {error}.") from None


def statistics_of(draws: BlockDraws, prior: Prior, answered: Array) -> PopulationStatistics:
    """Return what the chains of a block tell about their population.

    Parameters
    ----------
    draws
        Chains that were run under ``prior``.
    prior
        Gives the intercepts that offsets are deviations from.
    answered
        How often each person answered each item, shape (n, 4, items).
    """
    kept = draws.level.shape[1]
    couplings = draws.coefficient[:, :, _EFFECTS, _CAUSES]
    levels = draws.level.reshape(*draws.level.shape[:2], 2, 2)
    precision = np.linalg.inv(draws.process_cov).sum(axis=(0, 1)) / kept
    swapped = precision[np.ix_([2, 3, 0, 1], [2, 3, 0, 1])]
    log_det = np.linalg.slogdet(draws.process_cov)[1].sum() / kept
    seen = (answered > 0).astype(np.float64)
    shift = draws.offset + prior.item_rows(prior.intercept)

    def over_persons(values: Array) -> Array:
        """Sum over dyads and members of numbers of shape (n, 4, items)."""
        return np.asarray((seen * values).sum(axis=0).reshape(2, 2, -1).sum(axis=0))

    return PopulationStatistics(
        np.asarray(float(len(draws.level))),
        *_halves(couplings),
        *_halves(levels),
        process_precision=0.25 * (precision + swapped + (precision + swapped).T),
        process_log_det=np.asarray(log_det),
        item_persons=over_persons(np.ones_like(seen)),
        item_precision=over_persons((1.0 / draws.measurement_var).mean(axis=1)),
        item_shift=over_persons(shift.mean(axis=1)),
        item_shift_square=over_persons((shift**2).mean(axis=1)),
        loading_square=over_persons(draws.item_moments[..., 0] / kept),
        loading_product=over_persons(draws.item_moments[..., 1] / kept),
    )


def total_of(parts: Sequence[Part], add: Callable[[Part, Part], Part]) -> Part:
    """Add up in pairs, pairs of pairs and so on: one order whoever does the work.

    Parameters
    ----------
    parts
        At least one.
    add
        Adds two.
    """
    layer = list(parts)
    while len(layer) > 1:
        layer = [reduce(add, layer[i : i + 2]) for i in range(0, len(layer), 2)]
    return layer[0]


def _halves(pairs: Array) -> tuple[Array, Array, Array]:
    """Return sums over dyads of s, s s' and d d' from draws of shape (n, kept, 2, size)."""
    kept = pairs.shape[1]
    total = (pairs[:, :, 0] + pairs[:, :, 1]) / np.sqrt(2.0)
    difference = (pairs[:, :, 0] - pairs[:, :, 1]) / np.sqrt(2.0)
    size = pairs.shape[-1]
    flat, apart = total.reshape(-1, size), difference.reshape(-1, size)
    return flat.sum(axis=0) / kept, flat.T @ flat / kept, apart.T @ apart / kept
