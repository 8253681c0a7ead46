"""When a reminder is due: once on every local day, through switches of clocks and travel."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counterpoint.domain.diary import day_exists, local_day
from counterpoint.web.reminders.kinds import Kind
from counterpoint.web.reminders.rules import Due, Times, is_late, moment_of, next_due, retry_after

BERLIN, LORD_HOWE, APIA = "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"
KIRITIMATI, HONOLULU, AUCKLAND = "Pacific/Kiritimati", "Pacific/Honolulu", "Pacific/Auckland"
NUUK = "America/Nuuk"
DAILY = Times(time(20, 30), frozenset(range(6)), time(20, 30))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]  # a moment from its numbers


@pytest.mark.parametrize(
    ("day", "at", "zone", "moment"),
    [
        (date(2026, 3, 28), time(20, 30), BERLIN, utc(2026, 3, 28, 19, 30)),
        (date(2026, 3, 29), time(20, 30), BERLIN, utc(2026, 3, 29, 18, 30)),
        (date(2026, 10, 24), time(20, 30), BERLIN, utc(2026, 10, 24, 18, 30)),
        (date(2026, 10, 25), time(20, 30), BERLIN, utc(2026, 10, 25, 19, 30)),
        # the hour that does not come: the first moment after it; the one that comes twice: once
        (date(2026, 3, 29), time(2, 30), BERLIN, utc(2026, 3, 29, 1)),
        (date(2026, 3, 29), time(2), BERLIN, utc(2026, 3, 29, 1)),
        (date(2026, 3, 29), time(3), BERLIN, utc(2026, 3, 29, 1)),
        (date(2026, 10, 25), time(2, 30), BERLIN, utc(2026, 10, 25, 0, 30)),
        # half an hour, in the other half of the world
        (date(2026, 10, 4), time(2, 15), LORD_HOWE, utc(2026, 10, 3, 15, 30)),
        (date(2026, 4, 5), time(1, 45), LORD_HOWE, utc(2026, 4, 4, 14, 45)),
        (date(2026, 4, 4), time(20, 30), LORD_HOWE, utc(2026, 4, 4, 9, 30)),
        (date(2026, 4, 5), time(20, 30), LORD_HOWE, utc(2026, 4, 5, 10)),
        # the date that was left out
        (date(2011, 12, 29), time(20, 30), APIA, utc(2011, 12, 30, 6, 30)),
        (date(2011, 12, 30), time(20, 30), APIA, None),
        (date(2011, 12, 31), time(20, 30), APIA, utc(2011, 12, 31, 6, 30)),
        (date(1994, 12, 31), time(20, 30), KIRITIMATI, None),
        (date(2026, 1, 1), time(20, 30), KIRITIMATI, utc(2026, 1, 1, 6, 30)),
        # a gap that ends with its day: the evening of Saturday comes at midnight
        (date(2026, 3, 28), time(23, 30), NUUK, utc(2026, 3, 29, 1)),
    ],
)
def test_the_moment_of_a_wall_time(day: date, at: time, zone: str, moment: datetime | None) -> None:
    assert moment_of(day, at, zone) == moment


def follow(times: Times, zone: str, start: datetime, count: int) -> list[Due]:
    """Return the next reminders, each planned when the one before was settled."""
    found: list[Due] = []
    for _ in range(count):
        last = found[-1] if found else None
        due = next_due(
            times,
            zone,
            start if last is None else last.at,
            not_before=None if last is None else last.day + timedelta(days=1),
        )
        assert due is not None
        found.append(due)
    return found


def test_apia_has_one_on_the_29th_and_the_next_on_the_31st() -> None:
    days = [due.day for due in follow(DAILY, APIA, utc(2011, 12, 29, 6, 30), 3)]
    assert days == [date(2011, 12, 29), date(2011, 12, 31), date(2012, 1, 1)]


def test_evenings_and_sundays_each_have_their_time() -> None:
    times = Times(time(21), frozenset({0, 4}), time(18))
    found = follow(times, BERLIN, utc(2026, 3, 4, 12), 4)
    assert [(due.kind, due.day.isoformat(), due.at.astimezone(ZoneInfo(BERLIN)).time())
            for due in found] == [
        (Kind.EVENING, "2026-03-06", time(21)),
        (Kind.SUNDAY, "2026-03-08", time(18)),
        (Kind.EVENING, "2026-03-09", time(21)),
        (Kind.EVENING, "2026-03-13", time(21)),
    ]  # fmt: skip


def test_nothing_chosen_is_nothing_due() -> None:
    assert next_due(Times(), BERLIN, utc(2026, 3, 4)) is None


def test_a_pause_moves_the_next_one_to_its_end() -> None:
    due = next_due(DAILY, BERLIN, utc(2026, 3, 4), not_before=date(2026, 5, 1))
    assert due == Due(Kind.EVENING, date(2026, 5, 1), utc(2026, 5, 1, 18, 30))


@pytest.mark.parametrize(
    ("before", "after", "moved_at", "next_day"),
    [
        # reminded on the 4th in Auckland; in Honolulu the 4th comes once more, and stays quiet
        (AUCKLAND, HONOLULU, utc(2026, 3, 4, 12), date(2026, 3, 5)),
        # reminded on the 4th in Honolulu; in Auckland it is the 5th, its evening still to come
        (HONOLULU, AUCKLAND, utc(2026, 3, 5, 6, 45), date(2026, 3, 5)),
        # in Kiritimati the evening of the 5th is over already: the 6th
        (HONOLULU, KIRITIMATI, utc(2026, 3, 5, 6, 45), date(2026, 3, 6)),
        (BERLIN, LORD_HOWE, utc(2026, 3, 4, 20), date(2026, 3, 5)),
        (LORD_HOWE, BERLIN, utc(2026, 3, 4, 12), date(2026, 3, 5)),
    ],
)
def test_across_the_date_line_no_day_comes_twice(
    before: str, after: str, moved_at: datetime, next_day: date
) -> None:
    reminded = moment_of(date(2026, 3, 4), time(20, 30), before)
    assert reminded is not None
    assert reminded < moved_at
    due = next_due(DAILY, after, moved_at, not_before=date(2026, 3, 5))
    assert due is not None
    assert due.day == next_day


ZONES = st.sampled_from(sorted(available_timezones()))
WALLS = st.times(min_value=time(4), max_value=time(23, 59)).map(lambda at: at.replace(second=0))
DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 1))


@given(zone=ZONES, at=WALLS, first=DATES)
@example(zone=APIA, at=time(20, 30), first=date(2011, 12, 20))
@example(zone="Pacific/Kwajalein", at=time(20, 30), first=date(1969, 9, 25))
@example(zone="Pacific/Kwajalein", at=time(20, 30), first=date(1993, 8, 15))
@example(zone=NUUK, at=time(23, 30), first=date(2026, 3, 25))
def test_every_local_day_has_exactly_one_moment(zone: str, at: time, first: date) -> None:
    """The chain of reminders visits each date the local calendar has, once, and in order."""
    times = Times(at, frozenset(range(6)), at)
    there = ZoneInfo(zone)
    start = datetime.combine(first, time(12), tzinfo=there).astimezone(UTC) - timedelta(days=2)
    found = follow(times, zone, start, 12)
    begin, end = found[0].day, found[-1].day
    span = [begin + timedelta(days=at) for at in range((end - begin).days + 1)]
    assert [due.day for due in found] == [day for day in span if day_exists(day, zone)]
    moments = [due.at for due in found]
    assert moments == sorted(set(moments))
    assert [local_day(due.at, zone) for due in found] == [due.day for due in found]


@given(
    zones=st.lists(ZONES, min_size=2, max_size=6),
    hours=st.lists(st.integers(0, 60), min_size=6, max_size=6),
    at=WALLS,
    first=DATES,
)
def test_whoever_travels_is_never_reminded_of_a_day_twice(
    zones: list[str], hours: list[int], at: time, first: date
) -> None:
    """The zone changes at any time of day; whatever is due by then is settled first."""
    times = Times(at, frozenset(range(6)), at)
    now = datetime.combine(first, time(12), tzinfo=UTC)
    settled: date | None = None
    days: list[date] = []
    for zone, stay in zip(zones, hours, strict=False):
        leaves = now + timedelta(hours=stay)
        while True:
            not_before = None if settled is None else settled + timedelta(days=1)
            due = next_due(times, zone, now, not_before=not_before)
            if due is None or due.at > leaves:
                break
            days.append(due.day)
            settled, now = due.day, due.at
        now = leaves
    assert days == sorted(set(days))


def test_what_is_two_hours_late_is_late() -> None:
    assert not is_late(utc(2026, 3, 4, 20), utc(2026, 3, 4, 22))
    assert is_late(utc(2026, 3, 4, 20), utc(2026, 3, 4, 22, 1))


def test_a_mail_server_is_asked_again_after_longer_pauses() -> None:
    assert [retry_after(n).seconds // 60 for n in range(1, 7)] == [1, 2, 4, 8, 15, 15]
