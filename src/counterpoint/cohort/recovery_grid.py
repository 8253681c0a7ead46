"""The recovery grid: cells computed one after another and kept, so that a run can go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from counterpoint.cohort.kept_cells import kept_or_made
from counterpoint.cohort.recovery_cells import Cell, CellScores, score_cell
from counterpoint.errors import DataError, Location

DAYS = (14, 28, 56, 84)
"""Calendar days of the grid."""

PER_DAY = (1, 2, 3)
"""Check-ins a day of the grid."""


def grid_cells(design: str) -> tuple[Cell, ...]:
    """Return the cells of one design in the order of the tables."""
    return tuple(Cell(design, days, per_day) for per_day in PER_DAY for days in DAYS)


def score_grid(
    cells: Sequence[Cell],
    *,
    couples: int,
    seed: int = 0,
    backend: str = "auto",
    keep: Path | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Iterator[CellScores]:
    """Yield the scores of every cell, taking those already kept.

    Parameters
    ----------
    cells
        What to simulate.
    couples, seed, backend
        As in `score_cell`.
    keep
        Folder of finished cells: what lies there for the same couples, seed, sampler and engine
        is read, what does not is computed and written there. ``None`` keeps nothing.
    advance
        Told the number of couples done.

    Raises
    ------
    DataError
        A kept file cannot be read.
    """
    for cell in cells:
        path = None if keep is None else keep / f"{cell.name}.json"

        def make(cell: Cell = cell) -> dict[str, object]:
            scores = score_cell(cell, couples=couples, seed=seed, backend=backend, advance=advance)
            return scores.as_numbers()

        made_for = {"cell": cell.name, "couples": couples, "seed": seed, "backend": backend}
        numbers, was_kept = kept_or_made(path, made_for, make)
        try:
            scores = CellScores.from_numbers(numbers)
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(
                "this is not a finished cell of the grid; remove it", Location(str(path))
            ) from error
        if was_kept:
            advance(couples)
        yield scores
