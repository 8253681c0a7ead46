"""Rows of the comparison, and the tables made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from measured import Cost
from result import Result
from score import Score

ALONE_FACTOR = 100.0
"""How many times NUTS's effective draws a CPU second the engine is asked for, couple by couple."""
LEAST_CORRELATION = 0.40
COVERAGE, COVERAGE_WITHIN = 0.90, 0.03
GOALS_HEAD = ("| asked | found | holds |", "|---|---|---|")
PAIRED_ERRORS = 2.0
"""Standard errors of a paired difference that count as none."""


@dataclass(frozen=True)
class Method:
    """One row: how it is called, which script, for whom.

    Parameters
    ----------
    name
        Short name for ``--only``.
    title
        What the table says.
    script
        File in this folder.
    arguments
        After cohort and result.
    own
        Whether it is Counterpoint's and runs where Counterpoint is installed.
    dear
        Whether it takes so long that it runs for the first population only.
    """

    name: str
    title: str
    script: str
    arguments: tuple[str, ...] = ()
    own: bool = False
    dear: bool = False


@dataclass(frozen=True)
class Row:
    """One method on one cohort."""

    method: Method
    cost: Cost
    result: Result | None = None
    score: Score | None = None


def cohort_table(rows: Sequence[Row]) -> list[str]:
    """Return the lines of the table of one cohort."""
    lines = [
        "| method | wall s | CPU s | CPU s of fitting | peak MiB | effective draws per CPU s "
        "| RMSE | r | 90 % covers | population mean / spread off by |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cost = row.cost
        start = f"| {row.method.title} | {cost.wall:.0f} | {cost.cpu:.1f} "
        if row.result is None or row.score is None:
            lines.append(f"{start}| | {cost.peak:.0f} | {cost.complaint} | | | | |")
            continue
        score = row.score
        rate, _ = row.result.effective_per_second()
        lines.append(
            f"{start}| {row.result.fitting_cpu:.1f} | {cost.peak:.0f} | {number(rate, ',.0f')} "
            f"| {score.rmse:.3f} ± {score.rmse_error:.3f} | {number(score.correlation, '.2f')} "
            f"| {number(score.coverage, '.3f')} | {score.population_mean_error:.3f} "
            f"/ {score.population_spread_error:.3f} |"
        )
    return lines


def alone_table(rows: Sequence[Row]) -> list[str]:
    """Return the lines of the table of single couples; the engine's row is the first."""
    lines = [
        "| method | CPU s of fitting, a couple | effective draws: mean, worst "
        "| per CPU s | engine over this: mean, worst | RMSE | 90 % covers | peak MiB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        if row.result is None or row.score is None:
            lines.append(f"| {row.method.title} | {row.cost.complaint} | | | | | | |")
            continue
        found = row.result
        rate, error = found.effective_per_second()
        factor, factor_error, worst = times_as_many(rows[0], row)
        over = "–" if row is rows[0] else f"{factor:.0f} ± {factor_error:.0f}, {worst:.0f}"
        lines.append(
            f"| {row.method.title} | {found.fitting_cpu / len(found.mean):.3f} "
            f"| {found.effective:.0f}, {found.effective_worst:.0f} "
            f"| {rate:,.0f} ± {error:,.0f} | {over} | {row.score.rmse:.3f} "
            f"| {row.score.coverage:.2f} | {row.cost.peak:.0f} |"
        )
    return lines


def times_as_many(ours: Row, other: Row) -> tuple[float, float, float]:
    """Return the ratio of effective draws a CPU second, its standard error, that of the worst.

    The errors of both rates are taken as independent. The worst is the coupling with the fewest
    effective draws of any couple.
    """
    if ours.result is None or other.result is None:
        return float("nan"), float("nan"), float("nan")
    rate, error = ours.result.effective_per_second()
    rate_other, error_other = other.result.effective_per_second()
    factor = rate / rate_other
    seconds = other.result.fitting_cpu / ours.result.fitting_cpu
    worst = ours.result.effective_worst / other.result.effective_worst * seconds
    return factor, factor * float(np.hypot(error / rate, error_other / rate_other)), worst


def alone_goals(rows: Sequence[Row]) -> list[str]:
    """Return what was asked of single couples, what was found, and whether that holds."""
    factor, error, _ = times_as_many(rows[0], rows[1])
    found = (
        f"effective draws a CPU second at least {ALONE_FACTOR:.0f} × those of NUTS "
        f"| ({number(factor, '.0f')} ± {number(error, '.0f')}) × "
        f"| {_said(factor >= ALONE_FACTOR)}"
    )
    return [*GOALS_HEAD, f"| {found} |"]


def cohort_goals(rows: Sequence[Row]) -> list[str]:
    """Return the same of the engine's rows in a cohort; nothing where it has none."""
    found = {row.method.name: row for row in rows}
    lines = list(GOALS_HEAD)
    for name in ("gibbs", "saem"):
        ours = found.get(name)
        if ours is None or ours.score is None:
            continue
        title, score = ours.method.title, ours.score
        nuts = found.get("nuts")
        if nuts is not None and nuts.score is not None:
            more, error = score.more_than(nuts.score)
            lines.append(
                f"| {title}: RMSE no worse than NUTS | {score.rmse:.4f}, NUTS "
                f"{nuts.score.rmse:.4f}; paired difference {more:+.4f} ± {error:.4f} "
                f"| {_said(more <= PAIRED_ERRORS * error)} |"
            )
        lines.append(
            f"| {title}: r at least {LEAST_CORRELATION:.2f} | {score.correlation:.2f} "
            f"| {_said(score.correlation >= LEAST_CORRELATION)} |"
        )
        lines.append(
            f"| {title}: coverage within {COVERAGE_WITHIN:.2f} of {COVERAGE:.2f} "
            f"| {score.coverage:.3f} "
            f"| {_said(abs(score.coverage - COVERAGE) <= COVERAGE_WITHIN)} |"
        )
        others = [
            row.score
            for row in rows
            if row.score is not None and row.method.name not in {"gibbs", "saem", "nuts"}
        ]
        if others:
            best = min(other.rmse for other in others)
            closest = float(np.nanmax([other.correlation for other in others]))
            lines.append(
                f"| {title}: RMSE and r better than every other row but NUTS "
                f"| {score.rmse:.3f} and {score.correlation:.2f}, best of the others {best:.3f} "
                f"and {number(closest, '.2f')} "
                f"| {_said(score.rmse < best and not score.correlation <= closest)} |"
            )
    return lines if len(lines) > len(GOALS_HEAD) else []


def notes(rows: Sequence[Row]) -> list[str]:
    """Return one line a method on how it was run."""
    lines = []
    for row in rows:
        if row.result is None or row.score is None:
            continue
        said = f"- {row.method.title}: {row.result.note}"
        if row.score.given < 1:
            said += f"; estimates for {row.score.given:.0%} of couplings"
        if np.isfinite(row.result.effective):
            said += (
                f"; effective draws of a coupling {row.result.effective:.0f}, of the worst "
                f"{row.result.effective_worst:.0f}"
            )
        lines.append(f"{said}.")
    return lines


def number(value: float, form: str) -> str:
    """Return a number, or a dash where there is none."""
    return format(value, form) if np.isfinite(value) else "–"


def _said(holds: bool) -> str:
    return "yes" if holds else "**no**"
