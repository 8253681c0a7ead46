"""What the worker does for reminders: write down, claim, hand over, mark.

A row is there before anything is sent. A worker claims it for a while, looks again whether it is
still wanted, hands it over and marks it. Where a worker dies, the claim runs out and another one
tries again: nothing is lost. Only between the mail server's yes and the mark could a second try
repeat a mail; it then carries the same Message-ID
(docs/decisions/2026-11-24-reminders.md).
"""

from __future__ import annotations

from datetime import timedelta

from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.jobs.registry import runs, schedules
from counterpoint.web.reminders import queries, rules
from counterpoint.web.reminders.asking import is_open
from counterpoint.web.reminders.channels import deliver
from counterpoint.web.reminders.kinds import OPEN, Kind, State
from counterpoint.web.reminders.message import Outcome, Reminder
from counterpoint.web.reminders.models import ReminderChoice, ReminderSend
from counterpoint.web.reminders.services import settle_due

REMIND = "remind"
CLAIM = timedelta(minutes=4)
"""Longer than a mail server is waited for, shorter than the lease of a job."""
MOST_AT_ONCE = 200
BEFORE_OTHERS_SECONDS = 12 * 60 * 60
"""A reminder comes before every fit that waits, and after the letters of a door."""


@schedules(REMIND)
def list_due() -> list[tuple[str, str]]:
    """Return the people who have a reminder due, or one that is open; both found by an index."""
    due = ReminderChoice.objects.filter(next_at__lte=clock.now()).order_by("next_at")
    waiting = ReminderSend.objects.filter(
        state__in=OPEN, retry_at__lte=clock.machine_now()
    ).order_by("retry_at")
    found = [
        *due.values_list("owner_id", flat=True)[:MOST_AT_ONCE],
        *waiting.values_list("owner_id", flat=True)[:MOST_AT_ONCE],
    ]
    return [(REMIND, str(owner_id)) for owner_id in dict.fromkeys(found)]


@runs(REMIND, head_start_seconds=BEFORE_OTHERS_SECONDS)
def remind(key: str) -> None:
    """Write down what is due for one person, and hand over what is open."""
    owner = User.objects.filter(pk=key).first()
    if owner is None:
        return
    settle_due(owner)
    due = ReminderSend.objects.filter(
        owner=owner, state__in=OPEN, retry_at__lte=clock.machine_now()
    )
    for send in due.order_by("day"):
        if _claim(send):
            _hand_over(owner, send)


def _claim(send: ReminderSend) -> bool:
    """Take a row for a while, and return whether we are the one who did."""
    until = clock.machine_now() + CLAIM
    free = ReminderSend.objects.filter(
        pk=send.pk, state=send.state, attempts=send.attempts, retry_at=send.retry_at
    )
    if free.update(state=State.CLAIMED, attempts=send.attempts + 1, retry_at=until) != 1:
        return False
    send.state, send.attempts, send.retry_at = State.CLAIMED, send.attempts + 1, until
    return True


def _hand_over(owner: User, send: ReminderSend) -> None:
    choice, kind = queries.choice_of(owner), Kind(send.kind)
    is_late = rules.is_late(send.due_at, clock.now())
    if is_late or not queries.is_wanted(choice, kind, send.day):
        return _mark(send, State.CANCELLED)
    if not is_open(owner, kind, send.day):
        return _mark(send, State.CANCELLED)
    reminder = Reminder(owner, kind, send.day, str(choice.stop_id))
    outcome, channel = deliver(reminder, choice.channel, attempt=send.attempts)
    if outcome is Outcome.FAILED:
        return _wait(send)
    return _mark(send, State.SENT if outcome is Outcome.SENT else State.GONE, channel)


def _mark(send: ReminderSend, state: State, channel: str = "") -> None:
    """Say what became of it, if the claim is still ours."""
    sent_at = clock.now() if state is State.SENT else None
    ReminderSend.objects.filter(pk=send.pk, attempts=send.attempts).update(
        state=state, channel=channel, sent_at=sent_at, retry_at=None
    )


def _wait(send: ReminderSend) -> None:
    """Give it another try in a while."""
    ReminderSend.objects.filter(pk=send.pk, attempts=send.attempts).update(
        state=State.WAITING, retry_at=clock.machine_now() + rules.retry_after(send.attempts)
    )
