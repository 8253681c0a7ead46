"""The day of a check-in: 04:00 on the person's own clock, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from checkins import write
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.diary.models import Checkin
from counterpoint.web.diary.services import ClosedDayError
from factories import browser_of


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Europe/Berlin", datetime(2026, 3, 10, 2, 59, tzinfo=UTC), date(2026, 3, 9)),
        ("Europe/Berlin", datetime(2026, 3, 10, 3, 0, tzinfo=UTC), date(2026, 3, 10)),
        # clocks forward at 01:00 UTC: 04:00 there is 02:00 UTC
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 59, tzinfo=UTC), date(2026, 3, 28)),
        ("Europe/Berlin", datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29)),
        # clocks back at 01:00 UTC: 04:00 there is 03:00 UTC
        ("Europe/Berlin", datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24)),
        ("Europe/Berlin", datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25)),
        ("Pacific/Kiritimati", datetime(2026, 3, 9, 14, 0, tzinfo=UTC), date(2026, 3, 10)),
        ("Pacific/Pago_Pago", datetime(2026, 3, 10, 14, 59, tzinfo=UTC), date(2026, 3, 9)),
        ("Asia/Kathmandu", datetime(2028, 2, 28, 22, 15, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_the_check_in_opens_on_the_day_of_the_persons_own_clock(
    owner: User, zone: str, moment: datetime, day: date
) -> None:
    owner.zone = zone
    owner.save()
    with time_machine.travel(moment, tick=False):
        answer = browser_of(owner).get("/checkin/")
        assert answer["Location"] == f"/checkin/{day.isoformat()}/1/"


def test_an_evening_page_sent_after_four_still_writes_the_day_it_was_about(owner: User) -> None:
    evening = datetime(2026, 3, 10, 22, 50, tzinfo=UTC)
    with time_machine.travel(evening, tick=False) as clocks:
        browser = browser_of(owner)
        page = browser.get("/checkin/2026-03-10/1/")
        key = str(page.context["form"].key)
        clocks.move_to(datetime(2026, 3, 11, 3, 5, tzinfo=UTC))  # 04:05 in Berlin
        browser = browser_of(owner)
        answer = browser.post(
            "/checkin/2026-03-10/1/", {"submission_key": key, "c1": "6", "s1": "5"}
        )
        assert answer["Location"] == "/checkin/2026-03-10/1/more/"
    row = Checkin.objects.get()
    assert row.about_on == date(2026, 3, 10)
    assert row.recorded_at == datetime(2026, 3, 11, 3, 5, tzinfo=UTC)


def test_a_page_sent_two_days_late_is_refused_with_everything_still_in_it(owner: User) -> None:
    with time_machine.travel(datetime(2026, 3, 10, 20, tzinfo=UTC), tick=False):
        write(owner, date(2026, 3, 10), c1=5)
    with time_machine.travel(datetime(2026, 3, 12, 9, tzinfo=UTC), tick=False):
        answer = browser_of(owner).post(
            "/checkin/2026-03-10/1/more/",
            {"submission_key": "7f2b3f0e-57c5-4d08-8f0e-7a3b6f1d2c11", "line": "Rain, and soup."},
        )
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "This day is closed" in page
        assert "Rain, and soup." in page
    assert Checkin.objects.get().line_sealed is None


def test_who_travels_west_keeps_the_day_and_writes_no_day_twice(owner: User) -> None:
    owner.zone = "Pacific/Auckland"
    owner.save()
    with time_machine.travel(datetime(2026, 3, 10, 8, tzinfo=UTC), tick=False) as clocks:
        write(owner, clock.today(owner.zone), c1=5)  # the evening of the tenth
        owner.zone = "Pacific/Honolulu"
        owner.save()
        clocks.move_to(datetime(2026, 3, 11, 8, tzinfo=UTC))  # the evening of the tenth, again
        row = write(owner, clock.today(owner.zone), c1=7)
    assert row.about_on == date(2026, 3, 10)
    assert list(Checkin.objects.values_list("about_on", "c1")) == [(date(2026, 3, 10), 7)]


def test_who_travels_east_finds_no_day_closed_before_its_time(owner: User) -> None:
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False) as clocks:
        write(owner, date(2026, 3, 10), c1=5)
        owner.zone = "Pacific/Kiritimati"
        clocks.move_to(datetime(2026, 3, 10, 15, tzinfo=UTC))  # the eleventh there
        assert write(owner, date(2026, 3, 10), c1=6).c1 == 6  # yesterday there
        with pytest.raises(ClosedDayError):
            write(owner, date(2026, 3, 9), c1=6)
