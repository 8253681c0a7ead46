"""How long a code lives, and a joining that waits."""

from __future__ import annotations

from datetime import datetime, timedelta

CODE_HOURS = 72


def is_code_alive(
    expires_at: datetime,
    entered_at: datetime | None,
    cancelled_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether a code may still be entered: not expired, never entered, not taken back."""
    return now < expires_at and entered_at is None and cancelled_at is None


def is_joining_open(created_at: datetime, now: datetime) -> bool:
    """Whether two who have not both confirmed may still do so."""
    return created_at <= now < created_at + timedelta(hours=CODE_HOURS)
