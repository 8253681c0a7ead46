"""How often a sentence of then and now is wrong, as a page."""

from __future__ import annotations

from counterpoint.cohort.movement_proof import (
    FALSE_ALARMS,
    SINGLE_ITEMS,
    MovementProof,
    MovementRow,
    border_and_days,
    coverage_of,
)
from counterpoint.cohort.pages.markdown import made_by, number, table
from counterpoint.cohort.practice_proof import HELD_COVERAGE
from counterpoint.cohort.recovery_cells import MISSING
from counterpoint.domain.movements import COMPARED
from counterpoint.engine.gates import SURE_BAND, SURE_DIRECTION
from counterpoint.engine.movement import SAME_WITHIN_POINTS

HEADINGS = (
    *("what", "true change", "compared", "more or less said", "right", "the same said", "right"),
    *("pull", "RMSE", "covered"),
)


PROMISED = ("movement", "what is said of", "stated", "said", "right", "floor")


def promise_cells(proof: MovementProof) -> list[tuple[str, ...]]:
    """Return the promises as texts under `PROMISED`."""
    return [
        (
            str(movement),
            promise.sentence,
            number(promise.stated),
            str(promise.told),
            number(promise.share, 3),
            number(promise.floor, 3),
        )
        for movement, promise in proof.promises
    ]


def cells_of(rows: tuple[MovementRow, ...]) -> list[tuple[str, ...]]:
    """Return rows as texts under `HEADINGS`."""
    return [
        (
            row.quantity,
            _change(row),
            str(row.found),
            number(row.moved / row.found, 3),
            _right(row.moved, row.moved_right),
            number(row.same / row.found, 3),
            _right(row.same, row.same_right),
            "" if row.planted.points == 0.0 else number(row.pull, 1),
            number(row.rmse, 1),
            number(row.covered / row.found, 3),
        )
        for row in rows
    ]


def movement_page(proof: MovementProof, command: str) -> str:
    """Return the page of `check movement`.

    Parameters
    ----------
    proof
        What was found.
    command
        How to make the page again.
    """
    verdict = "Kept." if not proof.broken else "**Not kept:** " + "; ".join(proof.broken) + "."
    low, high = HELD_COVERAGE
    parts = [
        "# How often then and now is wrong",
        made_by(command),
        f"{proof.people:,} simulated people of each true change and way: nothing, 5, 10 and 15 "
        "points up or down at the border, and a slow drift over all days whose later stretch lies "
        "10 points from the earlier one on average. Connection and self change by the same amount, "
        "each its own way. Everybody answers the daily check-in alone (the marker and by coin one "
        f"of two further items, eleven taps; {MISSING:.0%} of evenings left out) and marks "
        "friction; all else is drawn from the base population, and fitted under the shipped "
        "prior. Days are compared as on the site: each movement beside all the weeks before it.",
        '*Right* is "more" or "less" when that is the way of the true change (so of no change both '
        f'are wrong), and "about the same" when it is at most {SAME_WITHIN_POINTS:g} points. '
        "*Pull*: what is found less the truth, away from no change; below zero changes are told "
        "too small. *Single items* are steadiness, voice and turning to the partner together; "
        "each is a little less moved than its state, and held against its own change.",
        f'Promised, for each movement and quantity: "more" and "less", said at P ≥ '
        f"{number(SURE_DIRECTION)}, are right in at least that share of all that is said over the "
        f'changes at the border, and of the drift; "about the same", at P ≥ {number(SURE_BAND)}, '
        f"over all of them; of those without any change at most {FALSE_ALARMS:.0%} are told of "
        f"one; and the 90 % interval covers between {low:.0%} and {high:.0%} over all changes. "
        f"All within three Monte Carlo errors. {verdict}",
        _in_short(proof),
        table(PROMISED, promise_cells(proof)),
    ]
    for movement in COMPARED:
        border, days = border_and_days(movement)
        rows = tuple(row for row in proof.rows if row.movement is movement)
        parts += [
            f"## The {movement} movement: {border} days before, {days - border} days in it",
            table(HEADINGS, cells_of(rows)),
        ]
    parts.append(
        "The stated probability is promised over changes of many sizes, not at each size: of a "
        "small change a larger part of what is said is wrong."
    )
    return "\n\n".join(parts) + "\n"


def _in_short(proof: MovementProof) -> str:
    """Say how often a sentence was wrong in all, and how often intervals cover."""
    levels = [row for row in proof.rows if row.quantity != SINGLE_ITEMS]
    steps = [row for row in levels if not row.planted.drifts]
    moved = sum(row.moved for row in steps)
    wrong = moved - sum(row.moved_right for row in steps)
    unmoved = sum(row.moved for row in steps if row.planted.points == 0.0)
    same = sum(row.same for row in proof.rows)
    found = sum(row.found for row in proof.rows)
    covered = ", ".join(
        f"{movement} movement, {quantity} {number(share, 3)}"
        for movement, quantity, share, _ in coverage_of(proof.rows)
    )
    return (
        f'Of connection and self, "more" or "less" was said {moved} times over the changes at the '
        f"border; {wrong} were wrong, {unmoved} of these about people without any change. "
        f'"About the same" was said {same} times among all {found:,} comparisons. Covered over '
        f"all changes: {covered}."
    )


def _change(row: MovementRow) -> str:
    if row.planted.points == 0.0:
        return "none"
    return f"± {row.planted.points:g}" + (", drift" if row.planted.drifts else "")


def _right(said: int, right: int) -> str:
    return f"{number(right / said)} of {said}" if said else "–"
