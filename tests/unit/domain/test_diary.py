"""The local day, across every oddity of wall clocks."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.domain.diary import SLOTS, Friction, Together, days_open, local_day, zone_named
from counterpoint.errors import DataError

ZONES = sorted(zoneinfo.available_timezones())
MOMENTS = st.integers(0, 2_145_916_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        # the day ends at four, not at midnight
        ("2026-06-10T01:59:59", "Europe/Berlin", date(2026, 6, 9)),
        ("2026-06-10T02:00:00", "Europe/Berlin", date(2026, 6, 10)),
        ("2026-06-10T03:59:59.999999", "UTC", date(2026, 6, 9)),
        ("2026-06-10T04:00:00", "UTC", date(2026, 6, 10)),
        # spring forward in Berlin: 02:00 becomes 03:00 at 01:00 UTC, four is two hours after
        ("2026-03-29T01:59:59", "Europe/Berlin", date(2026, 3, 28)),
        ("2026-03-29T02:00:00", "Europe/Berlin", date(2026, 3, 29)),
        # fall back in Berlin: 03:00 becomes 02:00 at 01:00 UTC
        ("2026-10-25T02:59:59", "Europe/Berlin", date(2026, 10, 24)),
        ("2026-10-25T03:00:00", "Europe/Berlin", date(2026, 10, 25)),
        # ends of the world
        ("2026-01-01T13:59:59", "Etc/GMT-14", date(2026, 1, 1)),
        ("2026-01-01T14:00:00", "Etc/GMT-14", date(2026, 1, 2)),
        ("2026-01-01T15:59:59", "Etc/GMT+12", date(2025, 12, 31)),
        ("2026-01-01T16:00:00", "Etc/GMT+12", date(2026, 1, 1)),
        # leap day
        ("2028-02-29T03:59:59", "UTC", date(2028, 2, 28)),
        ("2028-03-01T03:59:59", "UTC", date(2028, 2, 29)),
        # a quarter-hour zone
        ("2026-06-09T22:14:59", "Asia/Kathmandu", date(2026, 6, 9)),
        ("2026-06-09T22:15:00", "Asia/Kathmandu", date(2026, 6, 10)),
        # Apia had no 30 December 2011: 29th until midnight, then the 31st
        ("2011-12-30T09:59:59", "Pacific/Apia", date(2011, 12, 29)),
        ("2011-12-30T10:00:00", "Pacific/Apia", date(2011, 12, 29)),
        ("2011-12-30T13:59:59", "Pacific/Apia", date(2011, 12, 29)),
        ("2011-12-30T14:00:00", "Pacific/Apia", date(2011, 12, 31)),
    ],
)
def test_local_day(moment: str, zone: str, day: date) -> None:
    assert local_day(at(moment), zone) == day


def test_clocks_put_back_past_four_keep_the_new_day() -> None:
    # Casey put its clocks back from 02:00 to 23:00 on 5 March 2010: the 4th goes on
    before = at("2010-03-04T14:59:59")
    assert local_day(before, "Antarctica/Casey") == date(2010, 3, 4)
    assert local_day(before + timedelta(hours=4), "Antarctica/Casey") == date(2010, 3, 4)
    # Kwajalein had 30 September 1969 twice; the first run's four o'clock opened the day for good
    assert local_day(at("1969-09-29T17:00:00"), "Pacific/Kwajalein") == date(1969, 9, 30)
    assert local_day(at("1969-09-30T13:30:00"), "Pacific/Kwajalein") == date(1969, 9, 30)


def test_days_open_pass_over_a_date_that_never_was() -> None:
    assert days_open(at("2011-12-31T00:00:00"), "Pacific/Apia") == (
        date(2011, 12, 31),
        date(2011, 12, 29),
    )
    assert days_open(at("2028-03-01T12:00:00"), "UTC") == (date(2028, 3, 1), date(2028, 2, 29))
    assert days_open(at("2026-01-01T03:00:00"), "UTC") == (date(2025, 12, 31), date(2025, 12, 30))


def test_the_moment_counts_and_not_how_it_is_written() -> None:
    moment = at("2026-06-10T01:59:59")
    elsewhere = moment.astimezone(zoneinfo.ZoneInfo("America/Los_Angeles"))
    assert local_day(elsewhere, "Europe/Berlin") == local_day(moment, "Europe/Berlin")


@given(
    zone=st.sampled_from(ZONES),
    earlier=MOMENTS,
    minutes=st.integers(1, 3 * 24 * 60),
)
def test_days_only_ever_move_forward(zone: str, earlier: datetime, minutes: int) -> None:
    later = earlier + timedelta(minutes=minutes)
    assert local_day(earlier, zone) <= local_day(later, zone)


@given(
    zone=st.sampled_from(ZONES),
    moment=MOMENTS,
)
def test_today_and_yesterday_are_two_dates_of_the_local_calendar(
    zone: str, moment: datetime
) -> None:
    today, yesterday = days_open(moment, zone)
    assert timedelta(days=1) <= today - yesterday <= timedelta(days=2)
    there = zone_named(zone)
    for day in (today, yesterday):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=there)
        assert noon.astimezone(UTC).astimezone(there).date() == day


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd", "Europe/Ber\x00lin"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(DataError, match="is no time zone; give an IANA name"):
        local_day(at("2026-06-10T12:00:00"), zone)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(DataError, match="needs a time zone"):
        local_day(datetime(2026, 6, 10, 12), "UTC")  # noqa: DTZ001  # naive on purpose


def test_choices_of_a_checkin_carry_their_weights() -> None:
    assert {word.value: word.weight for word in Together} == {
        "hardly_any": 0.5,
        "some": 1.0,
        "a_lot": 1.5,
    }
    assert {word.value: word.weight for word in Friction} == {
        "no": 0.0,
        "a_little": 0.5,
        "a_lot": 1.0,
    }
    assert SLOTS == (1, 2)
