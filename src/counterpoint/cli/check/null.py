"""``counterpoint check null``: couples against partners re-paired at random."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterpoint.cli._layout_options import build_layout, diary_argument, layout_options
from counterpoint.cli.check._options import json_option, seed_option, write_option

if TYPE_CHECKING:
    from counterpoint.cohort.null import NullRow

EXAMPLES = """
\b
Example:
    counterpoint check null diary.csv --members M_,W_ --connection Con. \\
        --self=-Anx. --couple ID --day DIARYDAY --range 0,4
"""


@click.command("null", epilog=EXAMPLES)
@diary_argument
@layout_options
@click.option(
    "--population",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A population.json to start from instead of the shipped one.",
)
@click.option(
    "--repairings",
    default=199,
    show_default=True,
    type=click.IntRange(1, 10_000),
    help="How often partners are re-paired for what needs no fit.",
)
@click.option(
    "--engine-repairings",
    default=39,
    show_default=True,
    type=click.IntRange(1, 10_000),
    help="How often they are re-paired for what the engine fits.",
)
@seed_option
@json_option
@write_option
def command(
    *,
    diary: Path,
    population: Path | None,
    repairings: int,
    engine_repairings: int,
    seed: int,
    as_json: bool,
    write: Path | None,
    **layout: Any,
) -> None:
    """Compare every link between partners with pairs of people who are no couple.

    Partners are re-paired at random. Each row gives the mean over real couples and over re-paired
    ones, the bound within which 95 % of those lie, the share of real couples beyond it, and the
    p-value of the mean.
    """
    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._pages import command_given, write_page
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.null import check_null
    from counterpoint.cohort.pages.null import null_page
    from counterpoint.cohort.population import read_population
    from counterpoint.cohort.table import read_diaries
    from counterpoint.engine import shipped_prior

    started = time.perf_counter()
    table = read_diaries(diary, build_layout(**layout))
    if population is None:
        prior = shipped_prior(table.items, own_items=True)
    else:
        prior = read_population(population, items=table.items)
    fits = 1 + engine_repairings
    backend = choose_backend(table.calendar_days * fits, 500)
    with progress_bar("Fitting pairs", len(table) * fits) as advance:
        rows = check_null(
            table,
            prior=prior,
            repairings=repairings,
            engine_repairings=engine_repairings,
            seed=seed,
            backend=backend,
            advance=advance,
        )
    if write is not None:
        write_page(write, null_page(rows, len(table), command_given(diary)))
    if as_json:
        report = {
            "couples": len(table),
            "repairings": {"answers": repairings, "engine": engine_repairings},
            "backend": backend,
            "seconds": round(time.perf_counter() - started, 2),
            "rows": [row.as_numbers() for row in rows],
        }
        click.echo(json.dumps(report, indent=1))
    else:
        _print_rows(rows, len(table))


def _print_rows(rows: tuple[NullRow, ...], couples: int) -> None:
    from rich.console import Console
    from rich.table import Table

    from counterpoint.cohort.pages.null import HEADINGS, cells_of

    console = Console(highlight=False)
    for source, title in (("answers", "From the answers alone"), ("engine", "From the engine")):
        table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False, box=None)
        for heading in HEADINGS:
            table.add_column(heading, justify="left" if heading == HEADINGS[0] else "right")
        for row in rows:
            if row.source == source:
                table.add_row(*cells_of(row))
        console.print(table)
    console.print(
        f"{couples} couples. Where they were no couples, one in twenty would lie beyond the bound."
    )
