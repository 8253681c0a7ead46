"""Where chains stand, so that they can be left and taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterpoint.engine.problem import SamplerProblem
from counterpoint.engine.states import Array

PARAMETERS = ("level", "trend", "coefficient", "process_cov", "offset", "measurement_var")
"""What has one entry for each dyad in `ChainPoint` and one for each draw in `BlockDraws`."""


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
    latent, latent_starts
        What was drawn last for the answers known only to lie beyond an end of the scale, those of
        all dyads end to end, shape (k,); and where each dyad's begin, shape (n + 1,).
    """

    level: Array
    trend: Array
    coefficient: Array
    process_cov: Array
    offset: Array
    measurement_var: Array
    latent: Array
    latent_starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of dyads."""
        return len(self.level)

    def part(self, start: int, stop: int) -> ChainPoint:
        """Return where the chains of some successive dyads stand."""
        first, last = self.latent_starts[start], self.latent_starts[stop]
        return ChainPoint(
            **{name: value[start:stop] for name, value in self.parameters()},
            latent=self.latent[first:last],
            latent_starts=self.latent_starts[start : stop + 1] - first,
        )

    def parameters(self) -> tuple[tuple[str, Array], ...]:
        """Return names and arrays of what has one entry for each dyad."""
        return tuple((name, getattr(self, name)) for name in PARAMETERS)


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
    latent, latent_starts
        As in `ChainPoint`, after the last sweep.
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
    latent: Array
    latent_starts: npt.NDArray[np.int64]

    def last(self) -> ChainPoint:
        """Return where the chains stand now."""
        return ChainPoint(
            **{name: getattr(self, name)[:, -1].copy() for name in PARAMETERS},
            latent=self.latent,
            latent_starts=self.latent_starts,
        )


def joined_points(parts: Sequence[ChainPoint]) -> ChainPoint:
    """Return where the chains of several groups of dyads stand, end to end."""
    counts = np.concatenate([np.diff(part.latent_starts) for part in parts])
    return ChainPoint(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in PARAMETERS},
        latent=np.concatenate([part.latent for part in parts]),
        latent_starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
    )


def first_point(problem: SamplerProblem, starts: npt.NDArray[np.int64]) -> ChainPoint:
    """Return where fresh chains begin: at the mean of the prior, answers beyond an end at it.

    Parameters
    ----------
    problem
        Holds the prior, and the days of all dyads end to end.
    starts
        First day of every dyad, and the number of all days at the end, shape (n + 1,).
    """
    dyads = len(starts) - 1

    def repeated(values: Array) -> Array:
        return np.repeat(np.asarray(values)[None], dyads, axis=0)

    latent, counts = np.zeros(0), np.zeros(dyads, dtype=np.int64)
    if len(problem.beyond):
        is_latent = problem.beyond != 0
        latent = problem.answers[is_latent]
        counts = np.add.reduceat(is_latent.sum(axis=(1, 2)), starts[:-1])
    return ChainPoint(
        level=repeated(problem.level_mean),
        trend=np.zeros((dyads, 4)),
        coefficient=repeated(problem.coefficient_mean),
        process_cov=repeated(problem.process_scale / (problem.process_df - 5.0)),
        offset=np.zeros((dyads, *problem.loading.shape)),
        measurement_var=repeated(problem.measurement_rate / (problem.measurement_shape - 1.0)),
        latent=latent,
        latent_starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
    )
