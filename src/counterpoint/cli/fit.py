"""``counterpoint fit``: couples' diaries in, what they can tell out."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterpoint.cli._layout_options import build_layout, diary_argument, layout_options
from counterpoint.cli._run_options import chosen_executor, run_options, spooled_run

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

\b
  Many couples, two processes, a run that may be interrupted:
    counterpoint fit diary.csv --connection near --self steady --out results \\
        --learn anchored --workers 2 --stream --resume
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
    type=click.IntRange(200, 100_000),
    help="Sweeps of the sampler per couple; 1000, the first 150 dropped, or with --learn 500.",
)
@click.option(
    "--learn",
    type=click.Choice(["anchored", "free"]),
    help="Learn the population from these couples first, and go on with the same chains.",
)
@click.option(
    "--pictures",
    "pictured",
    default=20,
    show_default=True,
    type=click.IntRange(0, 10_000),
    help="How many couples get pictures of their own.",
)
@run_options
def command(
    *,
    diary: Path,
    population: Path | None,
    out: Path,
    force: bool,
    as_json: bool,
    seed: int,
    sweeps: int | None,
    learn: str | None,
    pictured: int,
    workers: int | None,
    scheduler: str | None,
    stream: bool,
    resume: bool,
    **layout: Any,
) -> None:
    """Fit couples' diaries and write what they can tell.

    DIARY is a CSV or Parquet file with one row per couple, member and day, or, with --members,
    one row per couple and day. The folder DIR gets couples.csv, days.csv, fits.csv,
    population.json and pictures. Standard output gets a table in words.
    """
    from counterpoint.cli._gallery import Gallery
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cli._words import BRIEF_COUPLES
    from counterpoint.cohort.executor_tasks import Chains
    from counterpoint.cohort.population import read_population, rounded_population
    from counterpoint.cohort.population_learning import fit_run, learn_cohort
    from counterpoint.cohort.replacing import refuse_occupied
    from counterpoint.cohort.store import CONTENTS, open_store
    from counterpoint.cohort.summary import CohortSummary
    from counterpoint.engine import shipped_prior
    from counterpoint.engine.population import ROUNDS
    from counterpoint.engine.population_refit import SWEEPS
    from counterpoint.engine.sampling import DROPPED
    from counterpoint.engine.sampling import SWEEPS as FRESH_SWEEPS

    started = time.perf_counter()
    refuse_occupied(out, force=force, ours=CONTENTS)
    sweeps = sweeps or (SWEEPS if learn else FRESH_SWEEPS)
    summary = CohortSummary()
    told: list[CoupleResult] = []
    settings = {
        "population": population.read_text("utf-8") if population and population.is_file() else "",
        "sweeps": sweeps,
        "learn": learn,
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
        chosen_executor(run, workers=workers, scheduler=scheduler, sweeps=sweeps) as chosen,
    ):
        executor, backend = chosen
        facts = run.facts()
        if population is None:
            prior = shipped_prior(facts["items"], own_items=True)
        else:
            prior = read_population(population, items=facts["items"])
        learned = None
        if learn is not None:
            with progress_bar("Learning the population", ROUNDS) as advance:
                learned = learn_cohort(
                    run,
                    executor,
                    base=prior,
                    free=learn == "free",
                    backend=backend,
                    watch=lambda _: advance(1),
                )
            prior = rounded_population(learned.learning.population)
        results = fit_run(
            run,
            executor,
            population=prior,
            chains=Chains(sweeps, 0 if learn else DROPPED, seed, backend),
            learned=learned,
        )
        with (
            open_store(out, force=force, gallery=lambda folder: Gallery(folder, pictured)) as store,
            progress_bar("Fitting couples", facts["couples"]) as advance,
        ):
            for result in results:
                store.add(result)
                summary.add(result)
                if facts["couples"] <= BRIEF_COUPLES:
                    told.append(result)
                advance(1)
            store.finish(prior)
    report = {
        "diary": facts["source"],
        "shape": facts["shape"],
        "items_per_state": facts["items"],
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
