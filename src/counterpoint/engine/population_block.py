"""Blocks of dyads whose chains are run some sweeps at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from counterpoint.engine.diary import DyadDiary, seed_of
from counterpoint.engine.parameters import trend_clock
from counterpoint.engine.population_chain import PARAMETERS, BlockDraws, ChainPoint, first_point
from counterpoint.engine.population_statistics import PopulationStatistics, statistics_of
from counterpoint.engine.portable import PortableChain
from counterpoint.engine.prior import Prior
from counterpoint.engine.problem import SamplerProblem, pose_problem
from counterpoint.engine.simulate import TREND_FROM_DAYS
from counterpoint.engine.states import Array
from counterpoint.errors import DataError


@dataclass(frozen=True, eq=False)
class DiaryBlock:
    """Diaries of n dyads, their days end to end.

    Parameters
    ----------
    items
        Answers in units u, ``NaN`` where missing, shape (days, 4, items).
    beyond
        Which of them are known only to lie beyond an end of the scale: 1, -1, else 0, same shape;
        no row at all where there is none such.
    inputs
        Events, centred within each dyad, shape (days, m).
    together
        Time together, shape (days,).
    starts
        First day of every dyad, and the number of all days at the end, shape (n + 1,).
    seeds
        Seed of every dyad, shape (n,).
    with_trend
        Whether a dyad's level may move within its window, shape (n,).
    """

    items: Array
    beyond: Array
    inputs: Array
    together: Array
    starts: npt.NDArray[np.int64]
    seeds: npt.NDArray[np.int64]
    with_trend: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of dyads."""
        return len(self.seeds)

    @property
    def answered(self) -> Array:
        """How often each person answered each item, shape (n, 4, items)."""
        known = (~np.isnan(self.items)).astype(np.float64)
        return np.asarray(np.add.reduceat(known, self.starts[:-1], axis=0))


def block_of(diaries: Sequence[DyadDiary], *, seed: int = 0) -> DiaryBlock:
    """Put the diaries of some dyads end to end.

    Parameters
    ----------
    diaries
        At least one; all with as many items and events.
    seed
        Enters the seed of every dyad together with its name and answers.

    Raises
    ------
    DataError
        If there is none, or they differ in items, events or check-ins a day.
    """
    shapes = {(d.item_count, d.centred_inputs.shape[1], d.steps_a_day) for d in diaries}
    if len(shapes) != 1:
        raise DataError(
            "a population is learned from diaries with equal numbers of items, events and "
            "check-ins a day, and from at least one."
        )
    lengths = [diary.days for diary in diaries]
    items = [d.items if d.ends is None else np.clip(d.items, *d.ends) for d in diaries]
    beyond = np.concatenate([diary.beyond for diary in diaries])
    return DiaryBlock(
        items=np.concatenate(items),
        beyond=beyond if np.any(beyond) else beyond[:0],
        inputs=np.concatenate([diary.centred_inputs for diary in diaries]),
        together=np.concatenate([diary.time_together for diary in diaries]),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        seeds=np.array([seed_of(diary, base=seed) for diary in diaries], dtype=np.int64),
        with_trend=np.array([diary.calendar_days >= TREND_FROM_DAYS for diary in diaries]),
    )


def pose_block(block: DiaryBlock, prior: Prior) -> SamplerProblem:
    """Put a block and a prior into the arrays the samplers work on.

    Raises
    ------
    DataError
        If they disagree on the number of items or events.
    """
    known = ~np.isnan(block.items)
    clocks = [
        trend_clock(int(days)) if moves else np.zeros(days)
        for days, moves in zip(np.diff(block.starts), block.with_trend, strict=True)
    ]
    return replace(
        _pose_nobody(prior, block.items.shape[2], block.inputs.shape[1]),
        answers=np.where(known, block.items - prior.item_rows(prior.intercept), 0.0),
        known=known.astype(np.float64),
        beyond=block.beyond,
        inputs=block.inputs,
        together=block.together,
        clock=np.concatenate(clocks),
    )


@lru_cache(maxsize=2)
def _pose_nobody(prior: Prior, items: int, m: int) -> SamplerProblem:
    """Put a prior into arrays; it is the same for every block of a round."""
    nobody = DyadDiary(items=np.full((1, 4, items), np.nan), inputs=np.zeros((1, m)))
    return pose_problem(nobody, prior, trend=False)


