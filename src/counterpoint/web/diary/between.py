"""What a joint picture reads beside the model's days: room or closeness, and days of friction.

Every function takes the owner and returns that person's own answers only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from counterpoint.web.accounts.models import User
from counterpoint.web.diary import rules
from counterpoint.web.diary.models import Checkin

AS_IT_IS = 5
FOUND_BACK_FROM = 7
"""Tap from which the way back to each other counts as found (0 not yet, 10 fully)."""


@dataclass(frozen=True, slots=True)
class EveningBetween:
    """What one person said of one day about the two of them.

    Parameters
    ----------
    day
        Local day.
    room
        From -5 (more room) over 0 (as it is) to 5 (more closeness); ``None`` where not said.
    is_friction
        Whether there was friction.
    ways
        What was ticked about it; empty where nothing was.
    found_back
        Whether the two had found their way back; ``None`` where not said.
    """

    day: date
    room: float | None
    is_friction: bool
    ways: frozenset[str]
    found_back: bool | None


def evenings_between(owner: User) -> tuple[EveningBetween, ...]:
    """Return the owner's evenings, oldest first; two check-ins of a day are put together.

    Room is their mean, what was ticked their union, the way back the later word on it.
    """
    rows = (
        Checkin.objects.filter(owner=owner)
        .order_by("about_on", "slot")
        .values_list("about_on", "w", "e1", "e3", "e2", "e2_next")
    )
    return tuple(_evening(day, list(group)) for day, group in groupby(rows, lambda row: row[0]))


def _evening(day: date, rows: list[tuple[Any, ...]]) -> EveningBetween:
    rooms = [row[1] - AS_IT_IS for row in rows if row[1] is not None]
    words = [tap for row in rows for tap in (row[4], row[5]) if tap is not None]
    return EveningBetween(
        day=day,
        room=sum(rooms) / len(rooms) if rooms else None,
        is_friction=any(rules.is_friction(row[2]) for row in rows),
        ways=frozenset(way for row in rows for way in row[3] or ()),
        found_back=words[-1] >= FOUND_BACK_FROM if words else None,
    )
