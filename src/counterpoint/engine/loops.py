"""Adapt and detach as counts of days: in the same friction one gave in, the other shut down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from counterpoint.engine.gates import CONFLICTS_NEEDED, Reason
from counterpoint.errors import DataError

GAVE_IN = "gave_in"
SHUT_DOWN = "shut_down"
OFTEN_SHARE = 0.5


class Frequency(StrEnum):
    """How often, without a number."""

    NEVER = "never"
    NOW_AND_THEN = "now_and_then"
    OFTEN = "often"


def frequency_of(count: int, out_of: int) -> Frequency:
    """Return never, now and then, or often (on half of the days or more).

    Raises
    ------
    DataError
        If the count is negative or larger than the days.
    """
    if not 0 <= count <= out_of:
        raise DataError("a count lies between 0 and the days it is out of.")
    if count == 0:
        return Frequency.NEVER
    return Frequency.OFTEN if count >= OFTEN_SHARE * out_of else Frequency.NOW_AND_THEN


@dataclass(frozen=True)
class AdaptDetach:
    """Days of friction on which one gave in and the other shut down or stayed away.

    Parameters
    ----------
    conflicts
        Days of friction on which both said what they did in it.
    a_adapts, b_adapts
        Days on which a gave in while b shut down, and the other way round. Open diary only.
    frequency
        Either of them, for the default release: from 4 days on, ``None`` before.
    said, reason
        Whether the frequency may be told, and why not.
    """

    conflicts: int
    a_adapts: int
    b_adapts: int
    frequency: Frequency | None
    said: bool
    reason: str


def adapt_detach(
    ways_a: Sequence[Collection[str]], ways_b: Sequence[Collection[str]]
) -> AdaptDetach:
    """Count adapt-detach days.

    Parameters
    ----------
    ways_a, ways_b
        What each ticked on every day of friction, in the same order; empty where nothing was.

    Raises
    ------
    DataError
        If the two do not have one entry for each day.
    """
    if len(ways_a) != len(ways_b):
        raise DataError("both members need one entry for each day with friction.")
    both = [(a, b) for a, b in zip(ways_a, ways_b, strict=True) if a and b]
    a_adapts = sum(GAVE_IN in a and SHUT_DOWN in b for a, b in both)
    b_adapts = sum(GAVE_IN in b and SHUT_DOWN in a for a, b in both)
    either = sum(
        (GAVE_IN in a and SHUT_DOWN in b) or (GAVE_IN in b and SHUT_DOWN in a) for a, b in both
    )
    enough = len(both) >= CONFLICTS_NEEDED
    return AdaptDetach(
        conflicts=len(both),
        a_adapts=a_adapts,
        b_adapts=b_adapts,
        frequency=frequency_of(either, len(both)) if enough else None,
        said=enough,
        reason="" if enough else Reason.TOO_FEW_CONFLICTS,
    )
