"""What breaks, and what the program says then, as a page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from counterpoint.cohort.pages.markdown import made_by, number, table
from counterpoint.cohort.robustness import (
    CAUGHT,
    CAUGHT_HONEST,
    COVERED,
    ERRORS_ALLOWED,
    FEW_SHOWN,
    Found,
    Robustness,
    Verdict,
)

SAYS = {
    "parked": "that the answers stand still: charts only",
    "one_writer": "that both accounts read as one: charts only",
    "careless": "that the answers do not look at the items: charts only",
}

HEADINGS = ("damage", "what is done", "demand", "met", "what the program says then")
FLAG_HEADINGS = ("damage", "parked", "one writer", "careless", "misfit", "noted", "shown")
FOUND_HEADINGS = (
    "damage",
    "couples",
    "place: r",
    "RMSE",
    "bias",
    "covered",
    "same day: r",
    "covered",
    "own link: bias",
    "covered",
    "coupling: r",
    "bias",
    "covered",
    "directions wrong",
    "costs wrong",
)


def robustness_page(found: Sequence[Robustness], *, couples: int, days: int, command: str) -> str:
    """Return the page of `check robustness`.

    Parameters
    ----------
    found
        Every damage.
    couples, days
        Couples fitted for each, and calendar days of a diary.
    command
        How to make the page again.
    """
    missed = _named(found, Verdict.MISSED)
    open_ones = _named(found, Verdict.OPEN)
    verdict = " ".join(
        [
            f"**Not met:** {missed}. Why, and what was weighed, stands in "
            "[the record](../decisions/2026-11-24-robustness.md)."
        ]
        * bool(missed)
        + [f"**Too few couples to tell:** {open_ones}."] * bool(open_ones)
        or ["Every demand is met."]
    )
    parts = [
        "# What breaks, and what the program says then",
        made_by(command),
        f"Simulated couples of the base population, {days} days of the daily check-in, day gate "
        f"off. Flags are counted on {found[0].flagged_of:,} couples for each damage; of those "
        f"without a flag the first {couples:,} (as far as there are so many) are fitted under the "
        "shipped prior. Diaries that cannot be read must be caught in "
        f"{number(CAUGHT)} of the cases; where people tell what they feel, no flag may be raised "
        f"in more than {number(CAUGHT_HONEST)}; elsewhere a 90 % interval must cover at least "
        f"{number(COVERED)} or nothing but charts is shown. A figure on the wrong side by more "
        f"than {ERRORS_ALLOWED:.0f} Monte Carlo errors is a *{Verdict.MISSED}*, by less "
        f"*{Verdict.OPEN}*, and so is a coverage with fewer than {FEW_SHOWN} couples shown. "
        f"{verdict}",
        table(HEADINGS, [_words(row) for row in found]),
        "## Caught\n\n*Noted*: of the couples shown, those told that a place lies at an end of the "
        "scale or has moved of late, and whose places are told wider. *Shown*: share of all "
        "couples of whom something may be inferred. *Misfit*: of the couples fitted.",
        table(FLAG_HEADINGS, [_flags(row) for row in found]),
        "## Found, among the couples shown\n\n*Couples*: how many these figures rest on; ± is the "
        "Monte Carlo error of a coverage. *Own link*: the same-day link of nearness and self "
        "within one person. Where the day apart is told (honest, mood) it is shown twice, plain "
        "and with the day apart set aside, and the interval is that from the lowest end of both "
        "to the highest; its direction is said where both say the same. *Wrong*: of the "
        "sentences, the share not right.",
        table(FOUND_HEADINGS, [_found(row) for row in found]),
    ]
    return "\n\n".join(parts) + "\n"


def _named(found: Sequence[Robustness], verdict: Verdict) -> str:
    return ", ".join(row.damage for row in found if row.verdict is verdict)


def cells_of(row: Robustness) -> tuple[str, ...]:
    """Return one damage in short: name, caught, shown, coverages, verdict."""
    flagged = max(row.flagged.values())
    covered = ["–"] * 4
    if row.found is not None:
        covered = [
            number(row.found[kind].coverage) for kind in ("level", "same_day", "within", "coupling")
        ]
    return (row.damage, number(flagged, 3), number(row.shown), *covered, _verdict(row))


def _verdict(row: Robustness) -> str:
    return row.verdict.value


def _words(row: Robustness) -> tuple[str, ...]:
    if row.caught:
        demand = f"caught as {row.caught.replace('_', ' ')}"
    elif row.damage == "honest":
        demand = "not caught, covered"
    else:
        demand = "covered or charts only"
    return (row.damage, row.what, demand, _verdict(row), _says(row))


def _says(row: Robustness) -> str:
    parts = [
        f"{SAYS[flag]} ({number(share)})"
        for flag, share in row.flagged.items()
        if share >= 0.1 or flag == row.caught
    ]
    if row.misfit >= 0.02:
        parts.append(f"that the model does not fit: charts only ({number(row.misfit)})")
    if row.noted >= 0.1:
        parts.append(f"a note at the place, told wider ({number(row.noted)} of those shown)")
    if row.told_twice:
        parts.append("nearness and self on the same day told twice, with and without the day apart")
    return "; ".join(parts) or "nothing"


def _flags(row: Robustness) -> tuple[str, ...]:
    return (
        row.damage,
        *(number(row.flagged[flag], 3) for flag in ("parked", "one_writer", "careless")),
        number(row.misfit, 3),
        number(row.noted),
        number(row.shown),
    )


def _found(row: Robustness) -> tuple[str, ...]:
    if row.found is None:
        return (row.damage, str(row.shown_count), *["–"] * (len(FOUND_HEADINGS) - 2))
    level, same, within, coupling = (
        row.found[kind] for kind in ("level", "same_day", "within", "coupling")
    )
    return (
        row.damage,
        str(row.shown_count),
        number(level.r),
        number(level.rmse, 1),
        number(level.bias, 1),
        _covered(level),
        number(same.r),
        _covered(same),
        number(within.bias),
        _covered(within),
        number(coupling.r),
        number(coupling.bias, 3),
        _covered(coupling),
        _wrong(row.directions),
        _wrong(row.costs),
    )


def _covered(found: Found) -> str:
    text = f"{number(found.coverage, 3)} ± {number(found.error, 3)}"
    return text if found.coverage >= COVERED else f"**{text}**"


def _wrong(said: tuple[int, float]) -> str:
    count, share = said
    return f"{number(share)} of {count}" if math.isfinite(share) else "–"
