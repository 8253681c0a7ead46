"""The result of a fit as a table in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member

if TYPE_CHECKING:
    from counterpoint.cohort.fit import CoupleResult
    from counterpoint.cohort.summary import CohortSummary
    from counterpoint.engine import Answer

COST_WORDS = {
    Cost.CONTAGION: "contagion: your low becomes mine, your steadiness too",
    Cost.CLOSENESS_COSTS_SELF: "closeness and being oneself take turns, self giving way",
    Cost.SELF_COSTS_CLOSENESS: "being oneself and closeness take turns, closeness giving way",
    Cost.PULL_AWAY: "one nearer, the other further away the day after",
}
"""The four costs in a few words, read both ways."""

FLAG_WORDS = {
    "parked": "answers that hardly ever change",
    "one_writer": "both accounts written alike",
    "careless": "answers that do not look at the items",
    "misfit": "the model does not fit these days",
}
"""Why the answers of a couple are to be read with care."""

BRIEF_COUPLES = 6
"""Up to this many couples are told one by one."""


def print_cohort(console: Console, summary: CohortSummary) -> None:
    """Print what a cohort's fit can tell."""
    low, middle, high = summary.days()
    couples = "1 couple" if summary.couples == 1 else f"{summary.couples:,} couples"
    span = f"{low} days" if low == high else f"{low} to {high} days, half of them at least {middle}"
    console.print(f"{couples}, answered on {span} (the smaller count of the two).")
    table = Table(title="What these days can tell", title_justify="left", show_edge=False)
    table.add_column("about")
    table.add_column("may be said", justify="right")
    table.add_column("from")
    total = summary.rows
    said = summary.said
    table.add_row(
        "place: connection and self of each", f"{said['level']} of {total['level']}", "6 days"
    )
    table.add_row(
        "which of the four go together on the same day",
        f"{said['same_day']} of {total['same_day']}",
        "21 days, when sure of the direction",
    )
    table.add_row(
        "share of days on which both felt far apart",
        f"{said['share']} of {total['share']}",
        "21 days",
    )
    table.add_row(
        "a cost, from one day to the next",
        f"{said['cost']} of {total['cost']}",
        "42 days, when sure",
    )
    console.print(table)
    if said["cost"]:
        costs = Table(title="Costs that may be said", title_justify="left", show_edge=False)
        costs.add_column("cost")
        costs.add_column("couples", justify="right")
        for cost in Cost:
            costs.add_row(COST_WORDS[cost], str(summary.costs_said[cost]))
        console.print(costs)
    else:
        console.print(
            "From one day to the next nothing may be said of a single couple yet; that is no "
            "evidence that the days do not move each other."
        )
    for flag, count in sorted(summary.flags.items()):
        who = "couple" if count == 1 else "couples"
        console.print(f"To be read with care, {count} {who}: {FLAG_WORDS[flag]} (see fits.csv).")


def print_couple(console: Console, result: CoupleResult) -> None:
    """Print what one couple's days can tell."""
    days = min(result.answered_days)
    title = f"{result.couple}: {days} {'day' if days == 1 else 'days'}"
    table = Table(title=escape(title), title_justify="left", show_edge=False)
    table.add_column("about")
    table.add_column("what the days tell")
    for answer in result.answers:
        if answer.quantity == "level":
            told = f"{answer.mean:.0f} points, between {answer.q05:.0f} and {answer.q95:.0f}"
            about = _state(answer.effect, result.names)
            table.add_row(about, told if answer.said else _unsaid(answer))
    for answer in result.answers:
        if answer.quantity in ("same_day", "cost", "share") and answer.said:
            table.add_row(*_sentence(answer, result.names))
    console.print(table)
    if result.diagnostics.charts_only:
        console.print(f"To be read with care: {FLAG_WORDS[result.diagnostics.charts_only]}.")


def _unsaid(answer: Answer) -> str:
    reasons = {
        "too_few_days": "too few days yet",
        "never_observed": "no answers",
        "provisional": "a first look; not to be told yet",
    }
    return reasons.get(answer.reason, "not to be told")


def _state(name: str, members: tuple[str, str]) -> str:
    what, _, member = name.rpartition("_")
    return escape(f"{members[0 if member == Member.A.value else 1]}: {what}")


def _sentence(answer: Answer, members: tuple[str, str]) -> tuple[str, str]:
    effect, cause = _state(answer.effect, members), _state(answer.cause, members)
    between = f"between {answer.q05:+.2f} and {answer.q95:+.2f}"
    if answer.quantity == "same_day":
        way = "tend to go together" if answer.mean > 0 else "tend to take turns"
        return f"{effect} and {cause}, same day", f"{way} ({between})"
    if answer.quantity == "share":
        return "both far apart", (
            f"on about {answer.mean:.2f} of the days, between {answer.q05:.2f} and {answer.q95:.2f}"
        )
    return f"{effect} the day after {cause}", f"may be a cost ({between})"
