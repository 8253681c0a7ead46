"""The locks that every change of a couple takes first, always in the same order.

People first, by id; then the couple. Whoever takes them in another order may wait for somebody
who waits for them. Writing a row that names a person, or one into their access log, locks that
person as well, so whoever will do so locks them at the start.

On SQLite every transaction of the site holds the write lock from its start, so there all row
locks are already implied.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from counterpoint.web.accounts.models import User
from counterpoint.web.couples import queries
from counterpoint.web.couples.models import Couple, Membership


def lock_people(people: Iterable[UUID]) -> set[UUID]:
    """Lock people in the one order; return the ids of those who are still there."""
    rows = User.objects.select_for_update().filter(pk__in=set(people)).order_by("pk")
    return set(rows.values_list("pk", flat=True))


def lock_couple(couple_id: UUID) -> Couple | None:
    """Lock and return a couple; for who holds the lock of the one person they change."""
    return Couple.objects.select_for_update().filter(pk=couple_id).first()


def lock_both(couple_id: UUID) -> Couple | None:
    """Lock the people of a couple and then the couple; return it as it is now."""
    halves = Membership.objects.filter(couple_id=couple_id, person__isnull=False)
    lock_people(key for key in halves.values_list("person_id", flat=True) if key is not None)
    return lock_couple(couple_id)


def lock_own(person: User) -> tuple[Membership, Couple]:
    """Lock the couple a person has a page for; return their half and the couple as it is now.

    Raises
    ------
    django.http.Http404
        If they have none.
    """
    half = queries.current_membership(person)
    couple = None if half is None else lock_both(half.couple_id)
    still = queries.current_membership(person)
    if half is None or couple is None or still is None or still.pk != half.pk:
        raise Http404
    return still, couple
