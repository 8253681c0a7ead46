"""Chains: all blocks of a sweep, over and over, for one dyad after another."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time
# ruff: noqa: PLR0912, PLR0915, PLR0917
import numpy as np
from numba import njit

from counterpoint.engine.kernel.algebra import draw_normal, factor, solve_lower, solve_upper
from counterpoint.engine.kernel.chance import (
    CHANCE,
    WORDS,
    fill_gammas_and_normals,
    fill_standard_normals,
    seed_chance,
)
from counterpoint.engine.kernel.couplings import draw_coefficients
from counterpoint.engine.kernel.deviations import (
    draw_deviations,
    put_residuals,
    reduce,
)
from counterpoint.engine.kernel.levels import (
    add_levels,
    add_levels_given_deviations,
    add_levels_given_states,
    put_clock_moments,
    start_levels,
    translate,
)
from counterpoint.engine.kernel.spread import (
    add_item_moments,
    draw_beyond,
    draw_items,
    draw_process_cov,
    put_latent,
    shapes_of_chance,
    take_latent,
    turn,
)
from counterpoint.engine.readiness import kernel_version


def _build(version: int) -> Any:
    """Return the kernel; ``version`` is frozen into it.

    The compiler's cache looks at the file of the outermost function only: with the version of all
    kernel files in its closure it never serves a kernel whose inner functions have changed.
    """

    @njit(nogil=True, cache=True, error_model="numpy")
    def run(
        answers: Any,
        known: Any,
        beyond: Any,
        inputs: Any,
        h: Any,
        clock: Any,
        starts: Any,
        sizes: Any,
        seeds: Any,
        loading: Any,
        coef_mean: Any,
        coef_precision: Any,
        level_mean: Any,
        level_precision: Any,
        trend_precision: float,
        df: float,
        scale: Any,
        shape: float,
        rate: Any,
        offset_precision: float,
        initial: Any,
        first_level: Any,
        first_trend: Any,
        first_coef: Any,
        first_Q: Any,
        first_offset: Any,
        first_r: Any,
        first_latent: Any,
        latent_starts: Any,
        sweeps: int,
        dropped: int,
        tries: int,
    ) -> Any:
        """Run one chain of each of n dyads, whose days stand end to end.

        Dyad c has the days ``starts[c]`` to ``starts[c + 1]``; ``sizes[c]`` is 8 where its level
        may move within the window, else 4; its chain begins at ``first_*[c]``. ``beyond`` marks
        answers known only to lie beyond an end, or has no row; where those of dyad c were drawn
        last stands in ``first_latent`` from ``latent_starts[c]`` on, in the order of the days.
        """
        all_days, _, items = answers.shape
        width = coef_mean.shape[1]
        kept = sweeps - dropped
        dyads = seeds.shape[0]
        levels = np.zeros((dyads, kept, 4))
        trends = np.zeros((dyads, kept, 4))
        coefs = np.zeros((dyads, kept, 4, width))
        Qs = np.zeros((dyads, kept, 4, 4))
        offsets = np.zeros((dyads, kept, 4, items))
        rs = np.zeros((dyads, kept, 4, items))
        moments = np.zeros((dyads, 4, items, 2))
        sums = np.zeros((all_days, 4))
        squares = np.zeros((all_days, 4))
        redrawn = np.zeros(dyads, dtype=np.int64)
        latent = np.zeros(first_latent.shape[0])
        longest = 0
        for c in range(dyads):
            longest = max(longest, starts[c + 1] - starts[c])
        level = np.zeros(4)
        trend = np.zeros(4)
        coef = np.zeros((4, width))
        Q = np.zeros((4, 4))
        K = np.zeros((4, 4))
        offset = np.zeros((4, items))
        r = np.zeros((4, items))
        counts = np.zeros((4, items))
        with_ends = beyond.shape[0] > 0
        pull = np.zeros(4 * width)
        for i in range(4 * width):
            for j in range(4 * width):
                pull[i] += coef_precision[i, j] * coef_mean[j // width, j % width]
        all_lower = np.zeros((longest, 6))
        all_gain = np.zeros((longest, 4, 4))
        all_half = np.zeros((longest, 4))
        all_root = np.zeros((longest, 4))
        total = np.zeros((8, 8))
        b = np.zeros(8)
        big = np.zeros((4 * width, 4 * width))
        big_b = np.zeros(4 * width)
        vector = np.zeros(4 * width)
        moment = np.zeros((3, width, width))
        cross = np.zeros((2, width, 4))
        proposal = np.zeros((4, width))
        clock_moments = np.zeros((3, 3))
        work = np.zeros((8, 4, 4))
        power = np.zeros((4, 4))
        scratch = np.zeros((4, 4))
        words = np.zeros(WORDS + 2, dtype=np.int64)
        most = 4 * longest + 20 + 4 * width
        all_noise = np.zeros(most)
        chance = np.zeros(CHANCE + 3 * (most // 2 + 1))
        shapes = np.zeros(10 + 8 * items)
        drawn = np.zeros(10 + 8 * items)
        for c in range(dyads):
            seed_chance(words, seeds[c])
            size = sizes[c]
            days = starts[c + 1] - starts[c]
            bound = answers[starts[c] : starts[c + 1]]
            side = beyond[starts[c] : starts[c + 1]]
            # the days stand last, where loops along them take several at once
            y = np.zeros((4, items, days))
            seen = np.zeros((4, items, days))
            u = np.zeros((inputs.shape[1], days))
            turn(bound, known[starts[c] :], inputs[starts[c] :], y, seen, u)
            if with_ends:
                put_latent(side, first_latent[latent_starts[c] :], y)
            hour = h[starts[c] : starts[c + 1]]
            tau = clock[starts[c] : starts[c + 1]]
            total_x = np.zeros((4, days))
            squares_x = np.zeros((4, days))
            dev = np.zeros((4, days))
            x = np.zeros((4, days))
            residual = np.zeros((4, days))
            pz = np.zeros((4, days))
            p = np.zeros((4, days))
            steady = True
            for t in range(1, days):
                steady = steady and hour[t] == 1.0
            design = np.zeros((1 if steady else 2, width, days))
            put_clock_moments(tau, hour, clock_moments)
            lower = all_lower[:days]
            gain = all_gain[:days]
            half = all_half[:days]
            root = all_root[:days]
            for i in range(4):
                level[i] = first_level[c, i]
                trend[i] = first_trend[c, i]
                for j in range(width):
                    coef[i, j] = first_coef[c, i, j]
                for j in range(4):
                    Q[i, j] = first_Q[c, i, j]
                    power[i, j] = Q[i, j]
                for k in range(items):
                    offset[i, k] = first_offset[c, i, k]
                    r[i, k] = first_r[c, i, k]
                    counts[i, k] = 0.0
                    for t in range(days):
                        counts[i, k] += seen[i, k, t]
            shapes_of_chance(df, days, shape, counts, shapes)
            noise = all_noise[: 4 * days + 2 * size + 4 + 4 * width]
            factor(power, 4)
            for j in range(4):
                for i in range(4):
                    b[i] = 1.0 if i == j else 0.0
                solve_lower(power, b, 4)
                solve_upper(power, b, 4)
                for i in range(4):
                    K[i, j] = b[i]
            thrown = 0 * version
            for sweep in range(sweeps):
                fill_standard_normals(words, chance, noise)
                at = 4 * days
                reduce(y, seen, loading, offset, r, pz, p)
                draw_deviations(
                    pz,
                    p,
                    level,
                    trend,
                    tau,
                    coef,
                    K,
                    u,
                    hour,
                    initial,
                    work,
                    lower,
                    gain,
                    half,
                    root,
                    dev,
                    noise,
                )
                start_levels(total, b, level_mean, level_precision, trend_precision, size)
                add_levels_given_deviations(pz, p, tau, dev, total, b, size)
                draw_normal(total, b, size, noise, at)
                at += size
                for i in range(4):
                    level[i] = b[i]
                    if size == 8:
                        trend[i] = b[4 + i]
                add_levels(level, trend, tau, 1.0, dev, x)
                put_residuals(x, coef, u, hour, residual)
                start_levels(total, b, level_mean, level_precision, trend_precision, size)
                add_levels_given_states(
                    x,
                    residual,
                    tau,
                    coef,
                    K,
                    hour,
                    initial,
                    clock_moments,
                    work,
                    total,
                    b,
                    size,
                )
                draw_normal(total, b, size, noise, at)
                at += size
                for i in range(4):
                    level[i] = b[i]
                    if size == 8:
                        trend[i] = b[4 + i]
                add_levels(level, trend, tau, -1.0, x, dev)
                translate(
                    level,
                    x,
                    offset,
                    loading,
                    level_mean,
                    level_precision,
                    offset_precision,
                    total,
                    b,
                    noise,
                    at,
                )
                at += 4
                thrown += draw_coefficients(
                    dev,
                    u,
                    hour,
                    K,
                    pull,
                    coef_precision,
                    coef,
                    big,
                    big_b,
                    vector,
                    design,
                    moment,
                    cross,
                    proposal,
                    power,
                    scratch,
                    tries,
                    words,
                    chance,
                    noise,
                    at,
                )
                fill_gammas_and_normals(words, chance, shapes, drawn)
                put_residuals(dev, coef, u, hour, residual)
                draw_process_cov(residual, scale, Q, K, work, drawn)
                draw_items(y, seen, counts, loading, x, offset_precision, rate, offset, r, drawn)
                if with_ends:
                    draw_beyond(bound, side, loading, x, offset, r, y, words, chance)
                n = sweep - dropped
                if n >= 0:
                    for i in range(4):
                        levels[c, n, i] = level[i]
                        trends[c, n, i] = trend[i]
                        for j in range(width):
                            coefs[c, n, i, j] = coef[i, j]
                        for j in range(4):
                            Qs[c, n, i, j] = Q[i, j]
                        for k in range(items):
                            offsets[c, n, i, k] = offset[i, k]
                            rs[c, n, i, k] = r[i, k]
                    for i in range(4):
                        for t in range(days):
                            total_x[i, t] += x[i, t]
                            squares_x[i, t] += x[i, t] * x[i, t]
                    add_item_moments(y, seen, offset, r, x, moments[c])
            redrawn[c] = thrown
            for i in range(4):
                for t in range(days):
                    sums[starts[c] + t, i] = total_x[i, t]
                    squares[starts[c] + t, i] = squares_x[i, t]
            if with_ends:
                take_latent(y, side, latent[latent_starts[c] :])
        return levels, trends, coefs, Qs, offsets, rs, sums, squares, redrawn, moments, latent

    return run


run_chains = _build(kernel_version())
"""One chain of each of n dyads; see `counterpoint.engine.kernel.chain`."""
