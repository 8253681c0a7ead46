"""Reading what somebody chose and what was sent. Every function takes the owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counterpoint.web.accounts.models import User
from counterpoint.web.reminders.asking import is_asked
from counterpoint.web.reminders.channels import NONE
from counterpoint.web.reminders.kinds import Kind, State
from counterpoint.web.reminders.models import CalendarFeed, ReminderChoice, ReminderSend
from counterpoint.web.reminders.rules import Times


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with somebody's reminders, for their own page.

    Parameters
    ----------
    next_at
        When the next one may come; ``None`` if none will.
    last_at
        When the last one went out, within the weeks that are kept.
    is_resting
        Whether the pace somebody chose asks for less than their reminders do.
    """

    next_at: datetime | None
    last_at: datetime | None
    is_resting: bool


def choice_of(owner: User) -> ReminderChoice:
    """Return what somebody chose; where nothing was, an unsaved row in which all is off."""
    return ReminderChoice.objects.filter(owner=owner).first() or ReminderChoice(owner=owner)


def times_of(choice: ReminderChoice) -> Times:
    """Return the times of a choice, whatever way they go."""
    return Times(
        evening_at=choice.evening_at if choice.evenings else None,
        evening_days=frozenset(int(one) for one in choice.evening_days),
        sunday_at=choice.sunday_at if choice.sundays else None,
    )


def is_wanted(choice: ReminderChoice, kind: Kind, day: date) -> bool:
    """Whether a message of this kind is wanted for this day."""
    if choice.channel == NONE or (choice.paused_until is not None and day < choice.paused_until):
        return False
    brings = times_of(choice).of(day)
    return brings is not None and brings[0] is kind


def standing(owner: User) -> Standing:
    """Return how things stand."""
    choice = choice_of(owner)
    last = (
        ReminderSend.objects.filter(owner=owner, state=State.SENT, sent_at__isnull=False)
        .order_by("-sent_at")
        .values_list("sent_at", flat=True)
        .first()
    )
    times = {Kind.EVENING: choice.evenings, Kind.SUNDAY: choice.sundays}
    wanted = [kind for kind, is_on in times.items() if is_on and choice.channel != NONE]
    return Standing(
        next_at=choice.next_at,
        last_at=last,
        is_resting=any(not is_asked(owner, kind) for kind in wanted),
    )


def has_feed(owner: User) -> bool:
    """Whether a calendar may fetch somebody's times."""
    return CalendarFeed.objects.filter(owner=owner).exists()
