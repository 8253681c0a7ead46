"""The days' deviations drawn at once."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time
# ruff: noqa: PLR0915, PLR0917
import numpy as np

from counterpoint.engine.kernel.algebra import (
    along,
    inner,
    multiply,
    multiply_transposed,
    weigh,
)


@along
def reduce(answers: Any, known: Any, loading: Any, offset: Any, r: Any, pz: Any, p: Any) -> None:
    """Reduce the items of every state and day to pz and p."""
    _, items, days = answers.shape
    for j in range(4):
        for t in range(days):
            pz[j, t] = 0.0
            p[j, t] = 0.0
        for k in range(items):
            w = loading[j, k] / r[j, k]
            q = w * loading[j, k]
            c = offset[j, k]
            for t in range(days):
                pz[j, t] += known[j, k, t] * w * (answers[j, k, t] - c)
                p[j, t] += known[j, k, t] * q


@along
def put_residuals(z: Any, coef: Any, inputs: Any, h: Any, out: Any) -> None:
    """Put z_t - A_t z_(t-1) - B u_t into out, 0 on the first day."""
    _, days = z.shape
    for i in range(4):
        own = i - i % 2
        far = 2 - own
        a = coef[i, own]
        b = coef[i, own + 1]
        c = coef[i, far]
        d = coef[i, far + 1]
        out[i, 0] = 0.0
        for t in range(1, days):
            near = a * z[own, t - 1] + b * z[own + 1, t - 1]
            out[i, t] = z[i, t] - near - h[t] * (c * z[far, t - 1] + d * z[far + 1, t - 1])
        for k in range(inputs.shape[0]):
            a = coef[i, 4 + k]
            for t in range(1, days):
                out[i, t] -= a * inputs[k, t]


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
    work: Any,
    lower: Any,
    gain: Any,
    half: Any,
    root: Any,
    dev: Any,
    noise: Any,
) -> None:
    """Draw all days at once from their joint normal law.

    The precision of all deviations is block tridiagonal: K + A'KA + diag(p) on the diagonal, -KA
    below it. A day's block, less what the day before took from it, is L D L'; with U = -KA L^-T
    and G = U D^-1 the next day's block loses G U'. Then dev = L^-T (D^-1 L^-1 b + D^-1/2 noise -
    G' dev of the next day), from the last day to the first; equal in law to forward filtering and
    backward sampling.

    Every day waits for the one before. So what is handed on stands in plain variables (s for the
    block, l for L, i for D^-1, u for U, g for G, v for L^-1 b), not in arrays, where it would have
    to be stored and read again, and no root is taken on the way.
    """
    days = dev.shape[1]
    m = inputs.shape[0]
    step = work[0]
    weighted = work[1]
    square = work[2]
    push = work[3, 0]
    ahead = work[3, 1]
    for i in range(4):
        ahead[i] = 0.0
        for j in range(4):
            weighted[i, j] = 0.0
            square[i, j] = 0.0
    current = -1.0
    u00 = u01 = u02 = u03 = u10 = u11 = u12 = u13 = u20 = u21 = u22 = u23 = u30 = u31 = u32 = (
        u33
    ) = 0.0
    g00 = g01 = g02 = g03 = g10 = g11 = g12 = g13 = g20 = g21 = g22 = g23 = g30 = g31 = g32 = (
        g33
    ) = 0.0
    v0 = v1 = v2 = v3 = 0.0
    for t in range(days):
        start = initial if t == 0 else K
        c = clock[t]
        s00 = start[0, 0] + p[0, t]
        s10 = start[1, 0]
        s11 = start[1, 1] + p[1, t]
        s20 = start[2, 0]
        s21 = start[2, 1]
        s22 = start[2, 2] + p[2, t]
        s30 = start[3, 0]
        s31 = start[3, 1]
        s32 = start[3, 2]
        s33 = start[3, 3] + p[3, t]
        b0 = pz[0, t] - p[0, t] * (level[0] + c * trend[0]) + ahead[0]
        b1 = pz[1, t] - p[1, t] * (level[1] + c * trend[1]) + ahead[1]
        b2 = pz[2, t] - p[2, t] * (level[2] + c * trend[2]) + ahead[2]
        b3 = pz[3, t] - p[3, t] * (level[3] + c * trend[3]) + ahead[3]
        if t < days - 1:
            if h[t + 1] != current:
                current = h[t + 1]
                weigh(coef, current, step)
                multiply(K, step, weighted)
                multiply_transposed(step, weighted, square)
            s00 += square[0, 0]
            s10 += square[1, 0]
            s11 += square[1, 1]
            s20 += square[2, 0]
            s21 += square[2, 1]
            s22 += square[2, 2]
            s30 += square[3, 0]
            s31 += square[3, 1]
            s32 += square[3, 2]
            s33 += square[3, 3]
            if m > 0:
                for i in range(4):
                    push[i] = 0.0
                    for k in range(m):
                        push[i] += coef[i, 4 + k] * inputs[k, t + 1]
                for i in range(4):
                    ahead[i] = 0.0
                    for k in range(4):
                        ahead[i] += K[i, k] * push[k]
                b0 -= (
                    weighted[0, 0] * push[0]
                    + weighted[1, 0] * push[1]
                    + weighted[2, 0] * push[2]
                    + weighted[3, 0] * push[3]
                )
                b1 -= (
                    weighted[0, 1] * push[0]
                    + weighted[1, 1] * push[1]
                    + weighted[2, 1] * push[2]
                    + weighted[3, 1] * push[3]
                )
                b2 -= (
                    weighted[0, 2] * push[0]
                    + weighted[1, 2] * push[1]
                    + weighted[2, 2] * push[2]
                    + weighted[3, 2] * push[3]
                )
                b3 -= (
                    weighted[0, 3] * push[0]
                    + weighted[1, 3] * push[1]
                    + weighted[2, 3] * push[2]
                    + weighted[3, 3] * push[3]
                )
        s00 -= g00 * u00
        s00 -= g01 * u01
        s00 -= g02 * u02
        s00 -= g03 * u03
        s10 -= g10 * u00
        s10 -= g11 * u01
        s10 -= g12 * u02
        s10 -= g13 * u03
        s11 -= g10 * u10
        s11 -= g11 * u11
        s11 -= g12 * u12
        s11 -= g13 * u13
        s20 -= g20 * u00
        s20 -= g21 * u01
        s20 -= g22 * u02
        s20 -= g23 * u03
        s21 -= g20 * u10
        s21 -= g21 * u11
        s21 -= g22 * u12
        s21 -= g23 * u13
        s22 -= g20 * u20
        s22 -= g21 * u21
        s22 -= g22 * u22
        s22 -= g23 * u23
        s30 -= g30 * u00
        s30 -= g31 * u01
        s30 -= g32 * u02
        s30 -= g33 * u03
        s31 -= g30 * u10
        s31 -= g31 * u11
        s31 -= g32 * u12
        s31 -= g33 * u13
        s32 -= g30 * u20
        s32 -= g31 * u21
        s32 -= g32 * u22
        s32 -= g33 * u23
        s33 -= g30 * u30
        s33 -= g31 * u31
        s33 -= g32 * u32
        s33 -= g33 * u33
        b0 -= g00 * v0
        b0 -= g01 * v1
        b0 -= g02 * v2
        b0 -= g03 * v3
        b1 -= g10 * v0
        b1 -= g11 * v1
        b1 -= g12 * v2
        b1 -= g13 * v3
        b2 -= g20 * v0
        b2 -= g21 * v1
        b2 -= g22 * v2
        b2 -= g23 * v3
        b3 -= g30 * v0
        b3 -= g31 * v1
        b3 -= g32 * v2
        b3 -= g33 * v3
        i0 = 1.0 / s00
        l10 = s10 * i0
        l20 = s20 * i0
        l30 = s30 * i0
        s11 -= l10 * s10
        s21 -= l20 * s10
        s22 -= l20 * s20
        s31 -= l30 * s10
        s32 -= l30 * s20
        s33 -= l30 * s30
        i1 = 1.0 / s11
        l21 = s21 * i1
        l31 = s31 * i1
        s22 -= l21 * s21
        s32 -= l31 * s21
        s33 -= l31 * s31
        i2 = 1.0 / s22
        l32 = s32 * i2
        s33 -= l32 * s32
        i3 = 1.0 / s33
        v0 = b0
        v1 = b1 - l10 * v0
        v2 = b2 - l20 * v0 - l21 * v1
        v3 = b3 - l30 * v0 - l31 * v1 - l32 * v2
        u00 = -weighted[0, 0]
        u01 = -weighted[0, 1] - l10 * u00
        u02 = -weighted[0, 2] - l20 * u00 - l21 * u01
        u03 = -weighted[0, 3] - l30 * u00 - l31 * u01 - l32 * u02
        u10 = -weighted[1, 0]
        u11 = -weighted[1, 1] - l10 * u10
        u12 = -weighted[1, 2] - l20 * u10 - l21 * u11
        u13 = -weighted[1, 3] - l30 * u10 - l31 * u11 - l32 * u12
        u20 = -weighted[2, 0]
        u21 = -weighted[2, 1] - l10 * u20
        u22 = -weighted[2, 2] - l20 * u20 - l21 * u21
        u23 = -weighted[2, 3] - l30 * u20 - l31 * u21 - l32 * u22
        u30 = -weighted[3, 0]
        u31 = -weighted[3, 1] - l10 * u30
        u32 = -weighted[3, 2] - l20 * u30 - l21 * u31
        u33 = -weighted[3, 3] - l30 * u30 - l31 * u31 - l32 * u32
        g00 = u00 * i0
        g01 = u01 * i1
        g02 = u02 * i2
        g03 = u03 * i3
        g10 = u10 * i0
        g11 = u11 * i1
        g12 = u12 * i2
        g13 = u13 * i3
        g20 = u20 * i0
        g21 = u21 * i1
        g22 = u22 * i2
        g23 = u23 * i3
        g30 = u30 * i0
        g31 = u31 * i1
        g32 = u32 * i2
        g33 = u33 * i3
        lower[t, 0] = l10
        lower[t, 1] = l20
        lower[t, 2] = l21
        lower[t, 3] = l30
        lower[t, 4] = l31
        lower[t, 5] = l32
        half[t, 0] = v0 * i0
        root[t, 0] = i0
        half[t, 1] = v1 * i1
        root[t, 1] = i1
        half[t, 2] = v2 * i2
        root[t, 2] = i2
        half[t, 3] = v3 * i3
        root[t, 3] = i3
        gain[t, 0, 0] = g00
        gain[t, 0, 1] = g01
        gain[t, 0, 2] = g02
        gain[t, 0, 3] = g03
        gain[t, 1, 0] = g10
        gain[t, 1, 1] = g11
        gain[t, 1, 2] = g12
        gain[t, 1, 3] = g13
        gain[t, 2, 0] = g20
        gain[t, 2, 1] = g21
        gain[t, 2, 2] = g22
        gain[t, 2, 3] = g23
        gain[t, 3, 0] = g30
        gain[t, 3, 1] = g31
        gain[t, 3, 2] = g32
        gain[t, 3, 3] = g33
    x0 = x1 = x2 = x3 = 0.0
    for t in range(days - 1, -1, -1):
        at = 4 * (days - 1 - t)
        y0 = half[t, 0] + np.sqrt(root[t, 0]) * noise[at]
        y1 = half[t, 1] + np.sqrt(root[t, 1]) * noise[at + 1]
        y2 = half[t, 2] + np.sqrt(root[t, 2]) * noise[at + 2]
        y3 = half[t, 3] + np.sqrt(root[t, 3]) * noise[at + 3]
        if t < days - 1:
            y0 -= gain[t, 0, 0] * x0 + gain[t, 1, 0] * x1 + gain[t, 2, 0] * x2 + gain[t, 3, 0] * x3
            y1 -= gain[t, 0, 1] * x0 + gain[t, 1, 1] * x1 + gain[t, 2, 1] * x2 + gain[t, 3, 1] * x3
            y2 -= gain[t, 0, 2] * x0 + gain[t, 1, 2] * x1 + gain[t, 2, 2] * x2 + gain[t, 3, 2] * x3
            y3 -= gain[t, 0, 3] * x0 + gain[t, 1, 3] * x1 + gain[t, 2, 3] * x2 + gain[t, 3, 3] * x3
        x3 = y3
        x2 = y2 - lower[t, 5] * x3
        x1 = y1 - lower[t, 2] * x2 - lower[t, 4] * x3
        x0 = y0 - lower[t, 0] * x1 - lower[t, 1] * x2 - lower[t, 3] * x3
        dev[0, t] = x0
        dev[1, t] = x1
        dev[2, t] = x2
        dev[3, t] = x3
