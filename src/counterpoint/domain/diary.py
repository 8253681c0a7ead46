"""The day a check-in is about, and the two plain choices of a check-in.

A day ends at 04:00 on the person's own wall clock, so that an evening after midnight still
belongs to the day it was.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from counterpoint.errors import DataError

DAY_ENDS_AT = time(4)
"""Wall-clock time at which one day gives way to the next."""

SLOTS: tuple[int, ...] = (1, 2)
"""The check-ins one local day can hold; the second is an option."""


class Together(StrEnum):
    """Time spent together on a day.

    It multiplies what passes between the two (``h_t``, MODEL section 1); unknown counts as 1.
    """

    HARDLY_ANY = "hardly_any"
    SOME = "some"
    A_LOT = "a_lot"

    @property
    def weight(self) -> float:
        """Multiplier of the couplings between the two: 0.5, 1 or 1.5."""
        return _TOGETHER_WEIGHT[self]


class Friction(StrEnum):
    """Friction or hurt between the two on a day (``u_t``, MODEL section 1)."""

    NO = "no"
    A_LITTLE = "a_little"
    A_LOT = "a_lot"

    @property
    def weight(self) -> float:
        """Size of the marked event: 0, 0.5 or 1."""
        return _FRICTION_WEIGHT[self]


_TOGETHER_WEIGHT = {Together.HARDLY_ANY: 0.5, Together.SOME: 1.0, Together.A_LOT: 1.5}
_FRICTION_WEIGHT = {Friction.NO: 0.0, Friction.A_LITTLE: 0.5, Friction.A_LOT: 1.0}


def zone_named(zone: str) -> ZoneInfo:
    """Return the time zone with an IANA name.

    Parameters
    ----------
    zone
        IANA name, for example ``Europe/Berlin``.

    Returns
    -------
    zoneinfo.ZoneInfo
        The zone.

    Raises
    ------
    DataError
        When there is no such zone: give a name of the IANA time zone database.
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise DataError(
            f"{zone!r} is no time zone; give an IANA name such as 'Europe/Berlin'"
        ) from unknown


def local_day(moment: datetime, zone: str) -> date:
    """Return the local day a moment belongs to; a day ends at 04:00 wall-clock time.

    Parameters
    ----------
    moment
        Any aware date-time.
    zone
        IANA name of the person's time zone.

    Returns
    -------
    datetime.date
        A date of the local calendar; later moments never belong to earlier days.

    Raises
    ------
    DataError
        When `moment` has no time zone, or `zone` is unknown.

    Notes
    -----
    A date the local calendar left out (Apia had no 30 December 2011) is never returned: the hours
    before 04:00 that follow such a leap belong to the last day there was. Where clocks are put
    back past 04:00, the new day stays.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise DataError("a moment needs a time zone; give an aware date-time")
    there = zone_named(zone)
    wall = moment.astimezone(there)
    day = wall.date()
    if wall.time() < DAY_ENDS_AT and not _has_begun(day, moment, there):
        return _day_before(day, there)
    return day


def days_open(moment: datetime, zone: str) -> tuple[date, date]:
    """Return the two days a check-in may be about.

    Parameters
    ----------
    moment
        Any aware date-time.
    zone
        IANA name of the person's time zone.

    Returns
    -------
    tuple of datetime.date
        ``(today, yesterday)``, both dates of the local calendar.

    Raises
    ------
    DataError
        As `local_day`.
    """
    today = local_day(moment, zone)
    return today, _day_before(today, zone_named(zone))


def _has_begun(day: date, moment: datetime, there: ZoneInfo) -> bool:
    """Tell whether 04:00 of a day had already come once before clocks were put back."""
    first_start = datetime.combine(day, DAY_ENDS_AT, tzinfo=there)
    return first_start.astimezone(UTC) <= moment.astimezone(UTC)


def _day_before(day: date, there: ZoneInfo) -> date:
    """Return the day before, passing over dates the local calendar left out."""
    before = day - timedelta(days=1)
    while not _exists(before, there):
        before -= timedelta(days=1)
    return before


def day_exists(day: date, zone: str) -> bool:
    """Tell whether a local calendar has a date; Apia had no 30 December 2011.

    Parameters
    ----------
    day
        The date.
    zone
        IANA name of a time zone.

    Raises
    ------
    DataError
        When `zone` is unknown.
    """
    return _exists(day, zone_named(zone))


def _exists(day: date, there: ZoneInfo) -> bool:
    noon = datetime.combine(day, time(12), tzinfo=there)
    return noon.astimezone(UTC).astimezone(there).date() == day
