"""The recovery grid as a page."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from counterpoint.cohort.pages.markdown import made_by, number, table
from counterpoint.cohort.recovery_cells import MISSING, WISH_MEAN, WISH_SD, CellScores, Promise
from counterpoint.engine import RecoveryRow

DESIGNS = {
    "continuous": "Three unclipped items a state at every check-in.",
    "checkin": "The daily check-in: the marker and by coin one of two further items, eleven taps.",
}

KINDS = {
    "level": ("Places", "points, at the end of the window; two states"),
    "same_day": ("Same-day links", "correlations; four kinds"),
    "coupling": ("Couplings", "from one check-in to the next; eight kinds"),
    "cost": ("Costs", "couplings with the sign that makes larger more costly; four kinds"),
    "share": ("Days on which both felt far apart", "share of days"),
}

HEADINGS = ("cell", "bias", "RMSE", "r", "covered", "said", "right", "said, gate on", "right")


def recovery_page(scores: Sequence[CellScores], command: str) -> str:
    """Return the page of `check recovery --grid`.

    Parameters
    ----------
    scores
        Every cell, designs one after another.
    command
        How to make the page again.
    """
    couples = scores[0].couples
    broken = [promise for cell in scores for promise in cell.promises if not promise.kept]
    told = sum(promise.told > 0 for cell in scores for promise in cell.promises)
    verdict = (
        f"Every one of the {told} shares is at or above its floor."
        if not broken
        else f"{len(broken)} of {told} shares lie below their floor; they are marked **below**."
    )
    parts = [
        "# How well truths are found again",
        made_by(command),
        f"{couples:,} simulated couples a cell, drawn from the base population (with its trend "
        f"from 42 days on) and fitted under the shipped prior, {MISSING:.0%} of "
        "check-ins left out by each member. Two or three check-ins "
        "a day are two or three steps a day: couples are drawn from the population turned into one "
        "from step to step, couplings are those of one step, and the gates go on counting days. "
        f"At {couples:,} couples a correlation moves by about "
        f"{number(1.0 / math.sqrt(couples), 2)} from seed to seed, less where it is high, and a "
        f"coverage of .90 by {number(0.3 / math.sqrt(couples), 3)}.",
        "*Said* is the share of couples (or members) of whom it may be said; *right* the share of "
        "those that is right: of a same-day link its direction, of a cost that it truly exceeds "
        ".075. *Gate on* asks for the days of the gates as well.",
    ]
    for design, words in DESIGNS.items():
        cells = [cell for cell in scores if cell.cell.design == design]
        if not cells:
            continue
        parts.append(f"## {design}\n\n{words}")
        for kind, (title, unit) in KINDS.items():
            parts.append(f"### {title}: {design}\n\nMeans over kinds; {unit}.")
            parts.append(table(HEADINGS, [_summary(cell, kind) for cell in cells]))
    parts += [
        "## Do the gates keep their word",
        "Of what is said at a stated probability at least that share, less three Monte Carlo "
        "errors of what was said, must be right in every cell, day gate off and on. Wishes are "
        f"marks drawn apart from the truth (mean {WISH_MEAN[0]:.0f} and {WISH_MEAN[1]:.0f} points, "
        f"sd {WISH_SD:.0f}). {verdict}",
    ]
    for gate in (False, True):
        parts.append(f"### Day gate {'on' if gate else 'off'}\n\nright of so many said")
        parts.append(_promises(scores, gate))
    parts.append("## Every quantity")
    for cell in scores:
        parts.append(
            f"### {_title(cell)}\n\nCharts only: {number(cell.charts_only, 3)} of couples."
        )
        parts.append(_every_quantity(cell))
    return "\n\n".join(parts) + "\n"


def _title(cell: CellScores) -> str:
    return f"{cell.cell.design}, {_short(cell)}"


def _short(cell: CellScores) -> str:
    times = {1: "one", 2: "two", 3: "three"}[cell.cell.per_day]
    return f"{cell.cell.days} days, {times} a day"


def _summary(cell: CellScores, kind: str) -> tuple[str, ...]:
    free = [row for row in cell.free if row.quantity == kind]
    gated = [row for row in cell.gated if row.quantity == kind]
    digits = 1 if kind == "level" else 3

    def mean(value: Callable[[RecoveryRow], float]) -> float:
        return sum(value(row) for row in free) / len(free)

    return (
        _short(cell),
        number(mean(lambda row: row.bias), digits),
        number(mean(lambda row: row.rmse), digits),
        number(mean(lambda row: row.r)),
        number(mean(lambda row: row.coverage), 3),
        *_said(free),
        *_said(gated),
    )


def _said(rows: Sequence[RecoveryRow]) -> tuple[str, str]:
    """Share said, and share right of all that was said."""
    said = sum(row.said for row in rows) / len(rows)
    judged = [(row.said * row.n, row.right) for row in rows if row.right is not None]
    weight = sum(count for count, _ in judged)
    right = sum(count * share for count, share in judged) / weight if weight else math.nan
    return number(said, 3), number(right)


def _promises(scores: Sequence[CellScores], gate: bool) -> str:
    first = [promise for promise in scores[0].promises if promise.day_gate == gate]
    headings = ("cell", *(f"{promise.sentence} ({number(promise.stated)})" for promise in first))
    rows = [
        (
            _title(cell),
            *(_promise(promise) for promise in cell.promises if promise.day_gate == gate),
        )
        for cell in scores
    ]
    return table(headings, rows)


def _promise(promise: Promise) -> str:
    if not promise.told:
        return "–"
    text = f"{number(promise.share)} of {promise.told}"
    return text if promise.kept else f"{text}, **below** {number(promise.floor)}"


def _every_quantity(cell: CellScores) -> str:
    gated = {(row.quantity, row.name): row for row in cell.gated}
    rows = []
    for row in cell.free:
        digits = 1 if row.quantity == "level" else 3
        on = gated[row.quantity, row.name]
        rows.append(
            (
                f"{row.quantity.replace('_', ' ')} {row.name}",
                number(row.bias, digits),
                number(row.rmse, digits),
                number(row.r),
                number(row.coverage, 3),
                number(row.said, 3),
                number(row.right),
                number(on.said, 3),
                number(on.right),
            )
        )
    return table(("quantity", *HEADINGS[1:]), rows)
