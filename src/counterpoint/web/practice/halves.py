"""The two halves of the healthier question, first and last, in own words and own taps. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterpoint.web.diary.looks import Half

TOO_FEW = 6
"""With fewer answers there are not three on either side to lay side by side."""
ALL_COUNT_BELOW = 5
"""Of five answers or more, the highest and the lowest are set aside: the rest are most."""


@dataclass(frozen=True, slots=True)
class HalfToldBack:
    """One half, as it can be told back.

    Parameters
    ----------
    first, last
        First and last own words; empty where there are none, `last` also where they are the same.
    answers
        How many taps there are.
    then, now
        Between which taps most answers of the earlier and of the later part lie; ``None`` while
        there are too few.
    """

    first: str
    last: str
    answers: int
    then: tuple[int, int] | None
    now: tuple[int, int] | None


def tell_half(answers: Sequence[Half]) -> HalfToldBack | None:
    """Return one half as it can be told back, ``None`` where nothing was answered at all.

    Parameters
    ----------
    answers
        Oldest first. Words that cannot be read are passed over.
    """
    taps = [one.tap for one in answers if one.tap is not None]
    lines = [one.line for one in answers if one.line]
    if not taps and not lines:
        return None
    side = len(taps) // 2
    is_told = len(taps) >= TOO_FEW
    return HalfToldBack(
        first=lines[0] if lines else "",
        last=lines[-1] if len(lines) > 1 else "",
        answers=len(taps),
        then=_most(taps[:side]) if is_told else None,
        now=_most(taps[-side:]) if is_told else None,
    )


def _most(taps: Sequence[int]) -> tuple[int, int]:
    ordered = sorted(taps)
    if len(ordered) >= ALL_COUNT_BELOW:
        ordered = ordered[1:-1]
    return ordered[0], ordered[-1]
