"""Chains as compiled code: the doors to them from Python."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.kernel.arrays import owned
from counterpoint.engine.kernel.sweeps import run_chains
from counterpoint.engine.population_chain import BlockDraws, ChainPoint, first_point
from counterpoint.engine.prior import shipped_prior
from counterpoint.engine.problem import Draws, SamplerProblem, pose_problem

STABLE_TRIES = 40


def sample_compiled_block(
    problem: SamplerProblem,
    *,
    starts: npt.NDArray[np.int64],
    with_trend: npt.NDArray[np.bool_],
    seeds: npt.NDArray[np.int64],
    first: ChainPoint,
    sweeps: int,
    dropped: int,
) -> BlockDraws:
    """Run one chain of each of n dyads as compiled code.

    Parameters
    ----------
    problem
        Prior, and the days of all dyads end to end; its ``trend`` is not looked at.
    starts
        First day of every dyad, and the number of all days at the end, shape (n + 1,).
    with_trend
        Whether a dyad's level may move within its window, shape (n,).
    seeds
        Seeds of the chains, 0 to 2**32 - 1, shape (n,).
    first
        Where the chains begin.
    sweeps, dropped
        Sweeps in all, and how many of the first are not kept.

    Returns
    -------
    BlockDraws
        ``sweeps - dropped`` draws of each dyad.

    Notes
    -----
    A dyad's draws do not depend on the other dyads of its block.
    """
    found = run_chains(
        owned(problem.answers),
        owned(problem.known),
        owned(problem.beyond),
        owned(problem.inputs),
        owned(problem.together),
        owned(problem.clock),
        owned(starts, np.int64),
        owned(np.where(with_trend, 8, 4), np.int64),
        owned(seeds, np.int64),
        owned(problem.loading),
        owned(problem.coefficient_mean),
        owned(problem.coefficient_precision),
        owned(problem.level_mean),
        owned(problem.level_precision),
        float(problem.trend_precision),
        float(problem.process_df),
        owned(problem.process_scale),
        float(problem.measurement_shape),
        owned(problem.measurement_rate),
        float(problem.offset_precision),
        owned(problem.initial_precision),
        owned(first.level),
        owned(first.trend),
        owned(first.coefficient),
        owned(first.process_cov),
        owned(first.offset),
        owned(first.measurement_var),
        owned(first.latent),
        owned(first.latent_starts, np.int64),
        int(sweeps),
        int(dropped),
        STABLE_TRIES,
    )
    return BlockDraws(*(*found, first.latent_starts))


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
    block = sample_compiled_block(
        problem,
        starts=np.array([0, len(problem.answers)]),
        with_trend=np.array([problem.trend]),
        seeds=np.array([seed]),
        first=first_point(problem, np.array([0, len(problem.answers)])),
        sweeps=sweeps,
        dropped=dropped,
    )
    mean = block.state_total / (sweeps - dropped)
    return Draws(
        level=block.level[0],
        trend=block.trend[0],
        coefficient=block.coefficient[0],
        process_cov=block.process_cov[0],
        offset=block.offset[0],
        measurement_var=block.measurement_var[0],
        state_mean=mean,
        state_sd=np.sqrt(np.maximum(block.state_squares / (sweeps - dropped) - mean**2, 0.0)),
        unstable_redraws=int(block.unstable_redraws[0]),
    )


def compile_kernel() -> None:
    """Compile the kernel, or load it from the compiler's cache, and run it once."""
    diary = DyadDiary(items=np.zeros((3, 4, 1)))
    sample_compiled(
        pose_problem(diary, shipped_prior(items=1), trend=False), sweeps=6, dropped=2, seed=0
    )
