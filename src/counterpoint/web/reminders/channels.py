"""The ways a reminder can go. Mail is always there; others plug in.

A channel registers in an ``AppConfig.ready``::

    channels.register(Channel("push", gettext_lazy("On a phone or computer"), send, is_there))

``send`` may be called twice for one reminder when a worker died in between, so it marks what it
sends with ``reminder.tag``, which is the same both times. Where it answers that its way is gone,
the reminder goes by mail at once; where it fails, it is tried again, and goes by mail at the
`TRIES`-th failure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from counterpoint.web.accounts.models import User
from counterpoint.web.reminders.mail import MAIL, send_mail
from counterpoint.web.reminders.message import Outcome, Reminder

NONE = "none"
"""No message at all: whoever wants their times in the calendar only."""
TRIES = 3
"""Failures of another way, some minutes in all, after which a reminder goes by mail."""


def _everybody(owner: User) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Channel:
    """One way a reminder can go.

    Parameters
    ----------
    name
        At most 16 letters; kept with the choice.
    label
        What the choice is called on screen, to be translated late.
    send
        Hands one reminder over; never raises for what can be foreseen.
    is_there
        Whether a person can choose it now.
    """

    name: str
    label: str | Promise
    send: Callable[[Reminder], Outcome]
    is_there: Callable[[User], bool] = _everybody


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Add or replace one channel."""
    _channels[channel.name] = channel


register(Channel(MAIL, gettext_lazy("By e-mail"), send_mail))


def choices_for(owner: User) -> list[tuple[str, str | Promise]]:
    """Return name and label of every channel a person can choose, mail first, none last."""
    there = [one for one in _channels.values() if one.is_there(owner)]
    return [
        *((one.name, one.label) for one in there),
        (NONE, gettext_lazy("No message. My own calendar is enough")),
    ]


def deliver(reminder: Reminder, chosen: str, *, attempt: int = 1) -> tuple[Outcome, str]:
    """Send one reminder by the chosen channel, by mail where that does not reach.

    Parameters
    ----------
    reminder
        What is to be sent.
    chosen
        Name of the channel its person chose.
    attempt
        Which try of this reminder it is, counted from 1.

    Returns
    -------
    tuple of Outcome and str
        What became of it, and which channel it went by or failed on last.
    """
    channel = _channels.get(chosen, _channels[MAIL])
    outcome = channel.send(reminder)
    may_try_again = outcome is Outcome.FAILED and attempt < TRIES
    if outcome is Outcome.SENT or channel.name == MAIL or may_try_again:
        return outcome, channel.name
    return _channels[MAIL].send(reminder), MAIL
