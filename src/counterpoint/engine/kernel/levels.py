"""Levels and trend: three ways to draw them that mix where one alone would crawl."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time
# ruff: noqa: PLR0915, PLR0917
import numpy as np

from counterpoint.engine.kernel.algebra import draw_normal, inner, multiply, multiply_transposed


@inner
def start_levels(
    total: Any, b: Any, level_mean: Any, level_precision: Any, trend_precision: float, size: int
) -> None:
    """Prior precision and precision times mean of (mu, s)."""
    for i in range(size):
        b[i] = 0.0
        for j in range(size):
            total[i, j] = 0.0
    for i in range(4):
        for j in range(4):
            total[i, j] = level_precision[i, j]
            b[i] += level_precision[i, j] * level_mean[j]
        if size == 8:
            total[4 + i, 4 + i] = trend_precision


@inner
def add_levels_given_deviations(
    pz: Any, p: Any, clock: Any, dev: Any, total: Any, b: Any, size: int
) -> None:
    """Add the information of the items about (mu, s) with the deviations held."""
    for t in range(dev.shape[0]):
        c = clock[t]
        for i in range(4):
            e = pz[t, i] - p[t, i] * dev[t, i]
            total[i, i] += p[t, i]
            b[i] += e
            if size == 8:
                total[4 + i, i] += c * p[t, i]
                total[4 + i, 4 + i] += c * c * p[t, i]
                b[4 + i] += c * e


@inner
def add_levels_given_states(
    x: Any,
    clock: Any,
    coef: Any,
    K: Any,
    inputs: Any,
    h: Any,
    initial: Any,
    total: Any,
    b: Any,
    size: int,
) -> None:
    """Add the information of x_t - A_t x_(t-1) - B u_t about (mu, s).

    With G_t = I - A_t = G - h X and c the clock of yesterday, the design of a day is
    [G_t, step I + c G_t]: sums over days are quadratic in h and c, so six moments are enough.
    """
    days = x.shape[0]
    m = inputs.shape[1]
    G = np.zeros((4, 4))
    X = np.zeros((4, 4))
    for i in range(4):
        for j in range(4):
            if i // 2 == j // 2:
                G[i, j] = -coef[i, j]
            else:
                X[i, j] = coef[i, j]
        G[i, i] += 1.0
    moments = np.zeros((3, 3))
    sums = np.zeros((2, 2, 4))
    for t in range(1, days):
        c = clock[t - 1]
        hour = h[t]
        for i in range(3):
            w = 1.0 if i == 0 else (c if i == 1 else c * c)
            moments[i, 0] += w
            moments[i, 1] += w * hour
            moments[i, 2] += w * hour * hour
        for i in range(4):
            e = x[t, i]
            for j in range(4):
                e -= (coef[i, j] if i // 2 == j // 2 else hour * coef[i, j]) * x[t - 1, j]
            for k in range(m):
                e -= coef[i, 4 + k] * inputs[t, k]
            sums[0, 0, i] += e
            sums[0, 1, i] += hour * e
            sums[1, 0, i] += c * e
            sums[1, 1, i] += c * hour * e
    KG = np.zeros((4, 4))
    KX = np.zeros((4, 4))
    GKG = np.zeros((4, 4))
    GKX = np.zeros((4, 4))
    XKX = np.zeros((4, 4))
    multiply(K, G, KG)
    multiply(K, X, KX)
    multiply_transposed(G, KG, GKG)
    multiply_transposed(G, KX, GKX)
    multiply_transposed(X, KX, XKX)
    step = clock[days - 1] - clock[days - 2] if days > 1 else 0.0
    c = clock[0]
    for i in range(4):
        for j in range(4):
            mixed = GKX[i, j] + GKX[j, i]
            total[i, j] += initial[i, j]
            total[i, j] += (
                moments[0, 0] * GKG[i, j] - moments[0, 1] * mixed + moments[0, 2] * XKX[i, j]
            )
            b[i] += initial[i, j] * x[0, j]
            b[i] += KG[j, i] * sums[0, 0, j] - KX[j, i] * sums[0, 1, j]
            if size == 8:
                total[4 + i, j] += c * initial[i, j]
                total[4 + i, j] += step * (moments[0, 0] * KG[i, j] - moments[0, 1] * KX[i, j])
                total[4 + i, j] += (
                    moments[1, 0] * GKG[i, j] - moments[1, 1] * mixed + moments[1, 2] * XKX[i, j]
                )
                total[4 + i, 4 + j] += c * c * initial[i, j]
                total[4 + i, 4 + j] += step * step * moments[0, 0] * K[i, j]
                total[4 + i, 4 + j] += step * (
                    moments[1, 0] * (KG[i, j] + KG[j, i]) - moments[1, 1] * (KX[i, j] + KX[j, i])
                )
                total[4 + i, 4 + j] += (
                    moments[2, 0] * GKG[i, j] - moments[2, 1] * mixed + moments[2, 2] * XKX[i, j]
                )
                b[4 + i] += c * initial[i, j] * x[0, j]
                b[4 + i] += step * K[i, j] * sums[0, 0, j]
                b[4 + i] += KG[j, i] * sums[1, 0, j] - KX[j, i] * sums[1, 1, j]


@inner
def translate(
    level: Any,
    x: Any,
    offset: Any,
    loading: Any,
    level_mean: Any,
    level_precision: Any,
    offset_precision: float,
    total: Any,
    b: Any,
    noise: Any,
    at: int,
) -> None:
    """Shift level, states and offsets together along the ridge the answers cannot see."""
    items = offset.shape[1]
    for i in range(4):
        b[i] = 0.0
        for j in range(4):
            total[i, j] = level_precision[i, j]
            b[i] += level_precision[i, j] * (level_mean[j] - level[j])
        for k in range(items):
            total[i, i] += offset_precision * loading[i, k] * loading[i, k]
            b[i] += offset_precision * loading[i, k] * offset[i, k]
    draw_normal(total, b, 4, noise, at)
    for i in range(4):
        level[i] += b[i]
        for k in range(items):
            offset[i, k] -= loading[i, k] * b[i]
    for t in range(x.shape[0]):
        for i in range(4):
            x[t, i] += b[i]
