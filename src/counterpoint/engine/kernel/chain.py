"""One chain: all blocks of a sweep, and the door to it from Python."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time, and know only numpy's global
# generator, seeded per chain and thread
# ruff: noqa: PLR0912, PLR0915, PLR0917, NPY002
import numpy as np
from numba import njit

from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.kernel.algebra import draw_normal, factor, solve_lower, solve_upper
from counterpoint.engine.kernel.couplings import draw_coefficients
from counterpoint.engine.kernel.deviations import draw_deviations, reduce
from counterpoint.engine.kernel.levels import (
    add_levels_given_deviations,
    add_levels_given_states,
    start_levels,
    translate,
)
from counterpoint.engine.kernel.spread import draw_items, draw_process_cov
from counterpoint.engine.prior import shipped_prior
from counterpoint.engine.problem import Draws, SamplerProblem, pose_problem
from counterpoint.engine.readiness import kernel_version

STABLE_TRIES = 40


def _build(version: int) -> Any:
    """Return the kernel; ``version`` is frozen into it.

    The compiler's cache looks at the file of the outermost function only: with the version of all
    kernel files in its closure it never serves a kernel whose inner functions have changed.
    """

    @njit(nogil=True, cache=True, error_model="numpy")
    def run(
        answers: Any,
        known: Any,
        inputs: Any,
        h: Any,
        clock: Any,
        size: int,
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
        sweeps: int,
        dropped: int,
        seed: int,
        tries: int,
    ) -> Any:
        """Run one chain; ``size`` is 8 where the level may move within the window, else 4."""
        np.random.seed(seed)
        days, _, items = answers.shape
        width = coef_mean.shape[1]
        kept = sweeps - dropped
        levels = np.zeros((kept, 4))
        trends = np.zeros((kept, 4))
        coefs = np.zeros((kept, 4, width))
        Qs = np.zeros((kept, 4, 4))
        offsets = np.zeros((kept, 4, items))
        rs = np.zeros((kept, 4, items))
        total_x = np.zeros((days, 4))
        squares_x = np.zeros((days, 4))
        level = level_mean.copy()
        trend = np.zeros(4)
        coef = coef_mean.copy()
        Q = np.zeros((4, 4))
        K = np.zeros((4, 4))
        offset = np.zeros((4, items))
        r = np.zeros((4, items))
        counts = np.zeros((4, items))
        for j in range(4):
            for k in range(items):
                r[j, k] = rate[j, k] / (shape - 1.0)
                for t in range(days):
                    counts[j, k] += known[t, j, k]
        dev = np.zeros((days, 4))
        x = np.zeros((days, 4))
        pz = np.zeros((days, 4))
        p = np.zeros((days, 4))
        lower = np.zeros((days, 4, 4))
        below = np.zeros((days, 4, 4))
        half = np.zeros((days, 4))
        total = np.zeros((8, 8))
        b = np.zeros(8)
        big = np.zeros((4 * width, 4 * width))
        big_b = np.zeros(4 * width)
        noise = np.zeros(4 * width)
        design = np.zeros((2, width))
        moment = np.zeros((3, width, width))
        cross = np.zeros((2, width, 4))
        proposal = np.zeros((4, width))
        work = np.zeros((4, 4, 4))
        power = np.zeros((4, 4))
        scratch = np.zeros((4, 4))
        # K starts at the inverse of the prior mean of Q
        for i in range(4):
            for j in range(4):
                power[i, j] = scale[i, j] / (df - 5.0)
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
            reduce(answers, known, loading, offset, r, pz, p)
            draw_deviations(
                pz, p, level, trend, clock, coef, K, inputs, h, initial, lower, below, half, dev
            )
            start_levels(total, b, level_mean, level_precision, trend_precision, size)
            add_levels_given_deviations(pz, p, clock, dev, total, b, size)
            draw_normal(total, b, size)
            for i in range(4):
                level[i] = b[i]
                if size == 8:
                    trend[i] = b[4 + i]
            for t in range(days):
                for i in range(4):
                    x[t, i] = level[i] + clock[t] * trend[i] + dev[t, i]
            start_levels(total, b, level_mean, level_precision, trend_precision, size)
            add_levels_given_states(x, clock, coef, K, inputs, h, initial, total, b, size)
            draw_normal(total, b, size)
            for i in range(4):
                level[i] = b[i]
                if size == 8:
                    trend[i] = b[4 + i]
            for t in range(days):
                for i in range(4):
                    dev[t, i] = x[t, i] - level[i] - clock[t] * trend[i]
            translate(
                level, x, offset, loading, level_mean, level_precision, offset_precision, total, b
            )
            thrown += draw_coefficients(
                dev,
                inputs,
                h,
                K,
                coef_mean,
                coef_precision,
                coef,
                big,
                big_b,
                noise,
                design,
                moment,
                cross,
                proposal,
                power,
                scratch,
                tries,
            )
            draw_process_cov(dev, coef, inputs, h, df, scale, Q, K, work)
            draw_items(answers, known, counts, loading, x, offset_precision, shape, rate, offset, r)
            n = sweep - dropped
            if n >= 0:
                for i in range(4):
                    levels[n, i] = level[i]
                    trends[n, i] = trend[i]
                    for j in range(width):
                        coefs[n, i, j] = coef[i, j]
                    for j in range(4):
                        Qs[n, i, j] = Q[i, j]
                    for k in range(items):
                        offsets[n, i, k] = offset[i, k]
                        rs[n, i, k] = r[i, k]
                for t in range(days):
                    for i in range(4):
                        total_x[t, i] += x[t, i]
                        squares_x[t, i] += x[t, i] * x[t, i]
        return levels, trends, coefs, Qs, offsets, rs, total_x, squares_x, thrown

    return run


_run = _build(kernel_version())


def sample_compiled(problem: SamplerProblem, *, sweeps: int, dropped: int, seed: int) -> Draws:
    """Run the Gibbs sampler as compiled code.

    Parameters
    ----------
    problem
        From `pose_problem`.
    sweeps, dropped
        Sweeps in all, and how many of the first are not kept.
    seed
        Seed of this chain, 0 to 2**32 - 1.

    Returns
    -------
    Draws
        ``sweeps - dropped`` draws.
    """
    levels, trends, coefs, covs, offsets, variances, total, squares, thrown = _run(
        _owned(problem.answers),
        _owned(problem.known),
        _owned(problem.inputs),
        _owned(problem.together),
        _owned(problem.clock),
        8 if problem.trend else 4,
        _owned(problem.loading),
        _owned(problem.coefficient_mean),
        _owned(problem.coefficient_precision),
        _owned(problem.level_mean),
        _owned(problem.level_precision),
        float(problem.trend_precision),
        float(problem.process_df),
        _owned(problem.process_scale),
        float(problem.measurement_shape),
        _owned(problem.measurement_rate),
        float(problem.offset_precision),
        _owned(problem.initial_precision),
        int(sweeps),
        int(dropped),
        int(seed),
        STABLE_TRIES,
    )
    mean = total / (sweeps - dropped)
    return Draws(
        level=levels,
        trend=trends,
        coefficient=coefs,
        process_cov=covs,
        offset=offsets,
        measurement_var=variances,
        state_mean=mean,
        state_sd=np.sqrt(np.maximum(squares / (sweeps - dropped) - mean**2, 0.0)),
        unstable_redraws=int(thrown),
    )


def compile_kernel() -> None:
    """Compile the kernel, or load it from the compiler's cache, and run it once."""
    diary = DyadDiary(items=np.zeros((3, 4, 1)))
    sample_compiled(
        pose_problem(diary, shipped_prior(items=1), trend=False), sweeps=6, dropped=2, seed=0
    )


def _owned(array: Any) -> Any:
    """Contiguous, writable, float64: any other kind would compile the kernel a second time."""
    return np.require(array, dtype=np.float64, requirements=["C", "W", "O", "A"])
