"""Joining and leaving."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import Http404

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import codes, endings, queries, rules
from counterpoint.web.couples.models import Card, Consent, Couple, Invitation, Membership, Release
from counterpoint.web.couples.services.locking import lock_couple, lock_own, lock_people

SHOWN_AGAIN = timedelta(minutes=2)
"""A page sent twice by a double tap still shows its code; a page sent again later does not."""


@transaction.atomic
def invite(inviter: User, *, key: uuid.UUID) -> str | None:
    """Make a code to hand over, and make every earlier one useless.

    Parameters
    ----------
    inviter
        Who makes it; must have no page for two.
    key
        Key of the page it is made on: sent twice at once it gives the same code.

    Returns
    -------
    str or None
        The code, to be shown this once; ``None`` if this page showed its code before, or if the
        person has a page for two.
    """
    _lock_person(inviter)
    if queries.current_membership(inviter) is not None:
        return None
    moment = clock.now()
    code = codes.code_of(settings.SECRET_KEY, inviter.pk, key)
    made = Invitation.objects.filter(code_hash=codes.hash_of(code)).first()
    if made is not None:
        fresh = made.cancelled_at is None and moment - made.made_at <= SHOWN_AGAIN
        return code if fresh else None
    _drop_joinings(inviter)
    _cancel_codes(inviter)
    Invitation.objects.create(
        inviter=inviter,
        code_hash=codes.hash_of(code),
        made_at=moment,
        expires_at=moment + timedelta(hours=rules.CODE_HOURS),
    )
    return code


@transaction.atomic
def forget_code(inviter: User) -> None:
    """Make every code of a person useless, and drop a joining that is not done."""
    _lock_person(inviter)
    _drop_joinings(inviter)
    _cancel_codes(inviter)


@transaction.atomic
def accept(person: User, code: str) -> bool:
    """Enter a code somebody handed over.

    Nothing is joined yet: both have to confirm. A code that is wrong, expired, entered, taken
    back, one's own, or whose maker has joined somebody meanwhile gives the same ``False``.
    """
    moment = clock.now()
    found = Invitation.objects.filter(code_hash=codes.hash_of(code))
    inviters = found.values_list("inviter_id", flat=True)
    if person.pk not in lock_people([person.pk, *inviters]):
        raise Http404
    row = found.select_for_update(of=("self",)).select_related("inviter").first()
    if row is None or row.inviter_id == person.pk:
        return False
    if not rules.is_code_alive(row.expires_at, row.entered_at, row.cancelled_at, moment):
        return False
    if any(queries.current_membership(one) is not None for one in (person, row.inviter)):
        return False
    _drop_joinings(person)
    row.entered_at = moment
    row.save(update_fields=["entered_at"])
    couple = Couple.objects.create(created_at=moment)
    for member, who in ((Member.A, row.inviter), (Member.B, person)):
        Membership.objects.create(couple=couple, person=who, member=member.value)
    return True


@transaction.atomic
def confirm(person: User) -> bool:
    """Say yes to the joining that waits; once both did, the page for two is there.

    Returns
    -------
    bool
        Whether there was something to say yes to.
    """
    _lock_person(person)
    half = queries.joining_of(person)
    couple = None if half is None else lock_couple(half.couple_id)
    if half is None or couple is None or queries.current_membership(person) is not None:
        return False
    moment = clock.now()
    if half.confirmed_at is None:
        half.confirmed_at = moment
        half.save(update_fields=["confirmed_at"])
    halves = list(Membership.objects.filter(couple=couple, person__isnull=False))
    if len(halves) == 2 and all(row.confirmed_at is not None for row in halves):
        couple.joined_at = moment
        couple.save(update_fields=["joined_at"])
        for row in halves:
            if row.person is not None:
                _cancel_codes(row.person)
    return True


@transaction.atomic
def step_back(person: User) -> None:
    """Drop a joining that is not done. It leaves no trace with either."""
    _lock_person(person)
    _drop_joinings(person)


@transaction.atomic
def leave(person: User) -> None:
    """Leave a couple, alone and at once.

    Everything joint ends for both: pictures are emptied, nothing of either can be seen by the
    other. The other's page stays as it is for somebody whose partner shares nothing, until they
    leave it themselves.

    Raises
    ------
    django.http.Http404
        If the person has no page for two.
    """
    half, couple = lock_own(person)
    end_half(person, half, couple)


def end_half(person: User, half: Membership, couple: Couple) -> None:
    """End one half of a couple; to be called inside a transaction that holds its lock."""
    moment = clock.now()
    half.left_at = moment
    half.save(update_fields=["left_at"])
    if couple.ended_at is None:
        couple.ended_at = moment
        couple.save(update_fields=["ended_at"])
    Consent.objects.filter(couple=couple, grantor=person, withdrawn_at__isnull=True).update(
        withdrawn_at=moment
    )
    Release.objects.filter(couple=couple, withdrawn_at__isnull=True).update(
        withdrawn_at=moment, content=None
    )
    Card.objects.filter(couple=couple, owner=person).delete()
    endings.close_all(person, couple.pk)


def _lock_person(person: User) -> None:
    if not lock_people([person.pk]):
        raise Http404


def _cancel_codes(inviter: User) -> None:
    Invitation.objects.filter(inviter=inviter, cancelled_at__isnull=True).update(
        cancelled_at=clock.now()
    )


def _drop_joinings(person: User) -> None:
    """Delete couples of a person that were never joined; there is nothing in them."""
    waiting = Membership.objects.filter(person=person, couple__joined_at__isnull=True)
    Couple.objects.filter(
        pk__in=list(waiting.values_list("couple_id", flat=True)), joined_at__isnull=True
    ).delete()
