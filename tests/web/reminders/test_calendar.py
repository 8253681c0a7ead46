"""One's own times as a calendar: a wall clock, a zone, a neutral name, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Event

from checkins import write
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import change_zone, delete_person
from counterpoint.web.reminders.feeds import end_feed, renew_feed
from counterpoint.web.reminders.ics import TITLES, calendar_of
from counterpoint.web.reminders.models import CalendarFeed
from counterpoint.web.reminders.queries import choice_of
from reminding import choose
from web.worlds import CHANCE

NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
SHOWN = re.compile(r'value="(http://testserver/calendar/[\w-]{43}\.ics)"')


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def entries(owner: User) -> dict[str, Event]:
    """Return the entries of somebody's calendar by the first of their weekdays."""
    book = Calendar.from_ical(calendar_of(owner, choice_of(owner)))
    return {row["rrule"]["BYDAY"][0]: row for row in book.walk("VEVENT")}


def test_each_time_is_one_entry_on_the_own_wall_clock(owner: User) -> None:
    choose(owner, evening_days="024", title="tea")
    found = entries(owner)
    evening, sunday = found["MO"], found["SU"]
    assert evening["dtstart"].params["TZID"] == "Europe/Berlin"
    assert evening["dtstart"].dt.replace(tzinfo=None) == datetime(2026, 3, 4, 20, 30)  # noqa: DTZ001 - wall clock
    assert evening["rrule"]["BYDAY"] == ["MO", "WE", "FR"]
    assert evening["rrule"]["FREQ"] == ["WEEKLY"]
    assert sunday["dtstart"].dt.date() == date(2026, 3, 8)
    assert sunday["dtstart"].dt.time() == time(19)
    for row in found.values():
        assert row["summary"] == "Tea"
        assert row["class"] == "PRIVATE"
        assert set(row.keys()) == {
            "UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "CLASS", "TRANSP", "RRULE",
        }  # fmt: skip
        assert not row.subcomponents


def test_the_calendar_says_how_often_to_look_and_knows_its_zone(owner: User) -> None:
    choose(owner)
    text = calendar_of(owner, choice_of(owner)).decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin" in text
    assert "VALARM" not in text


def test_it_rings_for_whoever_wants_it(owner: User) -> None:
    choose(owner, alarm=True)
    for row in entries(owner).values():
        (bell,) = row.subcomponents
        assert bell["action"] == "DISPLAY"
        assert bell["trigger"].dt == timedelta(0)
        assert bell["description"] == "A minute"


def test_entries_keep_their_mark_for_good(owner: User, stranger: User) -> None:
    choose(owner)
    before = {day: row["uid"] for day, row in entries(owner).items()}
    renew_feed(owner)
    choose(owner, evening_at=time(22), title="notes", alarm=True)
    change_zone(owner, "Australia/Lord_Howe")
    after = entries(owner)
    assert {day: row["uid"] for day, row in after.items()} == before
    assert after["MO"]["dtstart"].params["TZID"] == "Australia/Lord_Howe"
    choose(stranger)
    theirs = {row["uid"] for row in entries(stranger).values()}
    assert len(set(before.values()) | theirs) == 4
    assert not any(owner.pk.hex[:8] in uid for uid in before.values())


def test_a_rest_moves_the_first_entry(owner: User) -> None:
    choose(owner, paused_until=date(2026, 4, 2))
    assert entries(owner)["MO"]["dtstart"].dt.date() == date(2026, 4, 2)
    assert entries(owner)["SU"]["dtstart"].dt.date() == date(2026, 4, 5)


def test_whoever_wants_no_message_still_has_a_calendar(owner: User) -> None:
    choose(owner, channel="none", sundays=False)
    assert set(entries(owner)) == {"MO"}


def test_nothing_that_was_answered_changes_it(owner: User, clock: time_machine.Traveller) -> None:
    choose(owner)
    before = calendar_of(owner, choice_of(owner))
    write(owner, date(2026, 3, 4), c1=1, s1=9, e1="a_lot")
    clock.shift(timedelta(hours=9))
    assert calendar_of(owner, choice_of(owner)) == before


def test_its_names_are_neutral() -> None:
    assert {str(title) for title in TITLES.values()} == {
        "A minute", "Evening", "Notes", "Tea", "Water the plants",
    }  # fmt: skip


def test_the_address_is_shown_once_and_only_its_hash_is_kept(
    owner: User, as_owner: Client, as_nobody: Client
) -> None:
    choose(owner)
    shown = SHOWN.findall(as_owner.post("/reminders/calendar/").content.decode())
    assert len(shown) == 1
    token = shown[0].rpartition("/")[2].removesuffix(".ics")
    assert token not in str(CalendarFeed.objects.values_list().get())
    assert token not in as_owner.get("/reminders/").content.decode()
    answer = as_nobody.get(shown[0])
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == 'inline; filename="notes.ics"'
    assert not answer.cookies
    assert answer.content == calendar_of(owner, choice_of(owner))


def test_a_new_address_closes_the_old_one(owner: User, as_nobody: Client) -> None:
    old, new = renew_feed(owner), renew_feed(owner)
    assert as_nobody.get(f"/calendar/{old}.ics").status_code == 404
    assert as_nobody.get(f"/calendar/{new}.ics").status_code == 200
    end_feed(owner)
    assert as_nobody.get(f"/calendar/{new}.ics").status_code == 404
    other = renew_feed(owner)
    delete_person(owner)
    assert as_nobody.get(f"/calendar/{other}.ics").status_code == 404


def known(answer: Any, token: str) -> bytes:
    """Return a page without its chances, and without the address that was asked for."""
    return CHANCE.sub(rb'\1"', answer.content).replace(f"/calendar/{token}.ics".encode(), b"")


def test_closed_and_made_up_addresses_are_answered_alike(owner: User, as_nobody: Client) -> None:
    """The same page by the same look-up, by hash, whatever the shape of what was sent."""
    closed = renew_feed(owner)
    renew_feed(owner)
    found = []
    for token in (closed, "A" * 43, "x", closed[:-1] + "x", "y" * 300):
        with CaptureQueriesContext(connection) as seen:
            answer = as_nobody.get(f"/calendar/{token}.ics")
        (query,) = [re.sub(r"[0-9a-f]{64}", "HASH", row["sql"]) for row in seen.captured_queries]
        found.append((answer.status_code, known(answer, token), query))
    assert len(set(found)) == 1
    assert found[0][0] == 404


def test_it_can_be_taken_as_a_file(owner: User, as_owner: Client) -> None:
    choose(owner)
    answer = as_owner.get("/reminders/notes.ics")
    assert answer["Content-Disposition"] == 'attachment; filename="notes.ics"'
    assert answer.content == calendar_of(owner, choice_of(owner))


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Nuuk", "Asia/Kathmandu"])
def test_every_zone_makes_a_calendar(owner: User, zone: str) -> None:
    change_zone(owner, zone)
    choose(owner)
    first = entries(owner)["MO"]["dtstart"].dt
    assert first.utcoffset() is not None
    assert first.time() == time(20, 30)


def test_nothing_chosen_is_an_empty_calendar(owner: User) -> None:
    assert entries(owner) == {}
