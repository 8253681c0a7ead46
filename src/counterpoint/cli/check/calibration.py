"""``counterpoint check calibration``: do truths rank evenly among their posterior draws."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counterpoint.cli.check._options import json_option, seed_option, write_option

if TYPE_CHECKING:
    from counterpoint.cohort.calibration import Calibration

EXAMPLES = """
\b
Examples:
    counterpoint check calibration
    counterpoint check calibration --days 14 --dyads 200
"""


@click.command("calibration", epilog=EXAMPLES)
@click.option(
    "--days",
    multiple=True,
    default=(7, 28, 60),
    show_default=True,
    type=click.IntRange(2, 1_000),
    help="Calendar days of a diary; may be repeated.",
)
@click.option("--dyads", default=500, show_default=True, type=click.IntRange(40, 100_000))
@click.option(
    "--missing",
    default=0.3,
    show_default=True,
    type=click.FloatRange(0.0, 0.95),
    help="Share of days that each member leaves out.",
)
@seed_option
@json_option
@write_option
def command(
    *,
    days: tuple[int, ...],
    dyads: int,
    missing: float,
    seed: int,
    as_json: bool,
    write: Path | None,
) -> None:
    """Draw dyads from the shipped prior, fit them under it, and rank the truths.

    At every length of diary, and at the middle one also with one member alone and with answers
    known only to lie beyond an end of the scale.

    Exit code 1 when ranks are not uniform, or when a planted bug (half the process covariance, or
    couplings turned round) is not caught.
    """
    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._pages import command_given, write_page
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.calibration import (
        CASES,
        calibrate,
        halve_process_cov,
        turn_transition,
    )
    from counterpoint.cohort.pages.calibration import calibration_page

    started = time.perf_counter()
    bugs = {"half the process covariance": halve_process_cov, "couplings turned": turn_transition}
    runs: list[Calibration] = []
    planted: list[tuple[str, Calibration]] = []
    cases = [case for case in CASES if case]
    rounds = 3 * len(days) + len(cases)
    backend = choose_backend((3 * sum(days) + len(cases) * days[-1]) * dyads, 2000)
    with progress_bar("Fitting simulated dyads", rounds * dyads) as advance:
        run = partial(
            calibrate, dyads=dyads, seed=seed, missing=missing, backend=backend, advance=advance
        )
        for length in days:
            runs.append(run(length))
            planted += [(bug, run(length, spoil=spoil)) for bug, spoil in bugs.items()]
        runs += [run(sorted(days)[len(days) // 2], case=case) for case in cases]
    kept = all(run.kept for run in runs) and _caught(planted)
    if write is not None:
        write_page(
            write,
            calibration_page(runs, planted, dyads=dyads, missing=missing, command=command_given()),
        )
    if as_json:
        report = {
            "dyads": dyads,
            "missing": missing,
            "backend": backend,
            "seconds": round(time.perf_counter() - started, 2),
            "runs": [_numbers(run, "") for run in runs],
            "planted": [_numbers(run, bug) for bug, run in planted],
            "kept": kept,
        }
        click.echo(json.dumps(report, indent=1))
    else:
        _print_runs(runs, planted, dyads)
    if not kept:
        sys.exit(1)


def _caught(planted: list[tuple[str, Calibration]]) -> bool:
    """Whether every bug is caught at one length of diary at least, the process one at each."""
    by_bug: dict[str, list[bool]] = {}
    for bug, run in planted:
        by_bug.setdefault(bug, []).append(not run.kept)
    halved, *others = by_bug.values()
    return all(halved) and all(any(caught) for caught in others)


def _numbers(run: Calibration, bug: str) -> dict[str, object]:
    return {
        "days": run.days,
        "case": run.case,
        "bug": bug,
        "numbers": len(run.names),
        "smallest_p": run.smallest_p,
        "smallest_allowed": run.smallest_allowed,
        "evenness": run.evenness,
        "kept": run.kept,
    }


def _print_runs(
    runs: list[Calibration], planted: list[tuple[str, Calibration]], dyads: int
) -> None:
    from rich.console import Console
    from rich.table import Table

    from counterpoint.cohort.pages.calibration import HEADINGS, cells_of

    table = Table(
        title=f"{dyads:,} dyads", title_justify="left", show_edge=False, pad_edge=False, box=None
    )
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == HEADINGS[0] else "right")
    for run in runs:
        table.add_row(*cells_of(run.title, run, planted=False))
    for bug, run in planted:
        table.add_row(*cells_of(f"{run.title}, {bug}", run, planted=True))
    Console(highlight=False).print(table)
