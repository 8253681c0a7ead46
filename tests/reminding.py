"""Choosing reminders in tests, and letting the worker do what is due."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User
    from counterpoint.web.reminders.models import ReminderChoice


def choose(owner: User, **changes: Any) -> ReminderChoice:
    """Let somebody choose evenings at 20:30 and Sundays at 19:00 by mail, or what is said."""
    from counterpoint.web.reminders.services import Chosen, keep_choice

    usual: dict[str, Any] = {
        "evenings": True,
        "evening_at": time(20, 30),
        "evening_days": "012345",
        "sundays": True,
        "sunday_at": time(19),
        "channel": "mail",
        "paused_until": None,
        "title": "minute",
        "alarm": False,
    }
    return keep_choice(owner, Chosen(**{**usual, **changes}))


def work() -> int:
    """Do what has become due, as the worker does; return how many jobs that was."""
    from counterpoint.web.jobs.services import enqueue_due
    from counterpoint.web.jobs.worker import run_next

    enqueue_due()
    done = 0
    while run_next():
        done += 1
    return done
