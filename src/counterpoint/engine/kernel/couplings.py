"""The transition and the effects of events."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time
# ruff: noqa: PLR0912, PLR0917
from counterpoint.engine.kernel.algebra import factor, inner, multiply, solve_lower, solve_upper
from counterpoint.engine.kernel.chance import fill_standard_normals


@inner
def is_stable(coef: Any, power: Any, scratch: Any) -> bool:
    """Whether the Frobenius norm of the 64th power of A is below one."""
    for i in range(4):
        for j in range(4):
            power[i, j] = coef[i, j]
    for _ in range(3):
        multiply(power, power, scratch)
        multiply(scratch, scratch, power)
    s = 0.0
    for i in range(4):
        for j in range(4):
            s += power[i, j] * power[i, j]
    return s < 1.0


@inner
def draw_coefficients(
    dev: Any,
    inputs: Any,
    h: Any,
    K: Any,
    mean: Any,
    precision: Any,
    coef: Any,
    total: Any,
    b: Any,
    vector: Any,
    design: Any,
    moment: Any,
    cross: Any,
    proposal: Any,
    power: Any,
    scratch: Any,
    tries: int,
    words: Any,
    chance: Any,
    noise: Any,
    at: int,
) -> int:
    """Draw [A|B] given the deviations; return how many unstable proposals were thrown away."""
    days = dev.shape[0]
    m = inputs.shape[1]
    width = 4 + m
    size = 4 * width
    moment[:] = 0.0
    cross[:] = 0.0
    for t in range(1, days):
        for j in range(4):
            near = dev[t - 1, j]
            far = h[t] * near
            design[0, j] = near if j < 2 else far
            design[1, j] = far if j < 2 else near
        for k in range(m):
            design[0, 4 + k] = inputs[t, k]
            design[1, 4 + k] = inputs[t, k]
        for k in range(width):
            for j in range(width):
                moment[0, k, j] += design[0, k] * design[0, j]
                moment[1, k, j] += design[0, k] * design[1, j]
                moment[2, k, j] += design[1, k] * design[1, j]
            for j in range(4):
                cross[0, k, j] += design[0, k] * dev[t, j]
                cross[1, k, j] += design[1, k] * dev[t, j]
    for i in range(4):
        for k in range(width):
            row = i * width + k
            s = 0.0
            for q in range(4):
                s += K[i, q] * cross[i // 2, k, q]
            for j in range(4):
                for q in range(width):
                    s += precision[row, j * width + q] * mean[j, q]
            b[row] = s
            for j in range(i + 1):
                # rows of b's effects meet columns of a's: the moment transposed
                which = i // 2 + j // 2
                for q in range(width):
                    value = moment[which, q, k] if i // 2 != j // 2 else moment[which, k, q]
                    total[row, j * width + q] = precision[row, j * width + q] + K[i, j] * value
    factor(total, size)
    solve_lower(total, b, size)
    thrown = 0
    for _ in range(tries):
        if thrown > 0:
            fill_standard_normals(words, chance, noise[at : at + size])
        for i in range(size):
            vector[i] = b[i] + noise[at + i]
        solve_upper(total, vector, size)
        for i in range(4):
            for k in range(width):
                proposal[i, k] = vector[i * width + k]
        if is_stable(proposal, power, scratch):
            for i in range(4):
                for k in range(width):
                    coef[i, k] = proposal[i, k]
            return thrown
        thrown += 1
    return thrown
