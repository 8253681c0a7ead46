"""Learning and fitting a cohort block by block, whoever does the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from counterpoint.cohort.checkpoint import RunFolder
from counterpoint.cohort.executor import Executor
from counterpoint.cohort.executor_tasks import Chains, Stretch, advance, fit_block, refit_block
from counterpoint.cohort.fit import CoupleResult
from counterpoint.engine.population import ROUNDS, SWEEPS, Learning, begin_learning
from counterpoint.engine.prior import Prior


@dataclass(frozen=True, eq=False)
class LearnedCohort:
    """A population and where its chains stand, in the hands of an executor.

    Parameters
    ----------
    learning
        The last round.
    points
        What the executor knows the chains' states by, block by block.
    """

    learning: Learning
    points: tuple[Any, ...]


def learn_cohort(
    run: RunFolder,
    executor: Executor,
    *,
    base: Prior,
    free: bool = False,
    rounds: int = ROUNDS,
    backend: str,
    watch: Callable[[Learning], None] = lambda _: None,
) -> LearnedCohort:
    """Learn the population of a run's couples.

    Parameters
    ----------
    run
        Holds the couples; a round that was written down is gone on from.
    executor
        Who does the work.
    base, free
        As in `counterpoint.engine.population.begin_learning`.
    rounds
        Rounds of learning.
    backend
        ``compiled`` or ``portable``.
    watch
        Told the state after every round.

    Raises
    ------
    DataError
        The couples are too few for a free population, or do not fit the base.
    """
    learning = begin_learning(base, run.facts()["couples"], free=free)
    blocks = [executor.place(path) for path in run.blocks()]
    points: list[Any] = [None] * len(blocks)
    saved = run.saved_round(base)
    if saved is not None:
        learning, points = saved[0], list(saved[1])
        watch(learning)
    while learning.rounds_done < rounds:
        stretch = Stretch(learning.rounds_done, SWEEPS, backend)
        started = [
            executor.start(advance, block, learning.population, point, stretch)
            for block, point in zip(blocks, points, strict=True)
        ]
        points = [executor.part(one, 0) for one in started]
        learning = learning.after(executor.total([executor.part(one, 1) for one in started]))
        if run.keeps:
            run.save_round(learning, [executor.fetch(point) for point in points])
        watch(learning)
    return LearnedCohort(learning, tuple(points))


def fit_run(
    run: RunFolder,
    executor: Executor,
    *,
    population: Prior,
    chains: Chains,
    learned: LearnedCohort | None = None,
) -> Iterator[CoupleResult]:
    """Fit a run's couples under one population.

    Parameters
    ----------
    run
        Holds the couples; fits that were written down are not made again.
    executor
        Who does the work.
    population
        What every couple is taken to come from.
    chains
        How chains are run.
    learned
        Chains to go on from; none of their sweeps is dropped.

    Yields
    ------
    CoupleResult
        In the order of the couples.
    """

    def begin(number: int) -> Any:
        saved = run.saved_results(number)
        if saved is not None:
            return saved
        block = executor.place(blocks[number])
        if learned is None:
            return executor.start(fit_block, block, population, chains)
        return executor.start(
            refit_block,
            block,
            population,
            learned.points[number],
            learned.learning.rounds_done,
            chains,
        )

    blocks = run.blocks()
    waiting: deque[tuple[int, Any]] = deque()
    for number in range(len(blocks)):
        waiting.append((number, begin(number)))
        if len(waiting) <= 2 * executor.width:
            continue
        yield from _finished(run, executor, *waiting.popleft())
    while waiting:
        yield from _finished(run, executor, *waiting.popleft())


def _finished(run: RunFolder, executor: Executor, number: int, started: Any) -> list[CoupleResult]:
    if isinstance(started, list):
        return started
    results: list[CoupleResult] = executor.fetch(started)
    run.save_results(number, results)
    return results
