"""Reading the pace and the offer of a lighter mode. Every function takes the owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from counterpoint.domain.diary import SLOTS
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.diary import queries
from counterpoint.web.diary.hard_week import BEFORE_DAYS, LAST_DAYS, is_hard_week, is_resting
from counterpoint.web.diary.models import Checkin, ChosenPace
from counterpoint.web.diary.pace import Pace


@dataclass(frozen=True, slots=True)
class Asked:
    """How often the owner is asked.

    Parameters
    ----------
    pace
        What was chosen; every evening where nothing was.
    is_lighter_offered
        Whether less is offered after a week below the own usual. It comes from the owner's own
        days alone, is shown to nobody else, and nothing that two people see may ask for it.
    """

    pace: Pace
    is_lighter_offered: bool


def pace(owner: User) -> Pace:
    """Return the pace the owner chose; every evening where nothing was chosen."""
    return _pace_of(_row(owner))


def asked(owner: User) -> Asked:
    """Return the owner's pace, and whether less is offered today."""
    row, today = _row(owner), clock.today(owner.zone)
    chosen = _pace_of(row)
    answered_on = None if row is None else row.lighter_answered_on
    is_open = chosen is Pace.DAILY and not is_resting(answered_on, today)
    return Asked(
        pace=chosen,
        is_lighter_offered=is_open and is_hard_week(_markers(owner, _earliest(today)), today),
    )


def tonight(owner: User) -> int | None:
    """Return the tap about today, ``None`` before there is one."""
    row = queries.checkin_on(owner, clock.today(owner.zone), SLOTS[0])
    return None if row is None else row.g


def _pace_of(row: ChosenPace | None) -> Pace:
    return Pace.DAILY if row is None else Pace(row.pace)


def _earliest(today: date) -> date:
    return today - timedelta(days=BEFORE_DAYS + LAST_DAYS)


def _row(owner: User) -> ChosenPace | None:
    return ChosenPace.objects.filter(owner=owner).first()


def _markers(owner: User, since: date) -> dict[date, float]:
    """Return the mean of both marker answers by day; two check-ins of a day are put together."""
    rows = (
        Checkin.objects.filter(owner=owner, about_on__gte=since, c1__isnull=False, s1__isnull=False)
        .order_by("about_on")
        .values_list("about_on", "c1", "s1")
    )
    days = {}
    for day, of_day in groupby(rows, lambda row: row[0]):
        taps = [tap for row in of_day for tap in row[1:] if tap is not None]
        days[day] = sum(taps) / len(taps)
    return days
