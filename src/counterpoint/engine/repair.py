"""After friction: how far down, and whether it is over after two days (MODEL section 6).

Always shown next to the direct answers: whether the two found their way back (E2), and what each
did in it (E3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.engine.finding import Finding, find
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.gates import (
    CONFLICTS_NEEDED,
    SURE_BAND,
    SURE_DIRECTION,
    Reason,
    refusal,
)
from counterpoint.engine.states import STATE_NAMES, rows_of
from counterpoint.engine.units import POINTS_PER_UNIT
from counterpoint.errors import DataError

REPAIR_DAYS = 2
SELF_BACK = -0.15
CONNECTION_BACK = -0.25


@dataclass(frozen=True)
class Repair:
    """What friction of full size does to one member.

    Parameters
    ----------
    conflicts
        Marked rows it rests on.
    collapse
        Self on the same day, points; words ``lower``, ``higher``.
    withdrawal
        Connection on the same day, points; words ``lower``, ``higher``.
    after_two_days
        What is left on self, points; words ``repaired`` and ``still_down``. Repaired: self less
        than .15 units (2.25 points) down, and connection less than .25 (3.75 points).
    """

    conflicts: int
    collapse: Finding
    withdrawal: Finding
    after_two_days: Finding


def repair_of(fit: DyadFit, member: Member, *, event: int = 0) -> Repair:
    r"""Return what friction does to a member, and what is left of it after two days.

    The effect of an event of size 1 is column ``event`` of B; after k days :math:`A^k B` is left.

    Parameters
    ----------
    fit
        A fit of a diary with inputs.
    member
        Whose.
    event
        Which column of the inputs is the friction.

    Raises
    ------
    DataError
        If the fit has no such event.

    Notes
    -----
    At least 4 marked rows; direction said at P >= .9, repaired or still down at P >= .8.
    """
    if not 0 <= event < fit.input_effect.shape[2]:
        raise DataError(f"this fit has no event number {event}: the diary had no such input.")
    connection, own = rows_of(member)
    first = fit.input_effect[:, :, event]
    later = first
    for _ in range(REPAIR_DAYS * fit.steps_a_day):
        later = np.einsum("nij,nj->ni", fit.transition, later)
    conflicts = fit.event_counts[event]
    refused = refusal(fit, (connection, own), sentence=True)
    if not refused and conflicts < CONFLICTS_NEEDED:
        refused = Reason.TOO_FEW_CONFLICTS
    back = (later[:, own] > SELF_BACK) & (later[:, connection] > CONNECTION_BACK)
    days = fit.days_of(member)

    def same_day(quantity: str, row: int) -> Finding:
        return find(
            POINTS_PER_UNIT * first[:, row],
            quantity=quantity,
            about=STATE_NAMES[row],
            days=days,
            words={"lower": first[:, row] < 0, "higher": first[:, row] > 0},
            sure=SURE_DIRECTION,
            refused=refused,
            notes=fit.notes_of((row,)),
        )

    return Repair(
        conflicts=conflicts,
        collapse=same_day("collapse", own),
        withdrawal=same_day("withdrawal", connection),
        after_two_days=find(
            POINTS_PER_UNIT * later[:, own],
            quantity="after_two_days",
            about=f"{STATE_NAMES[connection]},{STATE_NAMES[own]}",
            days=days,
            words={"repaired": back, "still_down": ~back},
            sure=SURE_BAND,
            refused=refused,
            notes=fit.notes_of((connection, own)),
        ),
    )


@dataclass(frozen=True)
class DirectAnswers:
    """What one member said about their friction days: own counts, no model.

    Parameters
    ----------
    conflicts
        Days with friction.
    answered
        How many of them have an answer to "have you found your way back".
    found_back
        Lowest, middle and highest tap of those (0 not yet, 10 fully); ``None`` without any.
    ways
        On how many days each way of being in it was ticked.
    """

    conflicts: int
    answered: int
    found_back: tuple[float, float, float] | None
    ways: Mapping[str, int]


def direct_answers(
    found_back: Sequence[float | None], ways: Sequence[Collection[str]]
) -> DirectAnswers:
    """Count the direct answers of one member, one entry a friction day.

    Raises
    ------
    DataError
        If the two do not have one entry a day each.
    """
    if len(found_back) != len(ways):
        raise DataError("found_back and ways need one entry for each day with friction.")
    taps = [tap for tap in found_back if tap is not None]
    low, middle, high = np.quantile(taps, (0.0, 0.5, 1.0)) if taps else (0.0, 0.0, 0.0)
    return DirectAnswers(
        conflicts=len(ways),
        answered=len(taps),
        found_back=(float(low), float(middle), float(high)) if taps else None,
        ways=dict(sorted(Counter(way for day in ways for way in set(day)).items())),
    )
