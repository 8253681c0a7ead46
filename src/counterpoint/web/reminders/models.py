"""Rows of reminders: what was chosen, what is to be sent, and the key of a calendar."""

from __future__ import annotations

import uuid
from datetime import time

from django.db import models

from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.reminders.kinds import EVENING_DAYS, OPEN, Kind, State


class ReminderChoice(models.Model):
    """What one person chose about reminders; nobody has one before they chose.

    ``settled_through`` is the last local day a reminder was made or let go for: no day up to it
    is reminded of again. ``next_at``, ``next_day`` and ``next_kind`` are the one to come, in the
    time people live in. ``stop_id`` is what the link in a message names.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.OneToOneField(User, on_delete=models.CASCADE, related_name="reminder_choice")
    evenings = models.BooleanField(default=False)
    evening_at = models.TimeField(default=time(20, 30))
    evening_days = models.CharField(max_length=6, default=EVENING_DAYS)
    sundays = models.BooleanField(default=False)
    sunday_at = models.TimeField(default=time(19, 0))
    channel = models.CharField(max_length=16, default="mail")
    paused_until = models.DateField(null=True)
    title = models.CharField(max_length=16, default="minute")
    alarm = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)
    settled_through = models.DateField(null=True)
    next_at = models.DateTimeField(null=True)
    next_day = models.DateField(null=True)
    next_kind = models.CharField(max_length=8, choices=Kind.choices, blank=True, default="")
    stop_id = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        """The worker asks every few seconds who is due, and finds them without looking at all."""

        indexes = (
            models.Index(
                fields=("next_at",),
                name="reminder_next",
                condition=models.Q(next_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"reminder choice {self.id}"


class ReminderSend(models.Model):
    """One reminder, written down before it is sent: of a kind and a day there is one, ever.

    ``due_at`` and ``sent_at`` are in the time people live in; ``retry_at`` is the machine's: from
    then on a worker may try, or try again where another died. It is empty once nothing is open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    day = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    channel = models.CharField(max_length=16, blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True, default=clock.machine_now)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Once for a kind and a day; the open ones are found without looking at all."""

        constraints = (
            models.UniqueConstraint(fields=("owner", "kind", "day"), name="reminder_once_a_day"),
        )
        indexes = (
            models.Index(
                fields=("retry_at",), name="reminder_open", condition=models.Q(state__in=OPEN)
            ),
        )

    def __str__(self) -> str:
        return f"reminder {self.id}"


class CalendarFeed(models.Model):
    """That a calendar may fetch somebody's times; of its secret address only a hash is kept."""

    owner = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return "calendar feed"


class PushDevice(models.Model):
    """A browser in which its person turned reminders on; nothing tells which browser it is.

    Address and keys that it gave lie sealed in ``address_sealed``. ``endpoint_mark`` is a hash of
    the address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="push_devices")
    made_at = models.DateTimeField(default=clock.now)
    endpoint_mark = models.CharField(max_length=64, db_index=True)
    address_sealed = models.BinaryField()

    class Meta:
        """One row of a device and person."""

        constraints = (
            models.UniqueConstraint(fields=("owner", "endpoint_mark"), name="reminder_device_once"),
        )

    def __str__(self) -> str:
        return f"device {self.id}"
