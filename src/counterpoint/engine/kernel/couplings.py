"""The transition and the effects of events."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time
# ruff: noqa: PLR0912, PLR0917
from counterpoint.engine.kernel.algebra import (
    along,
    factor,
    inner,
    multiply,
    solve_lower,
    solve_upper,
)
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


@along
def put_design(dev: Any, inputs: Any, h: Any, design: Any) -> None:
    """Put what a member's states have for a cause into design, of member a and of member b.

    Row after row: the four deviations of yesterday, the partner's times h, then the events.
    """
    days = h.shape[0]
    for side in range(design.shape[0]):
        for j in range(4):
            if j // 2 == side:
                for t in range(1, days):
                    design[side, j, t] = dev[j, t - 1]
            else:
                for t in range(1, days):
                    design[side, j, t] = h[t] * dev[j, t - 1]
        for k in range(inputs.shape[0]):
            for t in range(1, days):
                design[side, 4 + k, t] = inputs[k, t]


@along
def put_moments(design: Any, dev: Any, moment: Any, cross: Any) -> None:
    """Put the products of causes, and of causes and effects, summed over days.

    ``moment[0]`` of a's causes, ``moment[2]`` of b's, ``moment[1]`` of a's with b's. With one
    design for both, as where h is always 1, they are one.
    """
    sides, width, days = design.shape
    for which in range(2 * sides - 1):
        one = which // 2
        other = (which + 1) // 2
        for k in range(width):
            for j in range(width if one != other else k + 1):
                s = 0.0
                for t in range(1, days):
                    s += design[one, k, t] * design[other, j, t]
                moment[which, k, j] = s
                if one == other:
                    moment[which, j, k] = s
    for side in range(sides):
        for k in range(width):
            for j in range(4):
                s = 0.0
                for t in range(1, days):
                    s += design[side, k, t] * dev[j, t]
                cross[side, k, j] = s


@inner
def draw_coefficients(
    dev: Any,
    inputs: Any,
    h: Any,
    K: Any,
    pull: Any,
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
    """Draw [A|B] given the deviations; return how many unstable proposals were thrown away.

    ``pull`` is the prior's precision times its mean, rows end to end.
    """
    width = coef.shape[1]
    size = 4 * width
    put_design(dev, inputs, h, design)
    put_moments(design, dev, moment, cross)
    sides = design.shape[0]
    for i in range(4):
        for k in range(width):
            row = i * width + k
            s = pull[row]
            for q in range(4):
                s += K[i, q] * cross[i // 2 if sides == 2 else 0, k, q]
            b[row] = s
            for j in range(i + 1):
                # rows of b's effects meet columns of a's: the moment transposed
                which = i // 2 + j // 2 if sides == 2 else 0
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
