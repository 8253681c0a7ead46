"""``counterpoint check movement``: whether then and now tells a known change, and no more."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import click

from counterpoint.cli.check._options import json_option, seed_option, write_option

EXAMPLES = """
\b
Examples:
    counterpoint check movement --people 10
    counterpoint check movement --write movement.md
"""


@click.command("movement", epilog=EXAMPLES)
@click.option("--people", default=40, show_default=True, type=click.IntRange(4, 100_000))
@seed_option
@json_option
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Compare with N processes; without it one a processor.",
)
@write_option
def command(
    *, people: int, seed: int, as_json: bool, workers: int | None, write: Path | None
) -> None:
    """Simulate people whose level changes by a known amount, and lay then and now side by side.

    Exit code 1 when of what is said at a stated probability less than that share is right, when
    people without any change are told of one too often, or when intervals do not cover.
    """
    from counterpoint.cli._pages import command_given, write_page
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.executor import open_executor
    from counterpoint.cohort.movement_proof import fits_of, prove_movement
    from counterpoint.cohort.pages.movement import PROMISED, movement_page, promise_cells

    with (
        open_executor(workers=workers or os.cpu_count() or 1) as executor,
        progress_bar("Comparing simulated people", fits_of(people)) as advance,
    ):
        proof = prove_movement(people=people, seed=seed, executor=executor, advance=advance)
    if write is not None:
        write_page(write, movement_page(proof, command_given()))
    if as_json:
        click.echo(json.dumps(asdict(proof), indent=1))
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table(show_edge=False, pad_edge=False, box=None)
        for heading in PROMISED:
            table.add_column(heading)
        for cells in promise_cells(proof):
            table.add_row(*cells)
        Console(highlight=False).print(table)
        for line in proof.broken:
            click.echo(f"Not kept: {line}.")
    if proof.broken:
        sys.exit(1)
