"""``counterpoint check robustness``: diaries that break the model, and what is said then."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from counterpoint.cli.check._options import json_option, seed_option, write_option

EXAMPLES = """
\b
Examples:
    counterpoint check robustness
    counterpoint check robustness --couples 100 --damage ceiling --damage honest
"""


@click.command("robustness", epilog=EXAMPLES)
@click.option(
    "--damage",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this damage; may be repeated. Without it, all of them.",
)
@click.option("--couples", default=300, show_default=True, type=click.IntRange(2, 100_000))
@click.option(
    "--flag-couples",
    default=1000,
    show_default=True,
    type=click.IntRange(2, 100_000),
    help="Couples looked at for flags, which takes no fit.",
)
@click.option("--days", default=42, show_default=True, type=click.IntRange(2, 1_000))
@seed_option
@json_option
@write_option
def command(
    *,
    names: tuple[str, ...],
    couples: int,
    flag_couples: int,
    days: int,
    seed: int,
    as_json: bool,
    write: Path | None,
) -> None:
    """Spoil simulated diaries one way at a time, fit them, and see what is still said.

    Exit code 1 when diaries that cannot be read are not caught, honest ones are, or intervals
    shown cover too little.
    """
    from rich.console import Console
    from rich.table import Table

    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._pages import command_given, write_page
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.pages.robustness import cells_of, robustness_page
    from counterpoint.cohort.robustness import score_damage
    from counterpoint.cohort.robustness_damages import DAMAGES
    from counterpoint.errors import DataError

    known = {damage.name: damage for damage in DAMAGES}
    for name in names:
        if name not in known:
            raise DataError(f"unknown damage {name!r}; known are {', '.join(known)}.")
    wanted = [known[name] for name in names] or list(DAMAGES)
    started = time.perf_counter()
    backend = choose_backend(len(wanted) * couples * days, 1000)
    with progress_bar("Fitting spoiled diaries", len(wanted) * couples) as advance:
        found = [
            score_damage(
                damage,
                couples=couples,
                flag_couples=flag_couples,
                days=days,
                seed=seed,
                backend=backend,
                advance=advance,
            )
            for damage in wanted
        ]
    if write is not None:
        page = robustness_page(found, couples=couples, days=days, command=command_given())
        write_page(write, page)
    if as_json:
        report = {
            "couples": couples,
            "days": days,
            "backend": backend,
            "seconds": round(time.perf_counter() - started, 2),
            "damages": [row.as_numbers() for row in found],
        }
        click.echo(json.dumps(report, indent=1))
    else:
        table = Table(show_edge=False, pad_edge=False, box=None)
        headings = ("damage", "caught", "shown", "place", "same day", "own link", "coupling", "met")
        for heading in headings:
            table.add_column(heading, justify="left" if heading == "damage" else "right")
        for row in found:
            table.add_row(*cells_of(row))
        console = Console(highlight=False)
        console.print(table)
        console.print("place, same day, own link, coupling: share of truths in a 90 % interval.")
    if not all(row.kept for row in found):
        sys.exit(1)
