"""The recovery grid: cells computed one after another and kept, so that a run can go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from counterpoint.cohort.kept_cells import kept_or_scored
from counterpoint.cohort.recovery_cells import Cell, CellScores, score_cell

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
    """Score every cell, taking those already kept.

    Parameters
    ----------
    cells
        What to simulate.
    couples, seed, backend
        As in `score_cell`.
    keep
        Folder of finished cells, as in `kept_or_scored`.
    advance
        Told the number of couples done.

    Raises
    ------
    DataError
        A kept file cannot be read.
    """
    return kept_or_scored(
        cells,
        lambda cell: score_cell(cell, couples=couples, seed=seed, backend=backend, advance=advance),
        CellScores.from_numbers,
        keep=keep,
        made_for={"couples": couples, "seed": seed, "backend": backend},
        skip=lambda: advance(couples),
    )
