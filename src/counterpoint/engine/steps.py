"""Two or three check-ins a day: the daily population turned into one from step to step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.linalg import fractional_matrix_power

from counterpoint.engine.diary import STEPS_A_DAY
from counterpoint.engine.prior import PARTNER_ORDER, Prior
from counterpoint.engine.states import Array
from counterpoint.errors import DataError

_PLACES = [[4 * i + j for i, j in order] for order in PARTNER_ORDER]


def prior_per_step(prior: Prior, steps_a_day: int) -> Prior:
    r"""Return the population of couplings from check-in to check-in.

    The couplings of a step are the root of those of a day,
    :math:`A_{step}^k = A_{day}`, and the noise of a step is what adds up to that of a day,
    :math:`Q_{day} = \sum_{i<k} A_{step}^i Q_{step} A_{step}^{i\prime}`.

    Parameters
    ----------
    prior
        A population from day to day.
    steps_a_day
        k, 1, 2 or 3; 1 returns the prior itself.

    Returns
    -------
    Prior
        Means are the root at the mean; the spread is carried over by the derivative of the root,

        .. math:: dA_{day} = \sum_{i<k} A^i\, dA_{step}\, A^{k-1-i}.

        Levels, items, events and trend are the same.

    Raises
    ------
    DataError
        If steps_a_day is unknown, or the mean couplings of a day have no real root.

    Notes
    -----
    A night counts as one step like any other. With the shipped prior an own carry-over of .35 a
    day is one of about .59 a half-day. Half-day couplings are therefore larger numbers: they are
    always told as per half-day.

    References
    ----------
    Higham (2008), Functions of Matrices, chapters 3 and 7.
    """
    if steps_a_day not in STEPS_A_DAY:
        raise DataError("steps_a_day must be 1, 2 or 3.")
    if steps_a_day == 1:
        return prior
    day, day_cov = prior.coupling_moments()
    step = _real_root(day, steps_a_day)
    powers = [np.linalg.matrix_power(step, i) for i in range(steps_a_day)]
    # rows end to end: vec(P X R) = (P kron R') vec(X)
    forward = sum(np.kron(powers[i], powers[steps_a_day - 1 - i].T) for i in range(steps_a_day))
    backward = np.linalg.inv(forward)
    cov = backward @ day_cov @ backward.T
    within = cov[np.ix_(_PLACES[0], _PLACES[0])]
    within = 0.5 * (within + cov[np.ix_(_PLACES[1], _PLACES[1])])
    between = cov[np.ix_(_PLACES[0], _PLACES[1])]
    between = 0.5 * (between + between.T)
    means = [np.array([step[effect, cause] for effect, cause in order]) for order in PARTNER_ORDER]
    spread = sum(np.kron(power, power) for power in powers)
    solved = np.linalg.solve(spread, prior.process_scale.ravel())
    scale = np.asarray(solved.reshape(4, 4), dtype=np.float64)
    return replace(
        prior,
        coupling_mean=0.5 * (means[0] + means[1]),
        coupling_role=0.5 * (means[0] - means[1]),
        coupling_sum_cov=_symmetric(within + between),
        coupling_difference_cov=_symmetric(within - between),
        process_scale=_swap_symmetric(scale),
        source=f"{prior.source}, {steps_a_day} steps a day",
    )


def _real_root(transition: Array, steps: int) -> Array:
    root = fractional_matrix_power(transition, 1.0 / steps)
    if not np.all(np.isfinite(root)) or np.max(np.abs(np.imag(root))) > 1e-9:
        raise DataError(
            "the mean couplings of this population have no real root: "
            "give a population learned on the same number of check-ins a day."
        )
    return np.asarray(np.real(root), dtype=np.float64)


def _symmetric(matrix: Array) -> Array:
    return np.asarray(0.5 * (matrix + matrix.T))


def _swap_symmetric(cov: Array) -> Array:
    """Mean of a matrix and the one with the members exchanged, made symmetric."""
    swapped = cov[np.ix_([2, 3, 0, 1], [2, 3, 0, 1])]
    return _symmetric(0.5 * (cov + swapped))
