"""Couples against pairs who are none, as a page."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoint.cohort.null import NullRow
from counterpoint.cohort.pages.markdown import made_by, number, table

HEADINGS = ("", "couples", "mean", "re-paired", "95 % bound", "beyond", "p")


def cells_of(row: NullRow) -> tuple[str, ...]:
    """Return a row as texts under `HEADINGS`."""
    sign = "~" if row.quantity in {"same_day", "share"} else "<-"
    name = f"{row.quantity.replace('_', ' ')} {row.effect} {sign} {row.cause}"
    return (
        name,
        str(row.couples),
        number(row.mean, 3),
        number(row.null_mean, 3),
        f"{number(row.low)} to {number(row.high)}",
        number(row.beyond),
        number(row.p_value, 3),
    )


def null_page(rows: Sequence[NullRow], couples: int, command: str) -> str:
    """Return the page of `check null`."""
    parts = [
        "# Against pairs who are no couple",
        made_by(command),
        f"{couples} couples. Partners are re-paired at random, each with their own days in order; "
        "whatever still links two such diaries (weekends, a season, the study itself, chance) is "
        "the null. *Bound*: 95 % of re-paired couples lie within. *Beyond*: share of real couples "
        "outside, .05 if they were no couples. *p*: two-sided, of the mean over couples.",
    ]
    titles = {
        "answers": "## From the answers alone\n\nCorrelations within couples, and slopes on the "
        "partner's day before with the own day before held, in standard deviations.",
        "engine": "## From the engine\n\nPosterior means. They are drawn towards the population, "
        "for both kinds of pairs alike. The costs of contagion and pull away are two of these "
        "couplings.",
    }
    for source, title in titles.items():
        found = [cells_of(row) for row in rows if row.source == source]
        parts += [title, table(HEADINGS, found)]
    return "\n\n".join(parts) + "\n"
