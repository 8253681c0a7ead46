"""The grid of ``counterpoint check recovery --grid``."""

from __future__ import annotations

import time
from pathlib import Path

from counterpoint.cli.check._cells import tell_cells


def check_grid(
    design: str | None,
    *,
    couples: int,
    seed: int,
    as_json: bool,
    keep: Path | None,
    write: Path | None,
) -> None:
    """Score every cell of one design or both, print what the gates keep, and write the page.

    Ends with exit code 1 when a share right lies below its floor.
    """
    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._pages import command_given, write_page
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.pages.recovery import recovery_page
    from counterpoint.cohort.recovery_grid import grid_cells, score_grid

    started = time.perf_counter()
    designs = (design,) if design else ("continuous", "checkin")
    cells = [cell for name in designs for cell in grid_cells(name)]
    steps = sum(cell.days * cell.per_day for cell in cells)
    backend = choose_backend(couples * steps, 1000)
    with progress_bar("Fitting simulated couples", couples * len(cells)) as advance:
        scores = list(
            score_grid(
                cells, couples=couples, seed=seed, backend=backend, keep=keep, advance=advance
            )
        )
    if write is not None:
        write_page(write, recovery_page(scores, command_given()))
    report = {
        "couples": couples,
        "seed": seed,
        "backend": backend,
        "seconds": round(time.perf_counter() - started, 2),
    }
    tell_cells(scores, lambda cell: cell.cell.name, as_json=as_json, report=report)
