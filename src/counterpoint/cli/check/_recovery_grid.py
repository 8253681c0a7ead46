"""The grid of ``counterpoint check recovery --grid``."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click


def check_grid(
    design: str | None,
    *,
    couples: int,
    seed: int,
    as_json: bool,
    keep: Path | None,
    write: Path | None,
) -> None:
    """Score every cell of one design or both, print what the gates keep, and write the page.

    Ends with exit code 1 when a share right lies below its floor.
    """
    from counterpoint.cli._kernels import choose_backend
    from counterpoint.cli._pages import command_given, write_page
    from counterpoint.cli._progress import progress_bar
    from counterpoint.cohort.pages.recovery import recovery_page
    from counterpoint.cohort.recovery_grid import grid_cells, score_grid

    started = time.perf_counter()
    designs = (design,) if design else ("continuous", "checkin")
    cells = [cell for name in designs for cell in grid_cells(name)]
    steps = sum(cell.days * cell.per_day for cell in cells)
    backend = choose_backend(couples * steps, 1000)
    with progress_bar("Fitting simulated couples", couples * len(cells)) as advance:
        scores = list(
            score_grid(
                cells, couples=couples, seed=seed, backend=backend, keep=keep, advance=advance
            )
        )
    if write is not None:
        write_page(write, recovery_page(scores, command_given()))
    broken = [
        (cell.cell.name, promise)
        for cell in scores
        for promise in cell.promises
        if not promise.kept
    ]
    if as_json:
        report = {
            "couples": couples,
            "seed": seed,
            "backend": backend,
            "seconds": round(time.perf_counter() - started, 2),
            "cells": [cell.as_numbers() for cell in scores],
            "kept": not broken,
        }
        click.echo(json.dumps(report, indent=1))
    else:
        told = sum(promise.told for cell in scores for promise in cell.promises)
        click.echo(f"{len(scores)} cells of {couples:,} couples; {told:,} things said.")
        for name, promise in broken:
            gate = "on" if promise.day_gate else "off"
            click.echo(
                f"BROKEN {name}, day gate {gate}: {promise.sentence} is right in "
                f"{promise.share:.3f} of {promise.told}, stated {promise.stated:.2f}, "
                f"floor {promise.floor:.3f}."
            )
        if not broken:
            click.echo("kept: of what is said at least the stated share is right in every cell.")
    if broken:
        sys.exit(1)
