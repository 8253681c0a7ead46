"""The week of a page for two, and the first Sunday of a month: one calendar for everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from counterpoint.domain.diary import local_day

SETTLED_AFTER_DAYS = 3
"""A joint picture rests on days that nobody, in any time zone, could still add when it turned."""

SUNDAY = 6

WEEK = timedelta(days=7)

TURN = time(4, tzinfo=UTC)
"""The week turns on Sundays at this time, for everybody at the same moment."""


def last_turn(now: datetime) -> datetime:
    """Return the last turn of the week at or before a moment: a Sunday, 04:00 UTC."""
    day = local_day(now, "UTC")
    return datetime.combine(day - timedelta(days=(day.weekday() - SUNDAY) % 7), TURN)


def next_turn(now: datetime) -> datetime:
    """Return the first turn of the week after a moment."""
    return last_turn(now) + WEEK


def is_release_day(now: datetime) -> bool:
    """Whether a joint picture may be made at this moment: the first Sunday of a month."""
    day = local_day(now, "UTC")
    return day.weekday() == SUNDAY and day.day <= WEEK.days


def last_release_moment(now: datetime) -> datetime:
    """Return the newest moment up to now at which a joint picture could be made."""
    moment = now
    while not is_release_day(moment):
        moment = last_turn(moment - timedelta(days=1))
    return moment


def month_of(now: datetime) -> str:
    """Return the month a picture made at this moment belongs to, such as ``2026-11``."""
    return local_day(now, "UTC").strftime("%Y-%m")


def last_held_day(now: datetime) -> date:
    """Return the newest day that may go into a joint picture made at this moment.

    By the turn of the week that day is closed everywhere on earth. What somebody writes on the
    Sunday itself can therefore not bring a picture about, which would show that they wrote.
    """
    return last_turn(now).date() - timedelta(days=SETTLED_AFTER_DAYS)


def week_number(now: datetime) -> int:
    """Return the running number of the week, the same for everybody; it picks the question."""
    return last_turn(now).date().toordinal() // WEEK.days


def are_cards_turned(mine_laid: bool, theirs_laid: bool, ended_at: datetime | None) -> bool:
    """Whether the two cards of a week are shown: both lie there and nobody left."""
    return mine_laid and theirs_laid and ended_at is None