def run_block(
    block: DiaryBlock,
    prior: Prior,
    point: ChainPoint | None,
    *,
    sweeps: int,
    dropped: int = 0,
    stretch: int = 0,
    backend: str = "compiled",
) -> BlockDraws:
    """Run the chains of a block some sweeps on.

    Parameters
    ----------
    block
        The dyads.
    prior
        Their population.
    point
        Where their chains stand; ``None`` where they are to begin.
    sweeps, dropped
        Sweeps in all, and how many of the first are not kept.
    stretch
        Number of this stretch of the chains; each has its own chance, so that a chain that was
        left and taken up again draws the same numbers as one that was not.
    backend
        ``compiled`` or ``portable``.
    """
    problem = pose_block(block, prior)
    first = first_point(problem, block.starts) if point is None else point
    seeds = np.array([_seed_of_stretch(int(seed), stretch) for seed in block.seeds])
    if backend == "portable":
        return _run_portable(block, problem, first, seeds, sweeps=sweeps, dropped=dropped)
    from counterpoint.engine.kernel.chain import (  # noqa: PLC0415 - imports the compiler
        sample_compiled_block,
    )

    return sample_compiled_block(
        problem,
        starts=block.starts,
        with_trend=block.with_trend,
        seeds=seeds,
        first=first,
        sweeps=sweeps,
        dropped=dropped,
    )


def advance_block(
    block: DiaryBlock,
    prior: Prior,
    point: ChainPoint | None,
    *,
    sweeps: int,
    stretch: int,
    backend: str = "compiled",
) -> tuple[ChainPoint, PopulationStatistics]:
    """Run the chains of a block some sweeps on and sum up what they tell of the population.

    Parameters
    ----------
    block, prior, point, sweeps, stretch, backend
        As in `run_block`.
    """
    draws = run_block(block, prior, point, sweeps=sweeps, stretch=stretch, backend=backend)
    return draws.last(), statistics_of(draws, prior, block.answered)


def _seed_of_stretch(seed: int, stretch: int) -> int:
    digest = hashlib.blake2b(f"{seed} {stretch}".encode(), digest_size=4)
    return int.from_bytes(digest.digest(), "little")


def _run_portable(
    block: DiaryBlock,
    problem: SamplerProblem,
    first: ChainPoint,
    seeds: npt.NDArray[np.int64],
    *,
    sweeps: int,
    dropped: int,
) -> BlockDraws:
    """Do without the compiler what the kernel does for a block."""
    dyads, kept = len(block), sweeps - dropped
    items, width = problem.answers.shape[2], problem.coefficient_mean.shape[1]
    found = BlockDraws(
        level=np.empty((dyads, kept, 4)),
        trend=np.empty((dyads, kept, 4)),
        coefficient=np.empty((dyads, kept, 4, width)),
        process_cov=np.empty((dyads, kept, 4, 4)),
        offset=np.empty((dyads, kept, 4, items)),
        measurement_var=np.empty((dyads, kept, 4, items)),
        state_total=np.zeros((len(problem.answers), 4)),
        state_squares=np.zeros((len(problem.answers), 4)),
        unstable_redraws=np.zeros(dyads, dtype=np.int64),
        item_moments=np.zeros((dyads, 4, items, 2)),
        latent=first.latent.copy(),
        latent_starts=first.latent_starts,
    )
    for c in range(dyads):
        part = slice(int(block.starts[c]), int(block.starts[c + 1]))
        own = replace(
            problem,
            answers=problem.answers[part],
            known=problem.known[part],
            beyond=problem.beyond[part],
            inputs=problem.inputs[part],
            together=problem.together[part],
            clock=problem.clock[part],
            trend=bool(block.with_trend[c]),
        )
        chain = PortableChain(own, np.random.default_rng(int(seeds[c])))
        for name, value in first.parameters():
            setattr(chain, name, value[c].copy())
        latent = slice(int(first.latent_starts[c]), int(first.latent_starts[c + 1]))
        chain.answers[chain.beyond] = first.latent[latent]
        chain.process_precision = np.linalg.inv(chain.process_cov)
        for sweep in range(sweeps):
            states = chain.sweep()
            n = sweep - dropped
            if n < 0:
                continue
            for name in PARAMETERS:
                getattr(found, name)[c, n] = getattr(chain, name)
            found.state_total[part] += states
            found.state_squares[part] += states**2
            seen = own.known * states[:, :, None] / chain.measurement_var
            found.item_moments[c, ..., 0] += (seen * states[:, :, None]).sum(axis=0)
            found.item_moments[c, ..., 1] += (seen * (chain.answers - chain.offset)).sum(axis=0)
        found.latent[latent] = chain.answers[chain.beyond]
        found.unstable_redraws[c] = chain.unstable_redraws
    return found
