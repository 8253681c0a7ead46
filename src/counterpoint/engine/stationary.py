"""The stationary law of the day-to-day deviations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from counterpoint.engine.states import Array

STABLE_POWER_STEPS = 6
"""A is squared this often: the 64th power decides whether it is stable."""
MOST_DOUBLINGS = 14
FORGOTTEN = 1e-6
"""A power of A with no larger entry has added its last: its square is lost in rounding."""


def stationary_cov(
    transition: Array, process_cov: Array, *, doublings: int = MOST_DOUBLINGS
) -> Array:
    r"""Return V with :math:`V = Q + A V A'` by doubling.

    Parameters
    ----------
    transition
        A, shape (..., 4, 4), spectral radius below one.
    process_cov
        Q, shape (..., 4, 4).
    doublings
        Number of doublings; 14 sums 16,384 days of memory.

    Returns
    -------
    ndarray
        V, shape (..., 4, 4), symmetric.

    References
    ----------
    Anderson and Moore (1979), Optimal Filtering, section 6.7 (doubling).
    """
    total = process_cov
    power = transition
    for _ in range(doublings):
        total = total + power @ total @ np.swapaxes(power, -1, -2)
        power = power @ power
    return np.asarray(0.5 * (total + np.swapaxes(total, -1, -2)))


def stationary_cov_of_draws(
    transition: Array, process_cov: Array, *, backend: str = "portable"
) -> Array:
    r"""Return `stationary_cov` of many draws, four times as fast and equal but for rounding.

    The axis of the draws comes last, so that the machine runs along it, and doubling ends when
    what is left to add is lost in rounding.

    Parameters
    ----------
    transition, process_cov
        A, spectral radius below one, and Q, shape (n, 4, 4).
    backend
        ``compiled``: the doubling is compiled, too, where draws came from compiled code; twice as
        fast, equal but for rounding.

    Returns
    -------
    ndarray
        V, shape (n, 4, 4), symmetric.

    Notes
    -----
    Simulated diaries begin with `stationary_cov`: their seeds depend on every bit of it.
    """
    if backend == "compiled" and len(transition):
        from counterpoint.engine.kernel.summaries import (  # noqa: PLC0415 - imports the compiler
            stationary_compiled,
        )

        return stationary_compiled(
            transition, process_cov, doublings=MOST_DOUBLINGS, forgotten=FORGOTTEN
        )
    power, total = (
        np.ascontiguousarray(np.moveaxis(one, 0, -1)) for one in (transition, process_cov)
    )
    for _ in range(MOST_DOUBLINGS):
        pushed = np.einsum("ikn,kjn->ijn", power, total)
        total = total + np.einsum("ikn,jkn->ijn", pushed, power)
        if np.abs(power).max(initial=0.0) < FORGOTTEN:
            break
        power = np.einsum("ikn,kjn->ijn", power, power)
    total = 0.5 * (total + total.swapaxes(0, 1))
    return np.ascontiguousarray(np.moveaxis(total, -1, 0))


def is_stable(transition: Array) -> npt.NDArray[np.bool_]:
    r"""Whether :math:`\lVert A^{64} \rVert_F < 1`, for shape (..., 4, 4)."""
    power = transition
    for _ in range(STABLE_POWER_STEPS):
        power = power @ power
    norm = np.sqrt(np.sum(power * power, axis=(-1, -2)))
    return np.asarray(np.isfinite(norm) & (norm < 1.0))


def correlations(cov: Array) -> Array:
    """Return the correlation matrices of covariances of shape (..., 4, 4)."""
    sd = np.sqrt(np.diagonal(cov, axis1=-2, axis2=-1))
    return np.asarray(cov / (sd[..., :, None] * sd[..., None, :]))
