"""``counterpoint check findings``: is what is said beyond places and links right."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from counterpoint.cli.check._cells import tell_cells
from counterpoint.cli.check._options import json_option, keep_option, seed_option, write_option

EXAMPLES = """
\b
Examples:
    counterpoint check findings --couples 200
    counterpoint check findings --keep cells --write findings.md
"""


@click.command("findings", epilog=EXAMPLES)
@click.option("--couples", default=1000, show_default=True, type=click.IntRange(2, 100_000))
@seed_option
@json_option
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Fit stretches with N processes; without it one a processor.",
)
@keep_option
@write_option
def command(
    *,
    couples: int,
    seed: int,
    as_json: bool,
    workers: int | None,
    keep: Path | None,
    write: Path | None,
) -> None:
    """Simulate couples and hold what is said of them against the truth.

    Repair after friction, practice offers, the wish for room or closeness, being alone together,
    moving in step, costs and supports, and the change between two stretches of days. Exit code 1
    when of what is said at a stated probability less than that share, less three Monte Carlo
    errors, is right.
    """
    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._pages import command_given, write_page
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.executor import open_executor
    from counterpoint.cohort.finding_cells import finding_cells
    from counterpoint.cohort.finding_grid import score_finding_cells
    from counterpoint.cohort.pages.findings import findings_page, title_of

    started = time.perf_counter()
    cells = finding_cells()
    backend = choose_backend(couples * sum(cell.days for cell in cells if not cell.before), 1000)
    with (
        open_executor(workers=workers or os.cpu_count() or 1) as executor,
        progress_bar("Fitting simulated couples", couples * len(cells)) as advance,
    ):
        scores = list(
            score_finding_cells(
                cells,
                couples=couples,
                executor=executor,
                seed=seed,
                backend=backend,
                keep=keep,
                advance=advance,
            )
        )
    if write is not None:
        write_page(write, findings_page(scores, command_given()))
    report = {
        "couples": couples,
        "seed": seed,
        "backend": backend,
        "seconds": round(time.perf_counter() - started, 2),
    }
    tell_cells(scores, lambda cell: title_of(cell.cell), as_json=as_json, report=report)
