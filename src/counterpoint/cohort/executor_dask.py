"""A Dask cluster that is there already does the work.

Blocks are sent to the workers once and the chains' states stay with them; a round of learning
brings back about a hundred numbers.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from operator import add, getitem
from pathlib import Path
from typing import Any

from counterpoint import __version__
from counterpoint.cohort.checkpoint_blocks import read_block
from counterpoint.cohort.table.cells import printable
from counterpoint.engine.population_statistics import PopulationStatistics, total_of
from counterpoint.engine.readiness import kernel_version
from counterpoint.errors import DataError, Location

CONNECT_SECONDS = 10
"""How long a cluster may take to answer."""


@contextmanager
def open_cluster(address: str) -> Iterator[DaskExecutor]:
    """Connect to a cluster.

    Parameters
    ----------
    address
        Address of its scheduler.

    Yields
    ------
    DaskExecutor

    Raises
    ------
    DataError
        Dask is not installed, nobody answers, there is no worker, or the workers have another
        version of this program.
    """
    where = Location(printable(address, 200))
    if importlib.util.find_spec("distributed") is None:
        raise DataError(
            "Dask is not installed here; install counterpoint with the extra 'dask'", where
        )
    from distributed import Client  # noqa: PLC0415 - an extra, and slow to import

    connect: Any = Client

    try:
        client = connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise DataError(f"no Dask scheduler answers: {printable(str(error), 160)}", where) from None
    try:
        _check_workers(client, where)
        yield DaskExecutor(client)
    finally:
        client.close()


class DaskExecutor:
    """Runs functions on the workers of a cluster.

    Parameters
    ----------
    client
        A connected ``distributed.Client``.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self.width = max(1, sum(client.nthreads().values()))

    def place(self, block: Path) -> Any:
        """Send a block to one of the workers."""
        return self._client.scatter(read_block(block), hash=False)

    def start(self, task: Callable[..., Any], *arguments: Any) -> Any:
        """Begin a task where its block is."""
        return self._client.submit(task, *arguments, pure=False)

    def part(self, started: Any, index: int) -> Any:
        """Return one of the several results of a task, which stays with the worker."""
        return self.start(getitem, started, index)

    def total(self, started: Sequence[Any]) -> PopulationStatistics:
        """Add statistics up on the workers and wait for the sum."""
        found: PopulationStatistics = self.fetch(
            total_of(list(started), lambda one, other: self.start(add, one, other))
        )
        return found

    def fetch(self, started: Any) -> Any:
        """Wait for a result."""
        from distributed import Future  # noqa: PLC0415 - an extra
        from distributed.client import FutureCancelledError  # noqa: PLC0415 - an extra
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 - an extra

        if not isinstance(started, Future):
            return started
        try:
            return started.result()
        except (FutureCancelledError, KilledWorker) as error:
            raise DataError(
                "the cluster lost what it was working on, perhaps with one of its workers; a run "
                f"begun with --resume can be gone on with ({printable(str(error), 160)})"
            ) from None


def program_version() -> tuple[str, int]:
    """Return the versions of this program and of its kernel, asked of every worker."""
    return __version__, kernel_version()


def _check_workers(client: Any, where: Location) -> None:
    if not client.nthreads():
        raise DataError("the cluster has no worker", where)
    try:
        found = client.run(program_version)
    except ImportError as error:
        raise DataError(
            f"counterpoint is not installed on the workers: {printable(str(error), 160)}", where
        ) from None
    for worker, version in found.items():
        if version != program_version():
            raise DataError(
                f"the worker {printable(str(worker))} runs another version of counterpoint "
                f"({version[0]}); all results must come from one",
                where,
            )
