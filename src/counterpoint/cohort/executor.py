"""Who does the work on the blocks of a cohort: this process, several, or a Dask cluster.

Whoever does it, every block gets the same numbers and sums are taken in the same order, so that
the results are the same bits.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from operator import add
from pathlib import Path
from typing import Any, Protocol

from counterpoint.engine.population_statistics import PopulationStatistics, total_of
from counterpoint.errors import DataError


class Executor(Protocol):
    """Runs functions on blocks.

    Attributes
    ----------
    width
        How many pieces of work are worth handing out at once.
    """

    width: int

    def place(self, block: Path) -> Any:
        """Bring a block to where the work is done; return how tasks are to be given it."""

    def start(self, task: Callable[..., Any], *arguments: Any) -> Any:
        """Begin a task; arguments may be what `start` and `part` returned."""

    def part(self, started: Any, index: int) -> Any:
        """Return one of the several results of a task."""

    def total(self, started: Sequence[Any]) -> PopulationStatistics:
        """Wait for statistics and add them up."""

    def fetch(self, started: Any) -> Any:
        """Wait for a result."""


class _PoolExecutor:
    """Threads or processes of this machine; tasks are given files and values."""

    def __init__(self, pool: ThreadPoolExecutor | ProcessPoolExecutor, width: int) -> None:
        self._pool = pool
        self.width = width

    def place(self, block: Path) -> Path:
        """Return the file itself."""
        return block

    def start(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Begin a task as soon as a worker is free."""
        with _told():
            return self._pool.submit(task, *map(self.fetch, arguments))

    def part(self, started: Future[Any], index: int) -> _Part:
        """Return one of the several results of a task, when it is asked for."""
        return _Part(started, index)

    def total(self, started: Sequence[Any]) -> PopulationStatistics:
        """Wait for statistics and add them up."""
        parts: list[PopulationStatistics] = [self.fetch(one) for one in started]
        return total_of(parts, add)

    def fetch(self, started: Any) -> Any:
        """Wait for a result; anything that was not begun here is returned as it is."""
        with _told():
            if isinstance(started, _Part):
                return started.whole.result()[started.index]
            return started.result() if isinstance(started, Future) else started


class _Part:
    """One of several results."""

    def __init__(self, whole: Future[Any], index: int) -> None:
        self.whole = whole
        self.index = index


@contextmanager
def open_executor(
    *, workers: int | None = None, scheduler: str | None = None
) -> Iterator[Executor]:
    """Open who is to do the work.

    Parameters
    ----------
    workers
        Processes of this machine; 1: this process alone; ``None``: this process, a thread for
        each processor.
    scheduler
        Address of a Dask cluster that is there already, such as ``tcp://127.0.0.1:8786``.

    Yields
    ------
    Executor

    Raises
    ------
    DataError
        The cluster cannot be reached or used, or both are given.
    """
    if scheduler is not None:
        if workers is not None:
            raise DataError("give --workers or --scheduler, not both")
        # Dask is an extra, and slow to import
        from counterpoint.cohort.executor_dask import open_cluster  # noqa: PLC0415 - an extra

        with open_cluster(scheduler) as cluster:
            yield cluster
        return
    pool: ThreadPoolExecutor | ProcessPoolExecutor
    if workers is None or workers == 1:
        width = workers or os.cpu_count() or 1
        pool = ThreadPoolExecutor(max_workers=width)
    else:
        width = workers
        pool = ProcessPoolExecutor(width, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield _PoolExecutor(pool, width)
    finally:
        # whoever stops a run does not want to wait for what has not begun
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise DataError(
            "a worker process ended by itself, perhaps for want of memory; fewer --workers need "
            "less, and a run begun with --resume can be gone on with"
        ) from None
