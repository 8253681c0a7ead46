"""Rules of the accounts app: time zones, and which text has to be read first."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

PRIVACY = "privacy"
"""Id of the page on who can read what."""


@cache
def zones() -> tuple[str, ...]:
    """Return the IANA zones a person may choose, sorted; regions and UTC, no legacy names."""
    regions = (
        "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/",
        "Europe/", "Indian/", "Pacific/",
    )  # fmt: skip
    return tuple(
        sorted(name for name in available_timezones() if name.startswith(regions) or name == "UTC")
    )


def is_zone(name: str) -> bool:
    """Whether ``name`` is a time zone a person may have."""
    return name in zones()


def zone_of(name: str) -> ZoneInfo:
    """Return the zone of that name, or UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
