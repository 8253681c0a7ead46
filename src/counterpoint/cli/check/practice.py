"""``counterpoint check practice``: whether the effect card tells a known effect, and no more."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from counterpoint.cli.check._options import json_option, seed_option, write_option

EXAMPLES = """
\b
Examples:
    counterpoint check practice
    counterpoint check practice --people 200 --looks-counted 1
"""


@click.command("practice", epilog=EXAMPLES)
@click.option("--people", default=500, show_default=True, type=click.IntRange(20, 100_000))
@click.option(
    "--looks-counted",
    default=3,
    show_default=True,
    type=click.IntRange(1, 3),
    help="Among how many looks the 5 % are shared; 1 claims too much, and must fail.",
)
@seed_option
@json_option
@write_option
def command(
    *, people: int, looks_counted: int, seed: int, as_json: bool, write: Path | None
) -> None:
    """Simulate people who are offered practice by coin, and read their effect card three times.

    Exit code 1 when practice without any effect is said to help too often, or intervals do not
    cover.
    """
    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._pages import command_given, write_page
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.pages.practice import HEADINGS, cells_of, practice_page
    from counterpoint.cohort.practice_proof import EFFECTS, LOOKS, prove_practice

    backend = choose_backend(len(EFFECTS) * sum(LOOKS) * people, 1000)
    with progress_bar("Fitting simulated people", len(EFFECTS) * len(LOOKS) * people) as advance:
        proof = prove_practice(
            people=people,
            seed=seed,
            looks_counted=looks_counted,
            backend=backend,
            advance=advance,
        )
    if write is not None:
        write_page(write, practice_page(proof, command_given()))
    if as_json:
        click.echo(json.dumps(asdict(proof), indent=1))
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table(show_edge=False, pad_edge=False, box=None)
        for heading in HEADINGS:
            table.add_column(heading, justify="right")
        for cells in cells_of(proof):
            table.add_row(*cells)
        Console(highlight=False).print(table)
        for line in proof.broken:
            click.echo(f"Not kept: {line}.")
    if proof.broken:
        sys.exit(1)
