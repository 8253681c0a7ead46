"""What may be answered when, and how an answer lies to a person's own usual range. Pure."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counterpoint.domain.diary import Friction, days_open

USUAL_NEEDS_DAYS = 5
"""Earlier answered days before "your usual" is spoken of."""


def is_open(day: date, moment: datetime, zone: str) -> bool:
    """Tell whether a check-in about `day` may still be written at `moment` in `zone`."""
    return day in days_open(moment, zone)


def is_friction(answer: str) -> bool:
    """Tell whether an answer to E1 said that there was friction or hurt."""
    return answer in (Friction.A_LITTLE, Friction.A_LOT)


class Against(StrEnum):
    """Where one answer lies against a person's own usual range."""

    UNKNOWN = "unknown"
    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class UsualRange:
    """Where most of a person's own earlier answers lie, in taps 0-10.

    Parameters
    ----------
    low, high
        The 15 % and 85 % points, rounded outward to whole taps, at least one tap apart.
    same
        The one tap most days share, or ``None`` where they differ.
    days
        Number of earlier answers behind it.
    """

    low: int
    high: int
    same: int | None
    days: int


def usual_range(earlier: Sequence[float]) -> UsualRange | None:
    """Return where most earlier answers lie, or nothing before there are enough of them.

    Parameters
    ----------
    earlier
        Earlier answers to one item, taps 0-10, any order.

    Returns
    -------
    UsualRange or None
        Quantiles by the inclusive method; ``None`` below `USUAL_NEEDS_DAYS` answers.
    """
    if len(earlier) < USUAL_NEEDS_DAYS:
        return None
    twentieths = statistics.quantiles(earlier, n=20, method="inclusive")
    low, high = math.floor(twentieths[2]), math.ceil(twentieths[16])
    if low < high:
        return UsualRange(low=low, high=high, same=None, days=len(earlier))
    return UsualRange(low=max(low - 1, 0), high=min(high + 1, 10), same=low, days=len(earlier))


def against_usual(answer: float | None, usual: UsualRange | None) -> Against:
    """Tell where one answer lies against a usual range; no answer or no range is unknown."""
    if answer is None or usual is None:
        return Against.UNKNOWN
    if answer < usual.low:
        return Against.BELOW
    return Against.ABOVE if answer > usual.high else Against.WITHIN
