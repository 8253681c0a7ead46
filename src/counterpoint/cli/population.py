"""``counterpoint population``: what couples' diaries teach about couples like them."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterpoint.cli._layout_options import (
    build_layout,
    diary_argument,
    layout_options,
    window_option,
)
from counterpoint.cli._run_options import chosen_executor, run_options, spooled_run

if TYPE_CHECKING:
    from counterpoint.cohort.population_distance import Difference

EXAMPLES = """
\b
Examples:
  counterpoint population diary.csv --connection near --self steady --out population.json

\b
  Then start every couple from there:
    counterpoint fit diary.csv --connection near --self steady \\
        --population population.json --out results
"""

GROUP_WORDS = {
    "couplings": "From one day to the next, on average",
    "spread of couplings": "How much couples differ in that",
    "levels": "Where people are",
    "days": "How much days differ",
    "items": "How items are answered",
}
"""Titles of the groups of numbers."""


@click.command("population", epilog=EXAMPLES)
@diary_argument
@layout_options
@window_option
@click.option(
    "--population",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A population.json to start from and be anchored on, instead of the shipped one.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the learned population is written; it appears whole at the end.",
)
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.option("--free", is_flag=True, help="Without an anchor; needs 300 couples.")
@click.option(
    "--rounds",
    default=20,
    show_default=True,
    type=click.IntRange(11, 1000),
    help="Rounds of learning; from the eleventh on they are averaged.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0, 2**32 - 1))
@click.option(
    "--page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the comparison into this Markdown page, in place of the one that is there.",
)
@run_options
def command(
    *,
    diary: Path,
    population: Path | None,
    out: Path,
    force: bool,
    free: bool,
    rounds: int,
    as_json: bool,
    seed: int,
    page: Path | None,
    workers: int | None,
    scheduler: str | None,
    stream: bool,
    resume: bool,
    **layout: Any,
) -> None:
    """Learn from couples' diaries what couples like them are like.

    The shipped population counts as 50 couples beside those of the diary, so that a few couples
    move it a little and many move it far. What is learned is written as population.json for
    --population of other commands, and told number by number beside what it started from.
    """
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.population import (
        read_population,
        rounded_population,
        write_population,
    )
    from counterpoint.cohort.population_distance import differences
    from counterpoint.cohort.population_learning import learn_cohort
    from counterpoint.cohort.population_page import write_comparison
    from counterpoint.cohort.replacing import replaced_file
    from counterpoint.engine import shipped_prior
    from counterpoint.engine.population import SWEEPS

    started = time.perf_counter()
    _refuse_present(out, force=force)
    settings = {
        "population": population.read_text("utf-8") if population and population.is_file() else "",
        "rounds": rounds,
        "free": free,
    }
    with (
        spooled_run(
            out,
            diary,
            build_layout(**layout),
            stream=stream,
            resume=resume,
            seed=seed,
            settings=settings,
        ) as run,
        chosen_executor(
            run, workers=workers, scheduler=scheduler, sweeps=SWEEPS * rounds
        ) as chosen,
    ):
        executor, backend = chosen
        facts = run.facts()
        if population is None:
            base = shipped_prior(facts["items"], own_items=True)
        else:
            base = read_population(population, items=facts["items"])
        with progress_bar("Learning the population", rounds) as advance:
            learned = learn_cohort(
                run,
                executor,
                base=base,
                free=free,
                rounds=rounds,
                backend=backend,
                watch=lambda _: advance(1),
            )
        prior = rounded_population(learned.learning.population)
        with replaced_file(out) as part:
            write_population(part, prior, on=dt.datetime.now(dt.UTC).date())
    found = tuple(differences(base, prior))
    if page is not None:
        write_comparison(page, found, couples=facts["couples"], base=base.source)
    if as_json:
        report = {
            "diary": facts["source"],
            "couples": facts["couples"],
            "calendar_days": facts["calendar_days"],
            "anchor": None if free else base.source,
            "sampler": {"backend": backend, "rounds": rounds, "sweeps": SWEEPS, "seed": seed},
            "numbers": [
                {
                    "group": one.group,
                    "name": one.name,
                    "unit": one.unit,
                    "before": round(one.before, 4),
                    "after": round(one.after, 4),
                    "words": one.words,
                }
                for one in found
            ],
            "seconds": round(time.perf_counter() - started, 2),
            "out": str(out),
        }
        click.echo(json.dumps(report, indent=1))
        return
    _print_words(found, facts["couples"], free=free, base=base.source)
    click.echo(f"Written to {out} in {time.perf_counter() - started:.0f} s.")


def _refuse_present(out: Path, *, force: bool) -> None:
    from counterpoint.cohort.table.cells import printable
    from counterpoint.errors import DataError, Location

    if out.exists() and not force:
        raise DataError(
            "this file is there already; --force replaces it, or choose a new one",
            Location(printable(str(out), 200)),
        )


def _print_words(found: tuple[Difference, ...], couples: int, *, free: bool, base: str) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    who = "1 couple" if couples == 1 else f"{couples:,} couples"
    anchor = "with nothing beside them" if free else "beside 50 couples' worth of the one before"
    console.print(
        f"Learned from {who}, {anchor} ({base}). p is one member and q the partner, C connection "
        "and S self; an arrow runs from one day to the next."
    )
    for group, title in GROUP_WORDS.items():
        table = Table(title=title, title_justify="left", show_edge=False)
        table.add_column("number")
        table.add_column("before", justify="right")
        table.add_column("learned", justify="right")
        table.add_column("in words")
        for one in found:
            if one.group == group:
                digits = 1 if one.unit == "points" else 2
                table.add_row(
                    f"{one.name}, {one.unit}" if one.unit else one.name,
                    f"{one.before:.{digits}f}",
                    f"{one.after:.{digits}f}",
                    one.words,
                )
        console.print(table)
    console.print(
        "A mean is called larger or smaller by how much couples differ, any other number by its "
        "own size. What an event does and how far levels move within a diary are not learned."
    )
