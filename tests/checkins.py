"""Writing check-ins in tests, through the same door as the pages."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User
    from counterpoint.web.diary.models import Checkin


def write(owner: User, day: date, slot: int = 1, **answers: Any) -> Checkin:
    """Write the first screen of a day that is open."""
    from counterpoint.web.diary.services import ScreenOne, record_screen_one

    row = record_screen_one(owner, day, slot, ScreenOne(**answers), key=uuid.uuid4())
    assert row is not None
    return row


def write_more(owner: User, day: date, slot: int = 1, **answers: Any) -> Checkin:
    """Write the second screen of a day that is open."""
    from counterpoint.web.diary.services import ScreenTwo, record_screen_two

    return record_screen_two(owner, day, slot, ScreenTwo(**answers), key=uuid.uuid4())


def write_past(owner: User, taps: list[tuple[int | None, int | None]], last: date) -> None:
    """Write one row a day, nearness and self, the last of them on `last`."""
    from counterpoint.web.core import clock
    from counterpoint.web.diary.models import Checkin

    first = last - timedelta(days=len(taps) - 1)
    Checkin.objects.bulk_create(
        Checkin(
            owner=owner,
            about_on=first + timedelta(days=at),
            recorded_at=clock.now(),
            changed_at=clock.now(),
            zone=owner.zone,
            checkin_version=1,
            coin_connection="c2",
            coin_self="s2",
            c1=near,
            s1=myself,
        )
        for at, (near, myself) in enumerate(taps)
    )


def today_of(owner: User) -> date:
    """Return the day that is open for a person."""
    from counterpoint.web.core import clock

    return clock.today(owner.zone)
