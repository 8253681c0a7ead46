"""Cells of further findings, computed one after another and kept, so that a run can go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from counterpoint.cohort.executor import Executor
from counterpoint.cohort.finding_cells import FindingCell, FindingScores, score_findings
from counterpoint.cohort.kept_cells import kept_or_made
from counterpoint.errors import DataError, Location


def score_finding_cells(
    cells: Sequence[FindingCell],
    *,
    couples: int,
    executor: Executor,
    seed: int = 0,
    backend: str = "auto",
    keep: Path | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Iterator[FindingScores]:
    """Yield the scores of every cell, taking those already kept.

    Parameters
    ----------
    cells
        What to simulate.
    couples, executor, seed, backend
        As in `score_findings`.
    keep
        Folder of finished cells, as in `counterpoint.cohort.recovery_grid.score_grid`.
    advance
        Told the number of couples done.

    Raises
    ------
    DataError
        A kept file cannot be read.
    """
    for cell in cells:
        path = None if keep is None else keep / f"{cell.name}.json"

        def make(cell: FindingCell = cell) -> dict[str, object]:
            return score_findings(
                cell,
                couples=couples,
                executor=executor,
                seed=seed,
                backend=backend,
                advance=advance,
            ).as_numbers()

        made_for = {"cell": cell.name, "couples": couples, "seed": seed, "backend": backend}
        numbers, was_kept = kept_or_made(path, made_for, make)
        try:
            scores = FindingScores.from_numbers(numbers)
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(
                "this is not a finished cell; remove it", Location(str(path))
            ) from error
        if was_kept:
            advance(couples)
        yield scores
