"""When a reminder is due, and whether it still is worth sending. Pure.

A reminder belongs to one local day. Its time lies between 04:00, when a day begins, and
midnight, so that the date on the wall is the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from counterpoint.domain.diary import DAY_ENDS_AT, day_exists, zone_named
from counterpoint.web.reminders.kinds import SUNDAY, Kind

LATE = timedelta(hours=2)
"""A reminder that could not be sent for this long is let go."""
LOOK_AHEAD_DAYS = 16
"""Days that hold a Sunday for certain, even where a calendar left days out."""
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Times:
    """The wall-clock times somebody chose.

    Parameters
    ----------
    evening_at
        Time of the evening reminder; ``None`` where there is none.
    evening_days
        Weekdays 0-5 (Monday to Saturday) it comes on.
    sunday_at
        Time on Sundays; ``None`` where there is none.
    """

    evening_at: time | None = None
    evening_days: frozenset[int] = frozenset()
    sunday_at: time | None = None

    def of(self, day: date) -> tuple[Kind, time] | None:
        """Return what a day brings, and at what time; one thing at most."""
        if day.weekday() == SUNDAY:
            return None if self.sunday_at is None else (Kind.SUNDAY, self.sunday_at)
        if self.evening_at is None or day.weekday() not in self.evening_days:
            return None
        return Kind.EVENING, self.evening_at


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder to come: of what kind, for which local day, at which moment (UTC)."""

    kind: Kind
    day: date
    at: datetime


def is_time(at: time) -> bool:
    """Whether a reminder can have this time: from 04:00 to midnight."""
    return at >= DAY_ENDS_AT


def moment_of(day: date, at: time, zone: str) -> datetime | None:
    """Return the one moment at which a wall clock shows a time on a day.

    Parameters
    ----------
    day, at
        Local date and wall-clock time.
    zone
        IANA name.

    Returns
    -------
    datetime.datetime or None
        In UTC. Where clocks were put forward over that time, the first moment after; where they
        were put back and it comes twice, the first of the two; ``None`` for a date the local
        calendar left out.
    """
    if not day_exists(day, zone):
        return None
    there = zone_named(zone)
    wall = datetime.combine(day, at)
    first = wall.replace(tzinfo=there).astimezone(UTC)
    if first.astimezone(there).replace(tzinfo=None) == wall:
        return first
    before, after = wall.replace(tzinfo=there, fold=1).astimezone(UTC), first
    new = after.astimezone(there).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(there).utcoffset() == new:
            after = middle
        else:
            before = middle
    return after


def next_due(
    times: Times, zone: str, after: datetime, *, not_before: date | None = None
) -> Due | None:
    """Return the first reminder after a moment.

    Parameters
    ----------
    times
        What was chosen.
    zone
        IANA name of the zone the person lives in now.
    after
        Aware; only later moments count.
    not_before
        First local day that may be reminded of: the day after the last one that was, or the end
        of a pause. So no day comes twice, wherever somebody travels.

    Returns
    -------
    Due or None
        ``None`` where nothing is wanted.
    """
    first = after.astimezone(zone_named(zone)).date() - timedelta(days=1)
    first = first if not_before is None else max(first, not_before)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = first + timedelta(days=ahead)
        wanted = times.of(day)
        if wanted is None:
            continue
        at = moment_of(day, wanted[1], zone)
        if at is not None and at > after:
            return Due(wanted[0], day, at)
    return None


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether a reminder comes too late to be kind."""
    return now - due_at > LATE


def retry_after(attempts: int) -> timedelta:
    """Return the pause after a mail server refused for the nth time: 1, 2, 4, 8, 15 minutes."""
    pause: timedelta = FIRST_RETRY * 2 ** (attempts - 1)
    return min(pause, LONGEST_RETRY)
