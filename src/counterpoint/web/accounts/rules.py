"""Rules of the accounts app: time zones, what has to be read first, how long things are new."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

PRIVACY = "privacy"
"""Id of the page on who can read what."""
SETTLING = timedelta(hours=24)
"""How long a new way to sign in neither opens nor guards the door, and can be taken back."""
UNDO = timedelta(days=7)
"""How long after it came into force an old address may take a change of address back."""


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


def is_settled(made_at: datetime, now: datetime) -> bool:
    """Whether a new way to sign in is old enough to count."""
    return now - made_at >= SETTLING


def can_undo(settled_at: datetime | None, now: datetime) -> bool:
    """Whether a change of address may still be taken back; until it is in force, always."""
    return settled_at is None or now - settled_at < UNDO
