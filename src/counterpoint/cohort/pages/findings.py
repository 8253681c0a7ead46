"""How often the further findings are right, as a page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from counterpoint.cohort import room_diaries
from counterpoint.cohort.finding_cells import FindingCell, FindingScores
from counterpoint.cohort.pages.markdown import made_by, number, table
from counterpoint.cohort.recovery_cells import MISSING, Promise

HEADINGS = (
    "finding",
    "bias",
    "RMSE",
    "r",
    "covered",
    "stated",
    "said",
    "right",
    "said, gate on",
    "right",
)


def findings_page(scores: Sequence[FindingScores], command: str) -> str:
    """Return the page of `check findings`.

    Parameters
    ----------
    scores
        Every cell.
    command
        How to make the page again.
    """
    couples = scores[0].couples
    told = sum(promise.told > 0 for cell in scores for promise in cell.promises)
    broken = [
        f"{title_of(cell.cell)}, gate {'on' if promise.day_gate else 'off'}: {promise.sentence} "
        f"({number(promise.share)} of {promise.told}, floor {number(promise.floor)})"
        for cell in scores
        for promise in cell.promises
        if not promise.kept
    ]
    verdict = (
        f"Every one of the {told} shares is at or above its floor."
        if not broken
        else f"{len(broken)} of {told} shares lie below their floor: " + "; ".join(broken) + "."
    )
    low, high = room_diaries.NOISE
    parts = [
        "# How often further findings are right",
        made_by(command),
        f"{couples:,} simulated couples a cell, drawn from the base population, fitted under the "
        "shipped prior and asked by the daily check-in (the marker and by coin one of two "
        f"further items, eleven taps); {MISSING:.0%} of days left out by each member. "
        "Friction is marked on 12 % of days, a practice offered by coin on half of them. The wish "
        "for room or closeness is "
        f"{number(room_diaries.LEVEL_MEAN, 1)} ± {number(room_diaries.LEVEL_SD, 1)} taps, moved "
        f"by yesterday's connections (± {number(room_diaries.SLOPE_SD, 1)} taps a unit), with "
        f"noise of {number(low, 1)} to {number(high, 1)} taps that partly carries over, and is "
        "answered in whole taps from −5 to 5. In the cells of two stretches the level changes at "
        "the border by ± 12 points.",
        "*Covered*: share of truths inside the 90 % interval. *Said*: share of couples (or "
        "members) of whom a word is said; *right*: the share of those of whom it is true. *Gate "
        "on* asks for the counts of days and of friction days as well; of single items they are "
        "asked for either way. Of what is said at a stated probability at least that share, less "
        f"three Monte Carlo errors of what was said, must be right. {verdict}",
    ]
    for cell in scores:
        parts += [f"## {title_of(cell.cell)}", table(HEADINGS, _rows(cell))]
    return "\n\n".join(parts) + "\n"


def title_of(cell: FindingCell) -> str:
    """Return the name of a cell for people."""
    if cell.before:
        return f"Two stretches, {cell.before} and {cell.days} days"
    return f"{cell.days} days"


def _rows(cell: FindingScores) -> list[tuple[str, ...]]:
    promised = {(promise.sentence, promise.day_gate): promise for promise in cell.promises}
    rows: list[tuple[str, ...]] = []
    for free, gated in zip(cell.free, cell.gated, strict=True):
        digits = 1 if free.rmse >= 1.0 else 3
        promise = promised.get((free.name, False))
        rows.append(
            (
                free.name,
                number(free.bias, digits),
                number(free.rmse, digits),
                number(free.r),
                number(free.coverage, 3),
                number(promise.stated if promise is not None else math.nan),
                number(free.said, 3),
                _right(promise),
                number(gated.said, 3),
                _right(promised.get((free.name, True))),
            )
        )
    return rows


def _right(promise: Promise | None) -> str:
    if promise is None or not promise.told:
        return "–"
    text = number(promise.share)
    return text if promise.kept else f"{text} **below** {number(promise.floor)}"
