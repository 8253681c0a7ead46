"""Options of commands that work through a cohort: who works, how it is read, how it is resumed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from counterpoint.cohort.checkpoint import RunFolder
    from counterpoint.cohort.executor import Executor
    from counterpoint.cohort.table import DiaryLayout

Command = TypeVar("Command", bound=Callable[..., Any])


def run_options(command: Command) -> Command:
    """Add the options."""
    options = (
        click.option(
            "--workers",
            type=click.IntRange(1, 1024),
            metavar="N",
            help="Work with N processes; 1: with one thread. Without it, one thread a processor.",
        ),
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help="Work on the Dask cluster at this address, such as tcp://127.0.0.1:8786.",
        ),
        click.option(
            "--stream",
            is_flag=True,
            help="Read a file sorted by couple piece by piece; it may be larger than memory.",
        ),
        click.option(
            "--resume",
            is_flag=True,
            help="Write the run down as it goes, and go on with one that was interrupted.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@contextmanager
def spooled_run(
    out: Path,
    diary: Path,
    layout: DiaryLayout,
    *,
    stream: bool,
    resume: bool,
    seed: int,
    settings: Mapping[str, Any],
) -> Iterator[RunFolder]:
    """Open the folder of a run and read the diary into it, unless it is there already.

    Parameters
    ----------
    out
        Where results shall stand.
    diary, layout
        The file and what its columns mean.
    stream, resume
        The options of these names.
    seed
        Base of the seeds.
    settings
        Whatever else the results depend on.

    Yields
    ------
    RunFolder
        With all couples in it.
    """
    from counterpoint import __version__
    from counterpoint.cli._progress import spinner
    from counterpoint.cohort.checkpoint import digest_of, open_run
    from counterpoint.cohort.stream import DiaryStream
    from counterpoint.cohort.table import DiaryTable, read_diaries
    from counterpoint.engine.readiness import kernel_version

    key: dict[str, Any] = {}
    if resume:
        with spinner("Looking at the diary"):
            key = {
                "diary": digest_of(diary),
                "layout": repr(layout),
                "seed": seed,
                "version of counterpoint": f"{__version__} {kernel_version()}",
                **settings,
            }
    with open_run(out, resume=resume, key=key) as run:
        if not run.is_spooled:
            with spinner("Reading the diary"):
                source: DiaryStream | DiaryTable
                source = DiaryStream(diary, layout) if stream else read_diaries(diary, layout)
                facts = {"source": source.source, "shape": source.shape, "items": source.items}
                run.spool(source, seed=seed, facts=facts)
                del source
        yield run


@contextmanager
def chosen_executor(
    run: RunFolder, *, workers: int | None, scheduler: str | None, sweeps: int
) -> Iterator[tuple[Executor, str]]:
    """Open who works, with the sampler that is used.

    Parameters
    ----------
    run
        Keeps to the sampler it was begun with.
    workers, scheduler
        The options of these names.
    sweeps
        Sweeps per couple, which decide whether compiling pays.

    Yields
    ------
    tuple of Executor, str
    """
    from counterpoint.cli._kernels import choose_backend, use_kernel_folder
    from counterpoint.cohort.executor import open_executor

    use_kernel_folder()
    days = int(run.facts()["calendar_days"])
    backend = run.settled("sampler", lambda: choose_backend(days, sweeps))
    if backend == "portable" and scheduler is None and workers is None:
        workers = 1  # it does not gain from threads
    with open_executor(workers=workers, scheduler=scheduler) as executor:
        yield executor, backend
