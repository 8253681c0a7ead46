"""Small matrices in written-out loops."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

inner = njit(nogil=True, error_model="numpy")
along = njit(nogil=True, error_model="numpy", fastmath={"contract", "nsz", "reassoc"})
"""For loops along the days: sums may be taken in any order, several days at once."""


@inner
def factor(a: Any, n: int) -> None:
    """Cholesky factor of the lower triangle, in place."""
    for j in range(n):
        s = a[j, j]
        for k in range(j):
            s -= a[j, k] * a[j, k]
        d = np.sqrt(s)
        a[j, j] = d
        d = 1.0 / d
        for i in range(j + 1, n):
            s = a[i, j]
            for k in range(j):
                s -= a[i, k] * a[j, k]
            a[i, j] = s * d


@inner
def solve_lower(a: Any, b: Any, n: int) -> None:
    """Solve with a lower factor, in place."""
    for i in range(n):
        s = b[i]
        for k in range(i):
            s -= a[i, k] * b[k]
        b[i] = s / a[i, i]


@inner
def solve_upper(a: Any, b: Any, n: int) -> None:
    """Solve with the transpose of a lower factor."""
    for i in range(n - 1, -1, -1):
        s = b[i]
        for k in range(i + 1, n):
            s -= a[k, i] * b[k]
        b[i] = s / a[i, i]


@inner
def draw_normal(precision: Any, b: Any, n: int, noise: Any, at: int) -> None:
    """Draw from N(precision^-1 b, precision^-1) into b; destroys the precision.

    The n normals are those of ``noise`` from ``at`` on.
    """
    factor(precision, n)
    solve_lower(precision, b, n)
    for i in range(n):
        b[i] += noise[at + i]
    solve_upper(precision, b, n)


@inner
def multiply(a: Any, b: Any, out: Any) -> None:
    """Put a b into out."""
    for i in range(4):
        for j in range(4):
            s = 0.0
            for k in range(4):
                s += a[i, k] * b[k, j]
            out[i, j] = s


@inner
def multiply_transposed(a: Any, b: Any, out: Any) -> None:
    """Put a' b into out."""
    for i in range(4):
        for j in range(4):
            s = 0.0
            for k in range(4):
                s += a[k, i] * b[k, j]
            out[i, j] = s


@inner
def weigh(coef: Any, h: float, out: Any) -> None:
    """Put A with its cross blocks times h into out."""
    for i in range(4):
        for j in range(4):
            out[i, j] = coef[i, j] if i // 2 == j // 2 else h * coef[i, j]
