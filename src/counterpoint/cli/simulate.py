"""``counterpoint simulate``: a cohort whose truth is known."""

from __future__ import annotations

from pathlib import Path

import click

EXAMPLES = """
\b
Examples:
    counterpoint simulate --couples 100 --days 56 --seed 1 \\
        --out diary.csv --truth truth.csv
    counterpoint fit diary.csv --connection connection_1,connection_2,connection_3 \\
        --self self_1,self_2,self_3 --out results
"""


@click.command("simulate", epilog=EXAMPLES)
@click.option("--couples", required=True, type=click.IntRange(1, 100_000), help="How many couples.")
@click.option("--days", required=True, type=click.IntRange(2, 1_000), help="Days of each diary.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0, 2**32 - 1))
@click.option(
    "--design",
    type=click.Choice(["continuous", "checkin"]),
    default="continuous",
    show_default=True,
    help="continuous: three sliders a state every answered day. checkin: the marker and by coin "
    "one of two further items, on eleven taps.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The diary, one row per couple, member and day.",
)
@click.option(
    "--truth",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The truth, in the words of couples.csv.",
)
def command(*, couples: int, days: int, seed: int, design: str, out: Path, truth: Path) -> None:
    """Simulate couples from the base population and write diary and truth.

    Answers run from 0 to 100; an answer the model would put beyond an end is written as that
    end. Items count alike (loadings 1), as `counterpoint fit` takes a researcher's own items.
    Each member misses a quarter of the days.
    """
    from counterpoint.cli._progress import spinner
    from counterpoint.cohort.simulation import item_names, simulate_cohort
    from counterpoint.engine import base_population

    prior = base_population(3, own_items=True)
    with spinner("Simulating"):
        rows = simulate_cohort(
            out, truth, couples=couples, days=days, seed=seed, prior=prior, design=design
        )
    names = item_names(prior.item_count)
    half = len(names) // 2
    click.echo(f"Wrote {rows:,} rows to {out} and the truth to {truth}. Read it back with:")
    click.echo(
        f"  counterpoint fit {out} --connection {','.join(names[:half])} "
        f"--self {','.join(names[half:])} --out results"
    )
