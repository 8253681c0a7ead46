"""``counterpoint fit``: couples' diaries in, what they can tell out."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterpoint.cli._layout_options import build_layout, diary_argument, layout_options

if TYPE_CHECKING:
    from counterpoint.cohort.fit import CoupleResult

EXAMPLES = """
\b
Examples:
  One row per couple, member and day, sliders from 0 to 100:
    counterpoint fit diary.csv --connection near,warm --self steady --out results

\b
  One row per couple and day, M_ and W_ before each name, scale 0 to 4,
  anxiety turned into steadiness:
    counterpoint fit diary.csv --members M_,W_ --connection Con. --self=-Anx. \\
        --couple ID --day DIARYDAY --range 0,4 --out results
"""


@click.command("fit", epilog=EXAMPLES)
@diary_argument
@layout_options
@click.option(
    "--population",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A population.json to start from instead of the shipped one.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the tables and pictures; it appears whole at the end.",
)
@click.option("--force", is_flag=True, help="Replace the results of an earlier run in DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0, 2**32 - 1))
@click.option(
    "--sweeps",
    default=1000,
    show_default=True,
    type=click.IntRange(200, 100_000),
    help="Sweeps of the sampler per couple; the first 150 are dropped.",
)
@click.option(
    "--pictures",
    "pictured",
    default=20,
    show_default=True,
    type=click.IntRange(0, 10_000),
    help="How many couples get pictures of their own.",
)
def command(
    *,
    diary: Path,
    population: Path | None,
    out: Path,
    force: bool,
    as_json: bool,
    seed: int,
    sweeps: int,
    pictured: int,
    **layout: Any,
) -> None:
    """Fit couples' diaries and write what they can tell.

    DIARY is a CSV or Parquet file with one row per couple, member and day, or, with --members,
    one row per couple and day. The folder DIR gets couples.csv, days.csv, fits.csv,
    population.json and pictures. Standard output gets a table in words.
    """
    from counterpoint.cli._gallery import Gallery
    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._progress import progress_bar, spinner
    from counterpoint.cli._words import BRIEF_COUPLES
    from counterpoint.cohort.fit import fit_cohort
    from counterpoint.cohort.population import read_population
    from counterpoint.cohort.replacing import refuse_occupied
    from counterpoint.cohort.store import CONTENTS, open_store
    from counterpoint.cohort.summary import CohortSummary
    from counterpoint.cohort.table import read_diaries
    from counterpoint.engine import shipped_prior

    started = time.perf_counter()
    refuse_occupied(out, force=force, ours=CONTENTS)
    with spinner("Reading the diary"):
        table = read_diaries(diary, build_layout(**layout))
    if population is None:
        prior = shipped_prior(table.items, own_items=True)
    else:
        prior = read_population(population, items=table.items)
    backend = choose_backend(table.calendar_days, sweeps)
    summary = CohortSummary()
    told: list[CoupleResult] = []
    results = fit_cohort(table, prior=prior, sweeps=sweeps, seed=seed, backend=backend)
    with (
        open_store(out, force=force, gallery=lambda folder: Gallery(folder, pictured)) as store,
        progress_bar("Fitting couples", len(table)) as advance,
    ):
        for result in results:
            store.add(result)
            summary.add(result)
            if len(table) <= BRIEF_COUPLES:
                told.append(result)
            advance(1)
        store.finish(prior)
    report = {
        "diary": table.source,
        "shape": table.shape,
        "items_per_state": table.items,
        **summary.as_numbers(),
        "population": {"source": prior.source, "couples": prior.couples},
        "sampler": {"backend": backend, "sweeps": sweeps, "seed": seed},
        "seconds": round(time.perf_counter() - started, 2),
        "out": str(out),
    }
    if as_json:
        click.echo(json.dumps(report, indent=1))
    else:
        _print_words(summary, told, report)


def _print_words(summary: Any, told: list[CoupleResult], report: dict[str, Any]) -> None:
    from rich.console import Console

    from counterpoint.cli._words import print_cohort, print_couple

    console = Console(highlight=False, soft_wrap=False)
    for result in told:
        print_couple(console, result)
    print_cohort(console, summary)
    click.echo(
        f"Written to {report['out']} in {report['seconds']:.0f} s: "
        "couples.csv, days.csv, fits.csv, population.json, pictures."
    )
