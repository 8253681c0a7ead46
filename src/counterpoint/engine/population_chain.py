"""Where chains stand, so that they can be left and taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from counterpoint.engine.problem import SamplerProblem
from counterpoint.engine.states import Array


@dataclass(frozen=True, eq=False)
class ChainPoint:
    """Where the chains of n dyads stand; the days' states need not be kept, a sweep begins there.

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
    """

    level: Array
    trend: Array
    coefficient: Array
    process_cov: Array
    offset: Array
    measurement_var: Array

    def __len__(self) -> int:
        """Return the number of dyads."""
        return len(self.level)

    def part(self, start: int, stop: int) -> ChainPoint:
        """Return where the chains of some successive dyads stand."""
        return ChainPoint(**{name: value[start:stop] for name, value in self.arrays()})

    def arrays(self) -> tuple[tuple[str, Array], ...]:
        """Return names and arrays."""
        return tuple((entry.name, getattr(self, entry.name)) for entry in fields(self))


@dataclass(frozen=True, eq=False)
class BlockDraws:
    """What the chains of n dyads, whose days stand end to end, give back.

    Parameters
    ----------
    level, trend, coefficient, process_cov, offset, measurement_var
        As in `Draws`, with the dyads as a further first axis.
    state_total, state_squares
        Sums over the kept sweeps of every day's state and of its square, shape (days, 4).
    unstable_redraws
        Shape (n,).
    item_moments
        Sums over kept sweeps and answered days of x**2 / r and of x (y - offset) / r, shape
        (n, 4, items, 2).
    """

    level: Array
    trend: Array
    coefficient: Array
    process_cov: Array
    offset: Array
    measurement_var: Array
    state_total: Array
    state_squares: Array
    unstable_redraws: npt.NDArray[np.int64]
    item_moments: Array

    def last(self) -> ChainPoint:
        """Return where the chains stand now."""
        return ChainPoint(
            level=self.level[:, -1].copy(),
            trend=self.trend[:, -1].copy(),
            coefficient=self.coefficient[:, -1].copy(),
            process_cov=self.process_cov[:, -1].copy(),
            offset=self.offset[:, -1].copy(),
            measurement_var=self.measurement_var[:, -1].copy(),
        )


def joined_points(parts: Sequence[ChainPoint]) -> ChainPoint:
    """Return where the chains of several groups of dyads stand, end to end."""
    return ChainPoint(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name, _ in parts[0].arrays()
        }
    )


def first_point(problem: SamplerProblem, dyads: int) -> ChainPoint:
    """Return where fresh chains begin: at the mean of the prior.

    Parameters
    ----------
    problem
        Holds the prior.
    dyads
        How many chains.
    """

    def repeated(values: Array) -> Array:
        return np.repeat(np.asarray(values)[None], dyads, axis=0)

    return ChainPoint(
        level=repeated(problem.level_mean),
        trend=np.zeros((dyads, 4)),
        coefficient=repeated(problem.coefficient_mean),
        process_cov=repeated(problem.process_scale / (problem.process_df - 5.0)),
        offset=np.zeros((dyads, *problem.loading.shape)),
        measurement_var=repeated(problem.measurement_rate / (problem.measurement_shape - 1.0)),
    )
