"""``counterpoint check instrument``: whether scoring the signs keeps its word."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

import click

from counterpoint.cli.check._options import json_option, seed_option, write_option

EXAMPLES = """
\b
Examples:
    counterpoint check instrument
    counterpoint check instrument --people 4000 --seed 3 --json
"""


@click.command("instrument", epilog=EXAMPLES)
@click.option("--people", default=2_000, show_default=True, type=click.IntRange(300, 100_000))
@click.option(
    "--discrimination",
    type=click.FloatRange(0.2, 6.0),
    help="Of the simulated items, while scoring goes on assuming 1.7: a weak one must fail.",
)
@seed_option
@json_option
@write_option
def command(
    *, people: int, discrimination: float | None, seed: int, as_json: bool, write: Path | None
) -> None:
    """Score simulated people with known traits, learn their items, flag their carelessness.

    Exit code 1 when traits are not found as promised or honest people are flagged.
    """
    from counterpoint.cli._pages import command_given, write_page
    from counterpoint.cohort.instrument import prove_instrument
    from counterpoint.cohort.pages.instrument import instrument_page

    started = time.perf_counter()
    proof = prove_instrument(people=people, seed=seed, discrimination=discrimination)
    if write is not None:
        write_page(write, instrument_page(proof, command_given()))
    if as_json:
        report = {
            "people": people,
            "seconds": round(time.perf_counter() - started, 2),
            "found": [asdict(row) for row in proof.found],
            "flagged": [
                {
                    name: None if value != value else value  # noqa: PLR0124 - NaN is no JSON
                    for name, value in asdict(row).items()
                }
                for row in proof.flagged
            ],
            "broken": proof.broken,
        }
        click.echo(json.dumps(report, indent=1))
    else:
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(instrument_page(proof, command_given())))
    if proof.broken:
        sys.exit(1)
