"""The lock that every change of a couple takes first."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from counterpoint.web.accounts.models import User
from counterpoint.web.couples import queries
from counterpoint.web.couples.models import Couple, Membership


def lock_couple(couple_id: UUID) -> Couple | None:
    """Lock and return a couple; to be called inside a transaction.

    On SQLite every transaction of the site holds the write lock from its start, so there the
    row lock is already implied.
    """
    return Couple.objects.select_for_update().filter(pk=couple_id).first()


def lock_own(person: User) -> tuple[Membership, Couple]:
    """Lock the couple a person has a page for; return their half and the couple as it is now.

    Raises
    ------
    django.http.Http404
        If they have none.
    """
    half = queries.current_membership(person)
    couple = None if half is None else lock_couple(half.couple_id)
    still = queries.current_membership(person)
    if half is None or couple is None or still is None or still.pk != half.pk:
        raise Http404
    return still, couple
