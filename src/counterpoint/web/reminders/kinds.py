"""What a reminder is about, and what can become of one."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What a person wanted to be reminded of. The message says nothing of it."""

    EVENING = "evening", "evening"
    SUNDAY = "sunday", "Sunday"


class State(models.TextChoices):
    """Where the sending of one reminder stands."""

    WAITING = "waiting", "waiting"
    CLAIMED = "claimed", "being handed over"
    SENT = "sent", "sent"
    CANCELLED = "cancelled", "let go"
    GONE = "gone", "no way to reach"


OPEN = (State.WAITING, State.CLAIMED)
"""States in which a reminder may still be handed over."""

SUNDAY = 6
"""Weekday of a Sunday, as :meth:`datetime.date.weekday` counts."""

EVENING_DAYS = "012345"
"""Weekdays that can have an evening reminder: Monday to Saturday. Sunday has its own."""
