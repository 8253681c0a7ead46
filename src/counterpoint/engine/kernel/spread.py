"""The process covariance and the items."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time
# ruff: noqa: PLR0912, PLR0917
import numpy as np

from counterpoint.engine.kernel.algebra import along, factor, inner, multiply_transposed
from counterpoint.engine.kernel.chance import (
    draw_standard_exponential,
    draw_standard_normal,
    draw_uniform,
)


@inner
def shapes_of_chance(df: float, days: int, shape: float, counts: Any, shapes: Any) -> None:
    """Put down what a sweep draws for Q and for the items: shapes of gammas, 0 for a normal."""
    at = 0
    for i in range(4):
        shapes[at] = 0.5 * (df + days - 1 - i)
        for j in range(i):
            shapes[at + 1 + j] = 0.0
        at += i + 1
    for j in range(4):
        for k in range(counts.shape[1]):
            shapes[at] = 0.0
            shapes[at + 1] = shape + 0.5 * counts[j, k]
            at += 2


@along
def add_products(residual: Any, scale: Any, out: Any) -> None:
    """Put scale plus the products of residuals summed over days into out's lower triangle."""
    for i in range(4):
        for j in range(i + 1):
            s = 0.0
            for t in range(1, residual.shape[1]):
                s += residual[i, t] * residual[j, t]
            out[i, j] = scale[i, j] + s


@inner
def draw_process_cov(residual: Any, scale: Any, Q: Any, K: Any, work: Any, drawn: Any) -> None:
    """Draw Q from its inverse-Wishart law by Bartlett's factor, and K, its inverse.

    ``drawn`` has, row after row of the factor, a gamma of shape (df + days - 1 - row) / 2 and the
    row's normals (`shapes_of_chance`).

    With S = C C' and T T' Wishart(df, I): Q = (C T^-T)(C T^-T)' and K = (C^-T T)(C^-T T)'.
    """
    C = work[0]
    T = work[1]
    M = work[2]
    for i in range(4):
        for j in range(4):
            T[i, j] = 0.0
            M[i, j] = 0.0
    add_products(residual, scale, C)
    factor(C, 4)
    at = 0
    for i in range(4):
        T[i, i] = np.sqrt(2.0 * drawn[at])
        for j in range(i):
            T[i, j] = drawn[at + 1 + j]
        at += i + 1
    for j in range(4):
        M[j, j] = 1.0 / T[j, j]
        for i in range(j + 1, 4):
            s = 0.0
            for k in range(j, i):
                s -= T[i, k] * M[k, j]
            M[i, j] = s / T[i, i]
    N = work[3]
    for i in range(4):
        for j in range(4):
            s = 0.0
            for k in range(min(i, j) + 1):
                s += M[i, k] * C[j, k]
            N[i, j] = s
    multiply_transposed(N, N, Q)
    for j in range(4):
        for i in range(3, -1, -1):
            s = T[i, j]
            for k in range(i + 1, 4):
                s -= C[k, i] * M[k, j]
            M[i, j] = s / C[i, i]
    for i in range(4):
        for j in range(4):
            s = 0.0
            for k in range(4):
                s += M[i, k] * M[j, k]
            K[i, j] = s


@along
def draw_items(
    answers: Any,
    known: Any,
    counts: Any,
    loading: Any,
    x: Any,
    offset_precision: float,
    rate: Any,
    offset: Any,
    r: Any,
    drawn: Any,
) -> None:
    """Draw every item's offset and variance given the states.

    ``drawn`` has, from its eleventh place on, a normal and a gamma of each (`shapes_of_chance`).
    """
    _, items, days = answers.shape
    at = 10
    for j in range(4):
        for k in range(items):
            s = 0.0
            q = 0.0
            for t in range(days):
                e = known[j, k, t] * (answers[j, k, t] - loading[j, k] * x[j, t])
                s += e
                q += e * e
            n = counts[j, k]
            precision = n / r[j, k] + offset_precision
            shift = s / r[j, k] / precision + drawn[at] / np.sqrt(precision)
            offset[j, k] = shift
            q += n * shift * shift - 2.0 * shift * s
            r[j, k] = (rate[j, k] + 0.5 * q) / drawn[at + 1]
            at += 2


@along
def add_item_moments(answers: Any, known: Any, offset: Any, r: Any, x: Any, moments: Any) -> None:
    """Add what this sweep tells of the loadings: sums of x x / r and of x (y - offset) / r."""
    _, items, days = answers.shape
    for j in range(4):
        for k in range(items):
            s = 0.0
            q = 0.0
            for t in range(days):
                w = known[j, k, t] * x[j, t]
                s += w * x[j, t]
                q += w * (answers[j, k, t] - offset[j, k])
            moments[j, k, 0] += s / r[j, k]
            moments[j, k, 1] += q / r[j, k]


@inner
def draw_beyond(
    bound: Any,
    beyond: Any,
    loading: Any,
    x: Any,
    offset: Any,
    r: Any,
    y: Any,
    words: Any,
    chance: Any,
) -> None:
    """Draw into y the answers that are known only to lie beyond a bound, above (1) or below (-1).

    A standard normal beyond a: by trial below .5, else by an exponential proposal (Robert 1995,
    Statistics and Computing 5).
    """
    days, _, items = bound.shape
    for t in range(days):
        for j in range(4):
            for k in range(items):
                side = beyond[t, j, k]
                if side == 0.0:
                    continue
                mean = loading[j, k] * x[j, t] + offset[j, k]
                sd = np.sqrt(r[j, k])
                a = side * (bound[t, j, k] - mean) / sd
                if a < 0.5:
                    z = draw_standard_normal(words, chance)
                    while z < a:
                        z = draw_standard_normal(words, chance)
                else:
                    rate = 0.5 * (a + np.sqrt(a * a + 4.0))
                    z = a + draw_standard_exponential(words, chance) / rate
                    while draw_uniform(words, chance) > np.exp(-0.5 * (z - rate) * (z - rate)):
                        z = a + draw_standard_exponential(words, chance) / rate
                y[j, k, t] = mean + side * sd * z


@inner
def turn(answers: Any, known: Any, inputs: Any, y: Any, seen: Any, u: Any) -> None:
    """Put a dyad's answers, which of them are known, and its events with the days last."""
    for t in range(answers.shape[0]):
        for j in range(4):
            for k in range(answers.shape[2]):
                y[j, k, t] = answers[t, j, k]
                seen[j, k, t] = known[t, j, k]
        for k in range(inputs.shape[1]):
            u[k, t] = inputs[t, k]


@inner
def put_latent(beyond: Any, latent: Any, y: Any) -> None:
    """Fill y with what was drawn for answers that lie beyond a bound."""
    place = 0
    for t in range(beyond.shape[0]):
        for j in range(4):
            for k in range(beyond.shape[2]):
                if beyond[t, j, k] != 0.0:
                    y[j, k, t] = latent[place]
                    place += 1


@inner
def take_latent(y: Any, beyond: Any, latent: Any) -> None:
    """Keep what stands drawn in y for the answers beyond a bound."""
    place = 0
    for t in range(beyond.shape[0]):
        for j in range(4):
            for k in range(beyond.shape[2]):
                if beyond[t, j, k] != 0.0:
                    latent[place] = y[j, k, t]
                    place += 1
