"""Reading hunches: one's own, opened or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counterpoint.domain.couplings import Cost
from counterpoint.domain.diary import local_day
from counterpoint.web.accounts.models import User
from counterpoint.web.dynamics.models import Hunch


@dataclass(frozen=True, slots=True)
class OwnHunch:
    """A hunch its owner sealed.

    Parameters
    ----------
    guess
        Stored value of the guess; empty for no hunch.
    opened_on
        The owner's local day on which it was opened; ``None`` while it is sealed.
    """

    guess: str
    opened_on: date | None


def own_hunches(owner: User) -> dict[Cost, OwnHunch]:
    """Return the owner's hunches, as far as they were ever sealed."""
    return {
        Cost(row.cost): OwnHunch(
            row.guess,
            None if row.opened_at is None else local_day(row.opened_at, owner.zone),
        )
        for row in Hunch.objects.filter(owner=owner)
    }
