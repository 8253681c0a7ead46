"""Finished cells of a table of simulations, kept so that an interrupted run can go on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from counterpoint import __version__
from counterpoint.cohort.replacing import replaced_file
from counterpoint.errors import DataError, Location

SOURCES = Path(__file__).resolve().parents[1]


class NamedCell(Protocol):
    """What a table has a row of figures for."""

    @property
    def name(self) -> str:
        """A name fit for a file."""
        ...


class Scores(Protocol):
    """Figures of a cell."""

    def as_numbers(self) -> dict[str, Any]:
        """Return the scores as plain numbers, fit for JSON."""
        ...


AnyCell = TypeVar("AnyCell", bound=NamedCell)
AnyScores = TypeVar("AnyScores", bound=Scores)


def kept_or_scored(
    cells: Sequence[AnyCell],
    score: Callable[[AnyCell], AnyScores],
    read: Callable[[dict[str, Any]], AnyScores],
    *,
    keep: Path | None,
    made_for: Mapping[str, Any],
    skip: Callable[[], None],
) -> Iterator[AnyScores]:
    """Yield the scores of every cell, taking those already kept.

    Parameters
    ----------
    cells
        What to score, one after another.
    score
        Scores one cell.
    read
        Makes scores of what `Scores.as_numbers` wrote down.
    keep
        Folder of finished cells: what lies there for the same cell, ``made_for`` and engine is
        read, what does not is computed and written there. ``None`` keeps nothing.
    made_for
        What the numbers depend on besides the cell, fit for JSON.
    skip
        Called for each cell that was kept.

    Raises
    ------
    DataError
        A kept file cannot be read.
    """
    for cell in cells:
        path = None if keep is None else keep / f"{cell.name}.json"

        def make(cell: AnyCell = cell) -> dict[str, Any]:
            return score(cell).as_numbers()

        numbers, was_kept = kept_or_made(path, {"cell": cell.name, **made_for}, make)
        try:
            scores = read(numbers)
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(
                "this is not a finished cell; remove it", Location(str(path))
            ) from error
        if was_kept:
            skip()
        yield scores


def kept_or_made(
    path: Path | None, made_for: Mapping[str, Any], make: Callable[[], dict[str, Any]]
) -> tuple[dict[str, Any], bool]:
    """Return the numbers of a cell: those kept in a file, or new ones, which are then kept there.

    Parameters
    ----------
    path
        Where the cell is kept; ``None`` keeps nothing.
    made_for
        What the numbers depend on, fit for JSON. Kept numbers made for something else, or by
        another version of the engine, are made again.
    make
        Makes the numbers, fit for JSON.

    Returns
    -------
    tuple of dict, bool
        The numbers, and whether they had been kept.

    Raises
    ------
    DataError
        What lies there is no cell.
    """
    key = {**made_for, "engine": engine_version()}
    if path is not None and path.exists():
        try:
            kept = json.loads(path.read_text("utf-8"))
            key_kept, numbers = kept["made_for"], kept["numbers"]
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(
                "this is not a finished cell; remove it", Location(str(path))
            ) from error
        if key_kept == key:
            return numbers, True
    numbers = make()
    if path is not None:
        with replaced_file(path) as part:
            part.write_text(json.dumps({"made_for": key, "numbers": numbers}), encoding="utf-8")
    return numbers, False


@cache
def engine_version() -> str:
    """Return a text that changes with the version and with any source of engine or cohort."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=8)
    for folder in ("engine", "cohort"):
        for file in sorted((SOURCES / folder).rglob("*.py")):
            digest.update(file.relative_to(SOURCES).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
