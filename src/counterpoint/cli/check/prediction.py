"""``counterpoint check prediction``: the engine against simpler models on held-out days."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import click

from counterpoint.cli._layout_options import build_layout, diary_argument, layout_options
from counterpoint.cli.check._options import json_option, seed_option

EXAMPLES = """
\b
Example:
    counterpoint check prediction diary.csv --members M_,W_ --connection Con. \\
        --self=-Anx. --couple ID --day DIARYDAY --range 0,4
"""

MODEL_WORDS = {
    "own_mean": "each couple's own mean",
    "pooled_ar": "own carry-over, one number for all couples",
    "pooled_var": "all sixteen couplings, alike for all couples",
    "couple_var": "all sixteen couplings, each couple by itself",
    "engine": "the engine",
}


@click.command("prediction", epilog=EXAMPLES)
@diary_argument
@layout_options
@click.option(
    "--population",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A population.json to start from instead of the shipped one.",
)
@json_option
@seed_option
def command(
    *, diary: Path, population: Path | None, as_json: bool, seed: int, **layout: Any
) -> None:
    """Predict held-out days one step ahead and compare with simpler models.

    Every model learns from the first seven tenths of a couple's days. Errors are squared, in
    units of the spread within couples, over all held-out pairs of days one day apart. Exit code
    1 when the engine is worse than the better of the two models of all couples alike, or not
    better than the own mean and than each couple by itself.
    """
    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.population import read_population
    from counterpoint.cohort.prediction import better_pooled, judge_prediction, score_prediction
    from counterpoint.cohort.table import read_diaries
    from counterpoint.engine import shipped_prior

    started = time.perf_counter()
    table = read_diaries(diary, build_layout(**layout))
    if population is None:
        prior = shipped_prior(table.items, own_items=True)
    else:
        prior = read_population(population, items=table.items)
    backend = choose_backend(table.calendar_days, 1000)
    with progress_bar("Predicting couples", len(table)) as advance:
        scores = score_prediction(table, prior=prior, seed=seed, backend=backend, advance=advance)
    errors = scores.errors
    verdicts = judge_prediction(errors)
    if as_json:
        report = {
            "errors": errors,
            "better_pooled": better_pooled(errors),
            "engine_over_better_pooled": errors["engine"] / errors[better_pooled(errors)],
            "couples": scores.couples,
            "couples_read": scores.couples_read,
            "pairs": scores.pairs,
            "backend": backend,
            "seconds": round(time.perf_counter() - started, 2),
            "verdicts": verdicts,
        }
        click.echo(json.dumps(report, indent=1))
    else:
        _print_scores(scores, better_pooled(errors), verdicts)
    if not all(verdicts.values()):
        sys.exit(1)


def _print_scores(scores: Any, pooled: str, verdicts: dict[str, bool]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(
        title=f"One step ahead, {scores.pairs:,} pairs of days",
        title_justify="left",
        show_edge=False,
    )
    table.add_column("model")
    table.add_column("squared error", justify="right")
    for model, words in MODEL_WORDS.items():
        table.add_row(words, f"{scores.errors[model]:.4f}")
    console.print(table)
    console.print(f"{scores.couples} of {scores.couples_read} couples counted.")
    ratio = scores.errors["engine"] / scores.errors[pooled]
    console.print(
        f"{_verdict(verdicts['at_most_better_pooled'])}: the engine's error is {ratio:.3f} times "
        f"that of the better of the two models of all couples alike ({MODEL_WORDS[pooled]}); at "
        "most 1.000."
    )
    for name, other in (("below_own_mean", "own_mean"), ("below_couple_var", "couple_var")):
        console.print(
            f"{_verdict(verdicts[name])}: the engine's error is below that of {MODEL_WORDS[other]}."
        )


def _verdict(kept: bool) -> str:
    return "kept" if kept else "missed"
