"""Levels and trend: three ways to draw them that mix where one alone would crawl."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time
# ruff: noqa: PLR0917
from counterpoint.engine.kernel.algebra import (
    along,
    draw_normal,
    inner,
    multiply,
    multiply_transposed,
)


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


@along
def add_levels_given_deviations(
    pz: Any, p: Any, clock: Any, dev: Any, total: Any, b: Any, size: int
) -> None:
    """Add the information of the items about (mu, s) with the deviations held."""
    for i in range(4):
        e = 0.0
        w = 0.0
        for t in range(dev.shape[1]):
            e += pz[i, t] - p[i, t] * dev[i, t]
            w += p[i, t]
        total[i, i] += w
        b[i] += e
        if size == 8:
            e = 0.0
            w = 0.0
            v = 0.0
            for t in range(dev.shape[1]):
                e += clock[t] * (pz[i, t] - p[i, t] * dev[i, t])
                w += clock[t] * p[i, t]
                v += clock[t] * clock[t] * p[i, t]
            total[4 + i, i] += w
            total[4 + i, 4 + i] += v
            b[4 + i] += e


@along
def put_clock_moments(clock: Any, h: Any, moments: Any) -> None:
    """Put the sums over days of c^i h^j into moments, c the clock of yesterday, i and j to 2."""
    moments[:] = 0.0
    for t in range(1, h.shape[0]):
        c = clock[t - 1]
        hour = h[t]
        for i in range(3):
            w = 1.0 if i == 0 else (c if i == 1 else c * c)
            moments[i, 0] += w
            moments[i, 1] += w * hour
            moments[i, 2] += w * hour * hour


@along
def sum_residuals(residual: Any, clock: Any, h: Any, with_clock: bool, sums: Any) -> None:
    """Sum residuals over days: as they are, times h, and both times yesterday's clock."""
    days = h.shape[0]
    for i in range(4):
        s = 0.0
        w = 0.0
        for t in range(1, days):
            s += residual[i, t]
            w += h[t] * residual[i, t]
        sums[0, 0, i] = s
        sums[0, 1, i] = w
        if with_clock:
            s = 0.0
            w = 0.0
            for t in range(1, days):
                e = clock[t - 1] * residual[i, t]
                s += e
                w += h[t] * e
            sums[1, 0, i] = s
            sums[1, 1, i] = w


@inner
def add_levels_given_states(
    x: Any,
    residual: Any,
    clock: Any,
    coef: Any,
    K: Any,
    h: Any,
    initial: Any,
    moments: Any,
    work: Any,
    total: Any,
    b: Any,
    size: int,
) -> None:
    """Add the information of x_t - A_t x_(t-1) - B u_t about (mu, s).

    With G_t = I - A_t = G - h X and c the clock of yesterday, the design of a day is
    [G_t, step I + c G_t]: sums over days are quadratic in h and c, so six moments are enough.
    """
    days = x.shape[1]
    G = work[0]
    X = work[1]
    KG = work[2]
    KX = work[3]
    GKG = work[4]
    GKX = work[5]
    XKX = work[6]
    for i in range(4):
        for j in range(4):
            own = i // 2 == j // 2
            G[i, j] = -coef[i, j] if own else 0.0
            X[i, j] = 0.0 if own else coef[i, j]
        G[i, i] += 1.0
    sums = work[7:].reshape((2, 2, 4))
    sum_residuals(residual, clock, h, size == 8, sums)
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
            b[i] += initial[i, j] * x[j, 0]
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
                b[4 + i] += c * initial[i, j] * x[j, 0]
                b[4 + i] += step * K[i, j] * sums[0, 0, j]
                b[4 + i] += KG[j, i] * sums[1, 0, j] - KX[j, i] * sums[1, 1, j]


@along
def add_levels(level: Any, trend: Any, clock: Any, sign: float, given: Any, out: Any) -> None:
    """Put given plus, or with sign -1 less, the levels of all days into out."""
    for i in range(4):
        m = sign * level[i]
        s = sign * trend[i]
        for t in range(given.shape[1]):
            out[i, t] = given[i, t] + m + clock[t] * s


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
    for i in range(4):
        for t in range(x.shape[1]):
            x[i, t] += b[i]
