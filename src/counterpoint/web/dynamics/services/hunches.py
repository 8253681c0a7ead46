"""Sealing hunches and opening them; each is one transaction on one's own rows."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from counterpoint.content.telling import Guess
from counterpoint.domain.couplings import Cost
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.dynamics.models import Hunch


@transaction.atomic
def seal_hunches(owner: User, guesses: Mapping[Cost, Guess | None]) -> None:
    """Keep guesses; one that is open stays as it was.

    Parameters
    ----------
    owner
        Whose hunches they are.
    guesses
        By cost; ``None`` for no hunch, which is kept as well.
    """
    moment = clock.now()
    for cost, guess in guesses.items():
        word = "" if guess is None else guess.value
        row, is_new = Hunch.objects.get_or_create(
            owner=owner, cost=cost.value, defaults={"guess": word, "changed_at": moment}
        )
        if not is_new:
            Hunch.objects.filter(pk=row.pk, opened_at__isnull=True).exclude(guess=word).update(
                guess=word, changed_at=moment
            )


@transaction.atomic
def open_hunch(owner: User, cost: Cost) -> bool:
    """Open a sealed hunch for good; return whether there is one, open now."""
    mine = Hunch.objects.filter(owner=owner, cost=cost.value)
    mine.filter(opened_at__isnull=True).update(opened_at=clock.now())
    return mine.exists()
