"""Which week a look is about. Pure.

A week runs from Monday to Sunday on the person's own calendar. It is looked at from its Sunday to
the Wednesday after, so that a missed Sunday is no loss and nobody writes a week from far away.
"""

from __future__ import annotations

from datetime import date, timedelta

SUNDAY = 6
OPEN_FOR_DAYS = 4
"""Sunday and the three days after it."""


def week_open(today: date) -> date | None:
    """Return the Sunday of the week that can be looked at today, ``None`` from Thursday on."""
    since = (today.weekday() - SUNDAY) % 7
    return today - timedelta(days=since) if since < OPEN_FOR_DAYS else None


def next_sunday(today: date) -> date:
    """Return the first Sunday after today."""
    return today + timedelta(days=(SUNDAY - today.weekday() - 1) % 7 + 1)


def first_day(week_ends_on: date) -> date:
    """Return the Monday of a week."""
    return week_ends_on - timedelta(days=6)
