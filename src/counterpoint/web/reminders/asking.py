"""What the apps above know of the days: whether somebody is asked, and whether they answered.

An app registers in its ``AppConfig.ready``::

    asking.register("diary", Asking(is_asked=..., is_answered=...))

and calls :func:`counterpoint.web.reminders.services.call_off` in the transaction that keeps an
answer. Nothing of what was answered comes here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from counterpoint.web.accounts.models import User
from counterpoint.web.reminders.kinds import Kind


@dataclass(frozen=True, slots=True)
class Asking:
    """What one app says of a person.

    Parameters
    ----------
    is_asked
        Whether the person wants to be asked this kind of thing at all just now.
    is_answered
        Whether there is nothing left to remind of on that local day.
    """

    is_asked: Callable[[User, Kind], bool]
    is_answered: Callable[[User, Kind, date], bool]


_sources: dict[str, Asking] = {}


def register(name: str, asking: Asking) -> None:
    """Add or replace what one app says."""
    _sources[name] = asking


def is_open(owner: User, kind: Kind, day: date) -> bool:
    """Whether there is something to remind of."""
    return all(
        source.is_asked(owner, kind) and not source.is_answered(owner, kind, day)
        for source in _sources.values()
    )


def is_asked(owner: User, kind: Kind) -> bool:
    """Whether the person wants to be asked this kind of thing just now."""
    return all(source.is_asked(owner, kind) for source in _sources.values())
