"""Reading what the quiet check left behind. Every function takes its owner, nobody else."""

from __future__ import annotations

from datetime import date

from counterpoint.domain.diary import local_day
from counterpoint.errors import DataError
from counterpoint.web.accounts.keys import Place, open_sealed
from counterpoint.web.accounts.models import User
from counterpoint.web.safety import rules
from counterpoint.web.safety.models import QuietLine
from counterpoint.web.safety.rules import Quiet


def line_place(owner: User) -> Place:
    """Return what the seal of a person's line is bound to."""
    return Place("safety.QuietLine", owner.pk, "line")


def quiet_of(owner: User) -> Quiet | None:
    """Return what is kept of a person, ``None`` where nothing is.

    For the person's own pages only: nothing that two people see, and nothing that is released
    or sent, may depend on it.
    """
    sealed = QuietLine.objects.filter(owner=owner).values_list("line_sealed", flat=True).first()
    if sealed is None:
        return None
    try:
        return rules.read_line(open_sealed(owner, line_place(owner), bytes(sealed)))
    except DataError:
        return rules.UNREADABLE


def is_individual(owner: User) -> bool:
    """Whether a person's own pages leave out style words, costs and what goes together."""
    kept = quiet_of(owner)
    return kept is not None and kept.is_individual


def comes_help_first(owner: User) -> bool:
    """Whether someone to talk to stands first on a person's home."""
    kept = quiet_of(owner)
    return kept is not None and kept.comes_help_first


def is_offered(owner: User, today: date) -> bool:
    """Whether the check is offered on a person's home today: by calendar, whatever was said."""
    return rules.is_offered(local_day(owner.date_joined, owner.zone), today)
