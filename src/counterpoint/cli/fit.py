"""``counterpoint fit``: couples' diaries in, what they can tell out."""

from __future__ import annotations

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
    from counterpoint.cohort.extras_store import ExtrasStore
    from counterpoint.cohort.fit import CoupleResult
    from counterpoint.cohort.summary import CohortSummary
    from counterpoint.engine import Prior

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
@window_option
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
@click.option(
    "--chains",
    default=1,
    show_default=True,
    type=click.IntRange(1, 100),
    help="Chains of each couple; 2 or more are compared in chains.csv. Not with --learn.",
)
@click.option(
    "--keep-draws",
    "draws",
    default=0,
    show_default=True,
    metavar="N",
    type=click.IntRange(0, 10_000),
    help="Keep N draws of each couple, evenly spaced, in draws.parquet.",
)
@click.option(
    "--roles",
    is_flag=True,
    help="Test whether it matters who is member a, over all couples; writes roles.csv.",
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
    chains: int,
    draws: int,
    roles: bool,
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
    _refuse_chains(chains, learn)
    from counterpoint.cli._gallery import Gallery
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cli._words import BRIEF_COUPLES
    from counterpoint.cohort.executor_tasks import Chains
    from counterpoint.cohort.extras import Asked
    from counterpoint.cohort.population import rounded_population
    from counterpoint.cohort.population_learning import fit_run, learn_cohort
    from counterpoint.cohort.replacing import refuse_occupied
    from counterpoint.cohort.store import CONTENTS, open_store
    from counterpoint.cohort.summary import CohortSummary
    from counterpoint.engine.population import ROUNDS
    from counterpoint.engine.population_refit import SWEEPS
    from counterpoint.engine.sampling import DROPPED
    from counterpoint.engine.sampling import SWEEPS as FRESH_SWEEPS

    started = time.perf_counter()
    asked = Asked(chains, draws, roles)
    refuse_occupied(out, force=force, ours=CONTENTS)
    sweeps = sweeps or (SWEEPS if learn else FRESH_SWEEPS)
    summary = CohortSummary()
    told: list[CoupleResult] = []
    settings = {
        "population": population.read_text("utf-8") if population and population.is_file() else "",
        "sweeps": sweeps,
        "learn": learn,
        "asked": repr(asked),
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
        prior = _prior_of(population, facts["items"], roles=roles)
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
            chains=Chains(sweeps, 0 if learn else DROPPED, seed, backend, asked),
            learned=learned,
        )
        with (
            open_store(
                out,
                force=force,
                gallery=lambda folder: Gallery(folder, pictured),
                asked=asked,
                seed=seed,
            ) as store,
            progress_bar("Fitting couples", facts["couples"]) as advance,
        ):
            for result in results:
                store.add(result)
                summary.add(result)
                if facts["couples"] <= BRIEF_COUPLES:
                    told.append(result)
                advance(1)
            store.finish(prior)
    how = {"backend": backend, "sweeps": sweeps, "seed": seed}
    report = {
        **_report(facts, summary, prior, how),
        "seconds": round(time.perf_counter() - started, 2),
        "out": str(out),
        **({"roles": _roles(store.extras)} if roles else {}),
    }
    if as_json:
        click.echo(json.dumps(report, indent=1))
    else:
        _print_words(summary, told, report)


def _refuse_chains(chains: int, learn: str | None) -> None:
    if chains > 1 and learn:
        raise click.UsageError(
            "--chains needs chains that start apart, and --learn goes on with one: learn with "
            "'counterpoint population' first, then give that file to --population."
        )


def _prior_of(population: Path | None, items: int, *, roles: bool) -> Prior:
    from counterpoint.cohort.population import read_population
    from counterpoint.engine import shipped_prior

    if population is None:
        return shipped_prior(items, own_items=True)
    prior = read_population(population, items=items)
    if roles and not prior.is_exchangeable:
        raise click.UsageError(
            "--roles tests a population that does not know them; this --population does."
        )
    return prior


def _report(
    facts: dict[str, Any], summary: CohortSummary, prior: Prior, how: dict[str, Any]
) -> dict[str, Any]:
    return {
        "diary": facts["source"],
        "shape": facts["shape"],
        "items_per_state": facts["items"],
        **summary.as_numbers(),
        "population": {"source": prior.source, "couples": prior.couples},
        "sampler": how,
    }


def _print_words(summary: Any, told: list[CoupleResult], report: dict[str, Any]) -> None:
    from rich.console import Console

    from counterpoint.cli._words import print_cohort, print_couple

    console = Console(highlight=False, soft_wrap=False)
    for result in told:
        print_couple(console, result)
    print_cohort(console, summary)
    if "chains" in report:
        compared = report["chains"]
        click.echo(
            f"Chains agree for {compared['couples_that_agree']} of {report['couples']} couples; "
            f"largest R-hat {compared['worst_rhat']:.3f}: chains.csv."
        )
    if "roles" in report:
        click.echo(_role_words(report["roles"]))
    click.echo(
        f"Written to {report['out']} in {report['seconds']:.0f} s: "
        "couples.csv, days.csv, fits.csv, population.json, pictures."
    )


def _roles(extras: ExtrasStore) -> dict[str, Any]:
    """Return the test of roles as plain numbers, or why there is none."""
    test = extras.role_test
    if test is None:
        return {"refused": extras.role_refusal}
    return {
        "couples": test.couples,
        "statistic": round(test.statistic, 4),
        "p": round(test.p_value, 4),
    }


def _role_words(told: dict[str, Any]) -> str:
    if "refused" in told:
        return f"Roles were not tested: {told['refused']}."
    return (
        f"Does it matter who is member a? p = {told['p']:.3f} over {told['couples']} couples "
        "(random relabelling): roles.csv."
    )
