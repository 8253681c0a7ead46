"""The only clock of the site.

People's days are read from :func:`now` and :func:`today`. In the demo these can be moved
forward by whole days, so that a stranger sees a picture develop without waiting; anywhere else
the offset does not exist. What must follow the machine's own time (sessions, leases) reads
:func:`machine_now`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from counterpoint.domain.diary import local_day

MOST_DAYS_FORWARD = 400


def machine_now() -> datetime:
    """Return the machine's time, aware, in UTC."""
    return timezone.now()


def now() -> datetime:
    """Return the time people live in, aware, in UTC: the machine's, plus the demo's days."""
    return timezone.now() + timedelta(days=days_forward())


def today(zone: str) -> date:
    """Return the diary day that is open now in one time zone; a day ends at 04:00.

    Parameters
    ----------
    zone
        IANA name such as ``Europe/Berlin``.
    """
    return local_day(now(), zone)


def days_forward() -> int:
    """Return by how many whole days the demo's clock is ahead; 0 outside the demo."""
    if not settings.COUNTERPOINT_DEMO:
        return 0
    try:
        return max(0, min(int(_offset_file().read_text(encoding="ascii")), MOST_DAYS_FORWARD))
    except (OSError, ValueError):
        return 0


def move_forward(days: int = 1) -> int:
    """Move the demo's clock forward and return how many days ahead it is then.

    Raises
    ------
    RuntimeError
        Outside the demo, where time is not ours to move.
    """
    if not settings.COUNTERPOINT_DEMO:
        raise RuntimeError("only the demo's clock can be moved")
    ahead = min(days_forward() + days, MOST_DAYS_FORWARD)
    path = _offset_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".new")
    partial.write_text(str(ahead), encoding="ascii")
    partial.replace(path)
    return ahead


def _offset_file() -> Path:
    return Path(settings.COUNTERPOINT_DATA) / "demo-days"
