"""What the reminders app exports of a person, and what it erases."""

from __future__ import annotations

from counterpoint.web.accounts import portability
from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.sealed import SealedColumn
from counterpoint.web.reminders.devices import devices_of
from counterpoint.web.reminders.models import CalendarFeed, PushDevice, ReminderChoice, ReminderSend

CHOICE_COLUMNS = (
    "evenings", "evening_at", "evening_days", "sundays", "sunday_at", "channel", "paused_until",
    "title", "alarm", "changed_at",
)  # fmt: skip
SEND_COLUMNS = ("kind", "day", "due_at", "state", "channel", "sent_at")
CODEBOOK = {
    "evenings": "whether you wanted reminders on evenings",
    "evening_at": "at what time, on your own wall clock",
    "evening_days": "on which weekdays: 0 Monday to 5 Saturday",
    "sundays": "whether you wanted one on Sundays",
    "sunday_at": "at what time, on your own wall clock",
    "channel": "which way they go, or which way one went; none: only in your own calendar",
    "paused_until": "the day from which they come again; empty: no pause",
    "title": "what an entry in your calendar is called",
    "alarm": "whether the entry rings",
    "changed_at": "when it was last changed (UTC)",
    "kind": "what a reminder was about",
    "day": "the local day it was for",
    "due_at": "when it was due (UTC)",
    "state": "what became of it; cancelled: let go, since it was late or there was no need",
    "sent_at": "when it went out (UTC)",
    "made_at": "when the address of your calendar was made, or a device of yours was added (UTC)",
}


def export_reminders(owner: User) -> portability.Exported:
    """Return the choice, the reminders of the last weeks, and what calendar and devices there are.

    Where a device is reached is left out: whoever has that could have a say in what it shows.
    """
    sends = ReminderSend.objects.filter(owner=owner).order_by("day", "kind")
    return {
        "choice": list(ReminderChoice.objects.filter(owner=owner).values(*CHOICE_COLUMNS)),
        "reminders": list(sends.values(*SEND_COLUMNS)),
        "calendar": list(CalendarFeed.objects.filter(owner=owner).values("made_at")),
        "devices": list(devices_of(owner).values("made_at")),
    }


def erase_reminders(owner: User) -> None:
    """Delete the choice, every reminder, sent or waiting, the calendar's address, the devices."""
    for model in (PushDevice, ReminderSend, ReminderChoice, CalendarFeed):
        model.objects.filter(owner=owner).delete()


def register_all() -> None:
    """Enter the reminders app in the registry."""
    portability.register(
        "reminders",
        export=export_reminders,
        erase=erase_reminders,
        holds={
            "reminders.ReminderChoice": classed(
                owner="owner",
                account=" ".join(CHOICE_COLUMNS),
                locked="stop_id",
                technical="id settled_through next_at next_day next_kind",
            ),
            "reminders.ReminderSend": classed(
                owner="owner", account=" ".join(SEND_COLUMNS), technical="id retry_at attempts"
            ),
            "reminders.CalendarFeed": classed(
                owner="owner", account="made_at", locked="token_hash"
            ),
            "reminders.PushDevice": classed(
                owner="owner",
                account="made_at",
                locked="address_sealed",
                technical="id endpoint_mark",
            ),
        },
        sealed=(SealedColumn("reminders.PushDevice", "address_sealed", "address"),),
        codebook=CODEBOOK,
    )
