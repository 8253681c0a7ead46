"""``counterpoint check recovery``: are known truths found again, and is what is said right."""

from __future__ import annotations

import json
import math
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterpoint.cli.check._options import json_option, seed_option

if TYPE_CHECKING:
    from rich.console import Console

    from counterpoint.cohort.recovery import RecoveryCheck
    from counterpoint.engine.recovery import Recovery

EXAMPLES = """
\b
Examples:
    counterpoint check recovery --design continuous
    counterpoint check recovery --design checkin --couples 200 --days 28
    counterpoint check recovery --grid --keep cells --write recovery.md
"""


@click.command("recovery", epilog=EXAMPLES)
@click.option(
    "--design",
    type=click.Choice(["continuous", "checkin"]),
    default=None,
    help="continuous: three unclipped items a state. checkin: the marker and by coin one of two "
    "further items, eleven taps. Without it continuous, and with --grid both.",
)
@click.option("--couples", default=1000, show_default=True, type=click.IntRange(2, 100_000))
@click.option("--days", default=56, show_default=True, type=click.IntRange(2, 1_000))
@seed_option
@json_option
@click.option(
    "--grid",
    is_flag=True,
    help="14, 28, 56 and 84 days with one, two and three check-ins a day; --days is not asked.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="With --grid: keep finished cells there, and take those that lie there already.",
)
@click.option(
    "--write",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --grid: write the tables as a page too.",
)
def command(
    *,
    design: str | None,
    couples: int,
    days: int,
    seed: int,
    as_json: bool,
    grid: bool,
    keep: Path | None,
    write: Path | None,
) -> None:
    """Simulate couples, fit them, and hold the fits against the truth.

    Every figure is given with the day gate off and on. The demands are those of 1,000 couples
    and 56 days; exit code 1 when one is missed. With --grid the demand is that the gates keep
    their word: of what is said at a stated probability at least that share, less three Monte
    Carlo errors, is right in every cell.
    """
    if grid:
        from counterpoint.cli.check._recovery_grid import check_grid

        check_grid(design, couples=couples, seed=seed, as_json=as_json, keep=keep, write=write)
        return
    if keep is not None or write is not None:
        raise click.UsageError("--keep and --write go with --grid.")
    design = design or "continuous"
    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.recovery import check_recovery

    started = time.perf_counter()
    backend = choose_backend(couples * days, 1000)
    with progress_bar("Fitting simulated couples", couples) as advance:
        check = check_recovery(
            design, couples=couples, days=days, seed=seed, backend=backend, advance=advance
        )
    seconds = time.perf_counter() - started
    if as_json:
        how = {"design": design, "days": days, "seed": seed, "backend": backend}
        click.echo(json.dumps(_report(check, how, seconds), indent=1))
    else:
        _print_check(check, f"{couples:,} simulated couples, {days} days, {design}", seconds)
    if not check.kept:
        sys.exit(1)


def _report(check: RecoveryCheck, how: dict[str, Any], seconds: float) -> dict[str, Any]:
    return {
        **how,
        "couples": check.free.couples,
        "seconds": round(seconds, 2),
        "charts_only_share": check.free.charts_only,
        "day_gate_off": [asdict(row) for row in check.free.rows],
        "day_gate_on": [asdict(row) for row in check.gated.rows],
        "verdicts": [
            {
                "demand": verdict.demand,
                "figure": verdict.figure if math.isfinite(verdict.figure) else None,
                "low": verdict.low,
                "high": verdict.high,
                "kept": verdict.kept,
            }
            for verdict in check.verdicts
        ],
        "kept": check.kept,
    }


def _print_check(check: RecoveryCheck, title: str, seconds: float) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"{title}, in {seconds:.0f} s.")
    _print_scores(console, check.free, "day gate off")
    _print_scores(console, check.gated, "day gate on")
    console.print(
        f"Fits that refuse to infer anything: {check.free.charts_only:.3f} of all couples."
    )
    for verdict in check.verdicts:
        figure = f"{verdict.figure:.3f}" if math.isfinite(verdict.figure) else "nothing was said"
        asked = (
            f"at least {verdict.low:.2f}"
            if verdict.high >= 1.0
            else f"{verdict.low:.2f} to {verdict.high:.2f}"
        )
        kept = "kept  " if verdict.kept else "MISSED"
        console.print(f"{kept} {verdict.demand}: {figure} ({asked})")


def _print_scores(console: Console, scores: Recovery, title: str) -> None:
    from rich.table import Table

    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False, box=None)
    for heading in ("quantity", "r", "rmse", "bias", "covered", "said", "right", "> 0", "named"):
        table.add_column(heading, justify="left" if heading == "quantity" else "right")
    for row in scores.rows:
        figures = (row.r, row.rmse, row.bias, row.coverage, row.said)
        table.add_row(
            row.name,
            *(f"{figure:.3f}" for figure in figures),
            *(_share(figure) for figure in (row.right, row.above_zero, row.named)),
        )
    console.print(table)


def _share(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.2f}"
