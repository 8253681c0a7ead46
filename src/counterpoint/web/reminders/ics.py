"""Own times as calendar entries (RFC 5545, RFC 7986): a wall clock and a zone, nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from icalendar import Alarm, Calendar, Event

from counterpoint.domain.diary import local_day, zone_named
from counterpoint.web.accounts.models import User
from counterpoint.web.reminders.kinds import SUNDAY, Kind
from counterpoint.web.reminders.message import site_name
from counterpoint.web.reminders.models import ReminderChoice
from counterpoint.web.reminders.queries import times_of

TITLES: dict[str, str | Promise] = {
    "minute": gettext_lazy("A minute"),
    "evening": gettext_lazy("Evening"),
    "notes": gettext_lazy("Notes"),
    "tea": gettext_lazy("Tea"),
    "plants": gettext_lazy("Water the plants"),
}
"""What an entry may be called. None says what it is about."""

REFRESH = timedelta(hours=12)
LASTS = timedelta(minutes=5)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONE_YEARS = timedelta(days=5 * 366)


def calendar_of(owner: User, choice: ReminderChoice) -> bytes:
    """Return somebody's own times as a calendar file.

    It follows from what they chose and from their zone, and from nothing they answered.
    """
    with translation.override(owner.language):
        title = str(TITLES.get(choice.title, TITLES["minute"]))
    book = Calendar()
    book.add("prodid", f"-//{site_name()}//Notes//EN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("calscale", "GREGORIAN")
    book.add("name", title)
    book.add("x-wr-calname", title)
    book.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    book.add("x-published-ttl", REFRESH)
    since = max(_first_day(owner, choice), choice.paused_until or date.min)
    times = times_of(choice)
    rows = (
        (Kind.EVENING, times.evening_at, times.evening_days),
        (Kind.SUNDAY, times.sunday_at, frozenset({SUNDAY})),
    )
    for kind, at, weekdays in rows:
        if at is not None and weekdays:
            first = since
            while first.weekday() not in weekdays:
                first += timedelta(days=1)
            entry = _entry(datetime.combine(first, at, tzinfo=zone_named(owner.zone)), weekdays)
            entry.add("uid", f"{_mark(owner, kind)}@{site_name()}")
            entry.add("dtstamp", choice.changed_at)
            entry.add("summary", title)
            if choice.alarm:
                entry.add_component(_bell(title))
            book.add_component(entry)
    book.add_missing_timezones(first_date=since - ZONE_YEARS, last_date=since + ZONE_YEARS)
    return bytes(book.to_ical())


def _entry(first: datetime, weekdays: frozenset[int]) -> Event:
    entry = Event()
    entry.add("dtstart", first)
    entry.add("duration", LASTS)
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    entry.add("rrule", {"freq": "weekly", "byday": [WEEKDAYS[day] for day in sorted(weekdays)]})
    return entry


def _bell(title: str) -> Alarm:
    bell = Alarm()
    bell.add("action", "DISPLAY")
    bell.add("description", title)
    bell.add("trigger", timedelta(0))
    return bell


def _first_day(owner: User, choice: ReminderChoice) -> date:
    return local_day(choice.changed_at, owner.zone)


def _mark(owner: User, kind: Kind) -> str:
    """Return what an entry is known by: the same for good, and telling nothing."""
    key = f"{owner.pk}|{kind}"
    return salted_hmac("reminders.entry", key, algorithm="sha256").hexdigest()[:32]
