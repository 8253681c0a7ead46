"""How two voices go on from one day to the next: the same way, opposite ways, or one of them.

Musicians call these parallel, contrary and oblique motion. A piece needs all of them, and so the
words are a language without blame: none is better than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from counterpoint.content import Content
from counterpoint.pictures.days import DayNotes
from counterpoint.pictures.wording import listed

MOVES_FROM = 10.0
"""Points from which a voice has moved: one tap of the scale, one step of the staff."""


class Motion(StrEnum):
    """What two voices did from one day to the next."""

    PARALLEL = "parallel"
    CONTRARY = "contrary"
    OBLIQUE = "oblique"
    REST = "rest"


def motions(one: Sequence[DayNotes], two: Sequence[DayNotes]) -> tuple[Motion | None, ...]:
    """Return the motion into each day, ``None`` where a voice is not known on it or the day before.

    Parameters
    ----------
    one, two
        The same days of both voices, in order.
    """
    ways = zip(_ways(one), _ways(two), strict=True)
    return tuple(None if a is None or b is None else _motion(a, b) for a, b in ways)


def tell_motions(found: Sequence[Motion | None], said: Content) -> str:
    """Say how often each motion was there; empty where no two days can be held together."""
    counts = {motion: sum(1 for one in found if one is motion) for motion in Motion}
    parts = [
        said.phrase(f"picture.motion.told.{motion.value}", times=_times(count, said))
        for motion, count in counts.items()
        if count
    ]
    return said.phrase("picture.motion.said", motions=listed(parts, said)) if parts else ""


def _ways(days: Sequence[DayNotes]) -> Iterator[int | None]:
    """Yield whether a voice went up (1), down (-1) or stayed (0) into each day, if it is known."""
    before: float | None = None
    for day in days:
        now = day.self
        if before is None or now is None:
            yield None
        else:
            change = now - before
            yield 0 if abs(change) < MOVES_FROM else (1 if change > 0 else -1)
        before = now


def _motion(one: int, two: int) -> Motion:
    if one == 0 and two == 0:
        return Motion.REST
    if one == 0 or two == 0:
        return Motion.OBLIQUE
    return Motion.PARALLEL if one == two else Motion.CONTRARY


def _times(count: int, said: Content) -> str:
    kind = {1: "once", 2: "twice"}.get(count, "times")
    return said.phrase(f"picture.{kind}", n=count)
