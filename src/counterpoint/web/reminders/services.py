"""Writing what somebody chose; each function is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.reminders import queries, rules
from counterpoint.web.reminders.asking import is_open
from counterpoint.web.reminders.channels import NONE
from counterpoint.web.reminders.kinds import Kind, State
from counterpoint.web.reminders.message import read_stop_token
from counterpoint.web.reminders.models import ReminderChoice, ReminderSend


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form of the page holds; see :class:`~.models.ReminderChoice`."""

    evenings: bool
    evening_at: time
    evening_days: str
    sundays: bool
    sunday_at: time
    channel: str
    paused_until: date | None
    title: str
    alarm: bool


@transaction.atomic
def keep_choice(owner: User, chosen: Chosen) -> ReminderChoice:
    """Keep what somebody chose, and let go what waits and is not wanted any more.

    Choosing the same again changes nothing. A day that was reminded of, or let go, stays so.

    Raises
    ------
    DataError
        When a time lies before 04:00: a day begins then.
    """
    if not (rules.is_time(chosen.evening_at) and rules.is_time(chosen.sunday_at)):
        raise DataError("a reminder's time lies between 04:00 and midnight")
    choice = _locked(owner)
    for name in Chosen.__slots__:
        setattr(choice, name, getattr(chosen, name))
    choice.changed_at = clock.now()
    _plan(choice, owner.zone, clock.now())
    choice.save()
    _let_go_unwanted(choice)
    return choice


@transaction.atomic
def follow_zone(owner: User) -> None:
    """Move what is to come to the same wall-clock time in the zone somebody lives in now."""
    choice = ReminderChoice.objects.select_for_update().filter(owner=owner).first()
    if choice is not None:
        _plan(choice, owner.zone, clock.now())
        choice.save()


@transaction.atomic
def settle_due(owner: User) -> ReminderSend | None:
    """Write down the reminder that is due now, if it is worth sending, and plan the next.

    The worker calls it; what is late, or has nothing to remind of, is let go without a row.
    """
    choice = ReminderChoice.objects.select_for_update().filter(owner=owner).first()
    now = clock.now()
    if choice is None or choice.next_at is None or choice.next_day is None or choice.next_at > now:
        return None
    kind, day, due_at = Kind(choice.next_kind), choice.next_day, choice.next_at
    send = None
    if not rules.is_late(due_at, now) and is_open(owner, kind, day):
        send, _ = ReminderSend.objects.get_or_create(
            owner=owner, kind=kind, day=day, defaults={"due_at": due_at}
        )
    choice.settled_through = day
    _plan(choice, owner.zone, now)
    choice.save()
    ReminderSend.objects.filter(owner=owner, due_at__lt=now - KEPT, retry_at=None).delete()
    return send


KEPT = timedelta(days=30)
"""How long a row of a reminder is kept, so that its person can see that they go out."""


def call_off(owner: User, kind: Kind, day: date) -> None:
    """Let go a reminder that waits, since there is nothing left to remind of.

    Call it inside the transaction that keeps the answer.
    """
    _let_go(ReminderSend.objects.filter(owner=owner, kind=kind, day=day))


@transaction.atomic
def stop_messages(token: str) -> bool:
    """End the messages of whoever a link was sent to; the times stay as they were chosen.

    Returns
    -------
    bool
        Whether the link was made here and its person is still there.
    """
    stop_id = read_stop_token(token)
    choice = (
        None
        if stop_id is None
        else ReminderChoice.objects.select_for_update().filter(stop_id=stop_id).first()
    )
    if choice is None:
        return False
    choice.channel, choice.changed_at = NONE, clock.now()
    _plan(choice, "UTC", clock.now())
    choice.save()
    _let_go_unwanted(choice)
    return True


def _plan(choice: ReminderChoice, zone: str, now: datetime) -> None:
    """Set the reminder to come."""
    times = rules.Times() if choice.channel == NONE else queries.times_of(choice)
    after_last = choice.settled_through and choice.settled_through + timedelta(days=1)
    starts = [day for day in (after_last, choice.paused_until) if day is not None]
    due = rules.next_due(times, zone, now, not_before=max(starts, default=None))
    choice.next_at = None if due is None else due.at
    choice.next_day = None if due is None else due.day
    choice.next_kind = "" if due is None else due.kind


def _let_go_unwanted(choice: ReminderChoice) -> None:
    for send in ReminderSend.objects.filter(owner_id=choice.owner_id, state=State.WAITING):
        if not queries.is_wanted(choice, Kind(send.kind), send.day):
            _let_go(ReminderSend.objects.filter(pk=send.pk))


def _let_go(sends: QuerySet[ReminderSend]) -> None:
    sends.filter(state=State.WAITING).update(state=State.CANCELLED, retry_at=None)


def _locked(owner: User) -> ReminderChoice:
    choice, _ = ReminderChoice.objects.select_for_update().get_or_create(owner=owner)
    return choice
