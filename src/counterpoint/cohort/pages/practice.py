"""What the effect card tells of a known effect, as a page."""

from __future__ import annotations

from counterpoint.cohort.pages.markdown import made_by, number, table
from counterpoint.cohort.practice_proof import MOST_FALSE, PracticeProof
from counterpoint.cohort.recovery_cells import MISSING

HEADINGS = (
    *("true effect", "week", "offers", "bias", "RMSE", "covered"),
    *("helps", "hinders", "helps, by now"),
)


def cells_of(proof: PracticeProof) -> list[tuple[str, ...]]:
    """Return the rows as texts under `HEADINGS`."""
    return [
        (
            f"{row.effect:g}",
            str(row.week),
            number(row.offers, 0),
            number(row.bias, 1),
            number(row.rmse, 1),
            number(row.coverage, 3),
            number(row.helps, 3),
            number(row.hinders, 3),
            number(row.helps_by_now, 3),
        )
        for row in proof.rows
    ]


def practice_page(proof: PracticeProof, command: str) -> str:
    """Return the page of `check practice`."""
    verdict = "Kept." if not proof.broken else "**Not kept:** " + "; ".join(proof.broken) + "."
    parts = [
        "# What the effect card can tell",
        made_by(command),
        f"{proof.people:,} simulated people a row. Each answers the daily check-in alone "
        f"({MISSING:.0%} of evenings left out, eleven taps), marks friction, and is offered "
        "practice on half of the days by coin. The true effect of an offer on the one outcome "
        "named beforehand (connection, the same evening) is the same for everybody of a row, in "
        "points of 100. The card is read at weeks 4, 7 and 10, and the 5 % of wrong claims are "
        "shared among the three looks.",
        f"Promised: of people whom practice does nothing for, at most {MOST_FALSE:.0%} were told "
        f'"helps" at any look, and a 90 % interval covers the truth. {verdict}',
        table(HEADINGS, cells_of(proof)),
        "The prior draws large effects towards nothing, most of all early: bias is negative where "
        'the effect is large, and the card rather says "no evidence yet" than too much.',
    ]
    return "\n\n".join(parts) + "\n"
