"""What a table of cells promised, told on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from counterpoint.cohort.finding_cells import FindingScores
    from counterpoint.cohort.recovery_cells import CellScores

AnyScores = TypeVar("AnyScores", "FindingScores", "CellScores")


def tell_cells(
    scores: Sequence[AnyScores],
    title: Callable[[AnyScores], str],
    *,
    as_json: bool,
    report: dict[str, Any],
) -> None:
    """Print what was kept and what was broken; end with exit code 1 when anything was.

    Parameters
    ----------
    scores
        Every cell.
    title
        What a cell is called.
    as_json
        Whether to print all figures instead.
    report
        What the JSON holds besides ``cells`` and ``kept``.
    """
    broken = [(cell, one) for cell in scores for one in cell.promises if not one.kept]
    if as_json:
        cells = [cell.as_numbers() for cell in scores]
        click.echo(json.dumps({**report, "cells": cells, "kept": not broken}, indent=1))
    else:
        told = sum(promise.told for cell in scores for promise in cell.promises)
        click.echo(f"{len(scores)} cells of {scores[0].couples:,} couples; {told:,} things said.")
        for cell, promise in broken:
            gate = "on" if promise.day_gate else "off"
            click.echo(
                f"BROKEN {title(cell)}, day gate {gate}: {promise.sentence} is right in "
                f"{promise.share:.3f} of {promise.told}, stated {promise.stated:.2f}, "
                f"floor {promise.floor:.3f}."
            )
        if not broken:
            click.echo("kept: of what is said at least the stated share is right in every cell.")
    if broken:
        sys.exit(1)
