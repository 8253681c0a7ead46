"""What is made of the draws of a chain, as compiled code: stationary covariances, worth of draws.

The same numbers as `counterpoint.engine.stationary.stationary_cov_of_draws` and
`counterpoint.engine.effective.effective_draws`, equal but for rounding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from counterpoint.engine.kernel.algebra import along, inner
from counterpoint.engine.kernel.arrays import owned
from counterpoint.engine.readiness import kernel_version
from counterpoint.engine.states import Array

ABREAST = 8
"""So many draws are doubled side by side: a register or two of the processor."""


@inner
def multiply_abreast(a: Any, b: Any, out: Any) -> None:
    """Put a b of several draws, the draws last, into out."""
    for i in range(4):
        for j in range(4):
            for n in range(ABREAST):
                out[i, j, n] = a[i, 0, n] * b[0, j, n]
            for k in range(1, 4):
                for n in range(ABREAST):
                    out[i, j, n] += a[i, k, n] * b[k, j, n]


@inner
def add_pushed(pushed: Any, power: Any, total: Any) -> None:
    """Add pushed power' of several draws to total, which is symmetric."""
    for i in range(4):
        for j in range(i + 1):
            for k in range(4):
                for n in range(ABREAST):
                    total[i, j, n] += pushed[i, k, n] * power[j, k, n]
            for n in range(ABREAST):
                total[j, i, n] = total[i, j, n]


@along
def product_at_lag(series: Any, lag: int) -> float:
    """Sum of the products of a series with itself so many places on."""
    s = 0.0
    for t in range(series.shape[0] - lag):
        s += series[t] * series[t + lag]
    return s


def _build_stationary(version: int) -> Any:
    """Return the doubling of many draws; ``version`` is frozen into it, as into the chains."""

    @njit(nogil=True, cache=True, error_model="numpy")
    def run(transition: Any, process_cov: Any, doublings: int, forgotten: float) -> Any:
        """Double the draws until what is left to add is lost in rounding."""
        draws = transition.shape[0]
        found = np.zeros((draws, 4, 4))
        power = np.zeros((4, 4, ABREAST))
        total = np.zeros((4, 4, ABREAST))
        work = np.zeros((4, 4, ABREAST)) + 0 * version
        for start in range(0, draws, ABREAST):
            for n in range(ABREAST):
                draw = min(start + n, draws - 1)
                for i in range(4):
                    for j in range(4):
                        power[i, j, n] = transition[draw, i, j]
                        total[i, j, n] = process_cov[draw, i, j]
            for _ in range(doublings):
                multiply_abreast(power, total, work)
                add_pushed(work, power, total)
                largest = 0.0
                for i in range(4):
                    for j in range(4):
                        for n in range(ABREAST):
                            largest = max(largest, abs(power[i, j, n]))
                if largest < forgotten:
                    break
                multiply_abreast(power, power, work)
                power, work = work, power
            for n in range(min(ABREAST, draws - start)):
                for i in range(4):
                    for j in range(4):
                        found[start + n, i, j] = total[i, j, n]
        return found

    return run


def _build_effective(version: int) -> Any:
    """Return the effective draws of many columns."""

    @njit(nogil=True, cache=True, error_model="numpy")
    def run(columns: Any) -> Any:
        """Add pairs of autocorrelations while they are positive."""
        count, n = columns.shape
        found = np.zeros(count)
        centred = np.zeros(n) + 0 * version
        for column in range(count):
            mean = 0.0
            for t in range(n):
                mean += columns[column, t]
            mean /= n
            for t in range(n):
                centred[t] = columns[column, t] - mean
            variance = product_at_lag(centred, 0)
            time = -1.0
            for pair in range(n // 2):
                if variance <= 0.0:
                    break
                both = product_at_lag(centred, 2 * pair) + product_at_lag(centred, 2 * pair + 1)
                if both <= 0.0:
                    break
                time += 2.0 * both / variance
            found[column] = n / max(time, 1.0)
        return found

    return run


run_stationary = _build_stationary(kernel_version())
run_effective = _build_effective(kernel_version())


def stationary_compiled(
    transition: Array, process_cov: Array, *, doublings: int, forgotten: float
) -> Array:
    """Return V of draws of A and Q, shape (n, 4, 4).

    Parameters
    ----------
    transition, process_cov
        Shape (n, 4, 4).
    doublings, forgotten
        How often is doubled at most, and how small every entry of a power must be to end it.
    """
    found: Array = run_stationary(
        owned(transition), owned(process_cov), int(doublings), float(forgotten)
    )
    return found


def effective_compiled(columns: Array) -> Array:
    """Return the effective draws of columns, shape (columns,).

    Parameters
    ----------
    columns
        Draws side by side, shape (columns, n).
    """
    found: Array = run_effective(owned(columns))
    return found


def compile_summaries() -> None:
    """Compile both, or load them from the compiler's cache, and run them once."""
    stationary_compiled(np.zeros((1, 4, 4)), np.eye(4)[None], doublings=1, forgotten=1.0)
    effective_compiled(np.zeros((1, 4)))
