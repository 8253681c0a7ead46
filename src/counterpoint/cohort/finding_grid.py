"""Cells of further findings, computed one after another and kept, so that a run can go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from counterpoint.cohort.executor import Executor
from counterpoint.cohort.finding_cells import FindingCell, FindingScores, score_findings
from counterpoint.cohort.kept_cells import kept_or_scored


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
    """Score every cell, taking those already kept.

    Parameters
    ----------
    cells
        What to simulate.
    couples, executor, seed, backend
        As in `score_findings`.
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
        lambda cell: score_findings(
            cell,
            couples=couples,
            executor=executor,
            seed=seed,
            backend=backend,
            advance=advance,
        ),
        FindingScores.from_numbers,
        keep=keep,
        made_for={"couples": couples, "seed": seed, "backend": backend},
        skip=lambda: advance(couples),
    )
