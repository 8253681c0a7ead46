"""The recovery grid: cells computed one after another and kept, so that a run can go on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from counterpoint.cohort.recovery_cells import Cell, CellScores, score_cell
from counterpoint.cohort.replacing import replaced_file
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
        Folder of finished cells: what lies there for the same couples and seed is read, what does
        not is computed and written there. ``None`` keeps nothing.
    advance
        Told the number of couples done.

    Raises
    ------
    DataError
        A kept file cannot be read.
    """
    for cell in cells:
        kept = None if keep is None else keep / f"{cell.name}.json"
        scores = None if kept is None else _read(kept)
        if scores is not None and (scores.couples, scores.seed) == (couples, seed):
            advance(couples)
            yield scores
            continue
        scores = score_cell(cell, couples=couples, seed=seed, backend=backend, advance=advance)
        if kept is not None:
            with replaced_file(kept) as part:
                part.write_text(json.dumps(scores.as_numbers()), encoding="utf-8")
        yield scores


def _read(path: Path) -> CellScores | None:
    if not path.exists():
        return None
    try:
        return CellScores.from_numbers(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            "this is not a finished cell of the grid; remove it", Location(str(path))
        ) from error
