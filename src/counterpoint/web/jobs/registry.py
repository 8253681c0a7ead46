"""Which function runs which kind of job, and who says what has become due."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Runner = Callable[[str], object]
Schedule = Callable[[], Iterable[tuple[str, str]]]

_runners: dict[str, Runner] = {}
_schedules: dict[str, Schedule] = {}
_head_starts: dict[str, float] = {}


def runs(kind: str, *, head_start_seconds: float = 0.0) -> Callable[[Runner], Runner]:
    """Declare the function below as the one that runs a kind of job; it takes the job's key.

    Parameters
    ----------
    kind
        Name of the kind.
    head_start_seconds
        How much earlier than now such a job counts as asked for, so that it comes before others.
    """

    def declare(runner: Runner) -> Runner:
        _runners[kind] = runner
        _head_starts[kind] = head_start_seconds
        return runner

    return declare


def schedules(name: str) -> Callable[[Schedule], Schedule]:
    """Declare the function below as one that returns (kind, key) of what has become due.

    The worker asks it every few seconds, so it must be cheap, and must stop naming a key once
    its work is done.
    """

    def declare(schedule: Schedule) -> Schedule:
        _schedules[name] = schedule
        return schedule

    return declare


def runner_of(kind: str) -> Runner | None:
    """Return the function that runs a kind, or ``None``."""
    return _runners.get(kind)


def head_start_of(kind: str) -> float:
    """Return how many seconds earlier than now a job of a kind counts as asked for."""
    return _head_starts.get(kind, 0.0)


def kinds() -> tuple[str, ...]:
    """Return the kinds this process can run, sorted."""
    return tuple(sorted(_runners))


def all_schedules() -> tuple[Schedule, ...]:
    """Return every declared schedule."""
    return tuple(_schedules.values())
