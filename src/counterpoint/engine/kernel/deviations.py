"""The days' deviations drawn at once."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time, and know only numpy's global
# generator, seeded per chain and thread
# ruff: noqa: PLR0912, PLR0915, PLR0917, NPY002
import numpy as np

from counterpoint.engine.kernel.algebra import (
    factor,
    inner,
    multiply,
    multiply_transposed,
    solve_lower,
    weigh,
)


@inner
def reduce(answers: Any, known: Any, loading: Any, offset: Any, r: Any, pz: Any, p: Any) -> None:
    """Reduce the items of every day and state to pz and p."""
    days, _, items = answers.shape
    for t in range(days):
        for j in range(4):
            s = 0.0
            q = 0.0
            for k in range(items):
                w = known[t, j, k] * loading[j, k] / r[j, k]
                q += w * loading[j, k]
                s += w * (answers[t, j, k] - offset[j, k])
            pz[t, j] = s
            p[t, j] = q


@inner
def draw_deviations(
    pz: Any,
    p: Any,
    level: Any,
    trend: Any,
    clock: Any,
    coef: Any,
    K: Any,
    inputs: Any,
    h: Any,
    initial: Any,
    lower: Any,
    below: Any,
    half: Any,
    dev: Any,
) -> None:
    """Draw all days at once from their joint normal law.

    The precision of all deviations is block tridiagonal: K + A'KA + diag(p) on the diagonal, -KA
    below it. Its block Cholesky factor (``lower``, ``below``) gives mean and noise in one backward
    pass; equal in law to forward filtering and backward sampling.
    """
    days = dev.shape[0]
    m = inputs.shape[1]
    step = np.zeros((4, 4))
    weighted = np.zeros((4, 4))
    square = np.zeros((4, 4))
    push = np.zeros(4)
    ahead = np.zeros(4)
    block = np.zeros((4, 4))
    b = np.zeros(4)
    current = -1.0
    for t in range(days):
        for i in range(4):
            for j in range(i + 1):
                block[i, j] = initial[i, j] if t == 0 else K[i, j]
            block[i, i] += p[t, i]
            b[i] = pz[t, i] - p[t, i] * (level[i] + clock[t] * trend[i]) + ahead[i]
        if t < days - 1:
            if h[t + 1] != current:
                current = h[t + 1]
                weigh(coef, current, step)
                multiply(K, step, weighted)
                multiply_transposed(step, weighted, square)
            for i in range(4):
                for j in range(i + 1):
                    block[i, j] += square[i, j]
            if m > 0:
                for i in range(4):
                    s = 0.0
                    for k in range(m):
                        s += coef[i, 4 + k] * inputs[t + 1, k]
                    push[i] = s
                for i in range(4):
                    s = 0.0
                    q = 0.0
                    for k in range(4):
                        s += K[i, k] * push[k]
                        q += weighted[k, i] * push[k]
                    ahead[i] = s
                    b[i] -= q
        if t > 0:
            for i in range(4):
                for k in range(4):
                    b[i] -= below[t - 1, i, k] * half[t - 1, k]
                for j in range(i + 1):
                    s = 0.0
                    for k in range(4):
                        s += below[t - 1, i, k] * below[t - 1, j, k]
                    block[i, j] -= s
        factor(block, 4)
        solve_lower(block, b, 4)
        for i in range(4):
            half[t, i] = b[i]
            for j in range(i + 1):
                lower[t, i, j] = block[i, j]
        if t < days - 1:
            for i in range(4):
                for j in range(4):
                    s = -weighted[i, j]
                    for k in range(j):
                        s -= block[j, k] * below[t, i, k]
                    below[t, i, j] = s / block[j, j]
    for t in range(days - 1, -1, -1):
        for i in range(4):
            s = half[t, i] + np.random.standard_normal()
            if t < days - 1:
                for k in range(4):
                    s -= below[t, k, i] * dev[t + 1, k]
            b[i] = s
        for i in range(3, -1, -1):
            s = b[i]
            for k in range(i + 1, 4):
                s -= lower[t, k, i] * dev[t, k]
            dev[t, i] = s / lower[t, i, i]
