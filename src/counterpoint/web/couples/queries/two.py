"""Who the two are, and what each lets the other see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import rules
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import (
    Consent,
    Couple,
    Invitation,
    Membership,
)
from counterpoint.web.couples.rules import ConsentFact

ENTERED = Member.B
"""The half of whoever entered a code; the other half made it."""


def current_membership(viewer: User) -> Membership | None:
    """Return the half of a couple the viewer has a page for, or ``None``.

    It stays after the other left, until the viewer ends it: nothing tells the two apart.
    """
    return (
        Membership.objects.filter(
            person_id=viewer.pk,
            confirmed_at__isnull=False,
            left_at__isnull=True,
            couple__joined_at__isnull=False,
        )
        .select_related("couple")
        .first()
    )


def has_ever_joined(viewer: User) -> bool:
    """Whether the viewer ever had a page for two."""
    return Membership.objects.filter(person_id=viewer.pk, confirmed_at__isnull=False).exists()


def joining_of(viewer: User) -> Membership | None:
    """Return the viewer's half of a couple that is not joined yet and still may be."""
    half = (
        Membership.objects.filter(
            person_id=viewer.pk, left_at__isnull=True, couple__joined_at__isnull=True
        )
        .select_related("couple")
        .order_by("-couple__created_at")
        .first()
    )
    if half is None or not rules.is_joining_open(half.couple.created_at, clock.now()):
        return None
    return half


def has_confirmed_other(half: Membership) -> bool:
    """Whether the other half of a joining said yes: the one thing each must know to join."""
    return (
        Membership.objects.filter(couple_id=half.couple_id, confirmed_at__isnull=False)
        .exclude(pk=half.pk)
        .exists()
    )


def open_invitation(viewer: User) -> Invitation | None:
    """Return the code the viewer last made, while it could still be entered or was entered."""
    row = (
        Invitation.objects.filter(inviter_id=viewer.pk, cancelled_at__isnull=True)
        .order_by("-made_at")
        .first()
    )
    return row if row is not None and clock.now() < row.expires_at else None


def partner_of(viewer: User) -> User | None:
    """Return the other of a joined couple that has not ended. Never shown by itself on a page."""
    half = current_membership(viewer)
    if half is None or half.couple.ended_at is not None:
        return None
    other = (
        Membership.objects.filter(couple_id=half.couple_id, person__isnull=False)
        .exclude(pk=half.pk)
        .select_related("person")
        .first()
    )
    return None if other is None else other.person


def people_of(couple: Couple) -> dict[Member, User]:
    """Return who is in a couple, by member; somebody whose account is gone is missing."""
    halves = Membership.objects.filter(couple=couple, person__isnull=False)
    return {
        Member(half.member): half.person
        for half in halves.select_related("person")
        if half.person is not None
    }


def consent_facts(couple: Couple) -> tuple[ConsentFact, ...]:
    """Return every consent of a couple as the rules see it. For rules, never for a page."""
    rows = Consent.objects.filter(couple=couple).order_by("granted_at")
    return tuple(
        ConsentFact(
            grantor=row.grantor_id,
            grantee=row.grantee_id,
            kind=Kind(row.kind),
            granted_at=row.granted_at,
            expires_at=row.expires_at,
            withdrawn_at=row.withdrawn_at,
            frozen_at=row.frozen_at,
            thawed_at=row.thawed_at,
            ended_at=couple.ended_at,
        )
        for row in rows
    )


def consents_given_by(viewer: User) -> dict[Kind, Consent]:
    """Return what the viewer lets the other see now, by kind: own consents, nobody else's."""
    half = current_membership(viewer)
    if half is None:
        return {}
    rows = Consent.objects.filter(
        couple_id=half.couple_id,
        grantor_id=viewer.pk,
        withdrawn_at__isnull=True,
        expires_at__gt=clock.now(),
    )
    return {Kind(row.kind): row for row in rows}


@dataclass(frozen=True, slots=True)
class Shared:
    """What the other lets the viewer see of one kind.

    Parameters
    ----------
    owner
        Whose it is.
    since
        When they said yes.
    until
        Nothing newer than this may be shown: the last turn of the week, or when they froze it.
        What is shared changes on Sundays only, so that it does not tell when somebody was here.
    """

    owner: User
    since: datetime
    until: datetime


def shared_with(viewer: User, kind: Kind) -> Shared | None:
    """Return the gate to one kind of the other's things, or ``None``, whatever the reason."""
    owner = partner_of(viewer)
    half = current_membership(viewer)
    if owner is None or half is None:
        return None
    moment = clock.now()
    found = rules.consent_for(viewer.pk, owner.pk, kind, consent_facts(half.couple), moment)
    if found is None:
        return None
    return Shared(owner, found.granted_at, rules.shown_until(found, moment))


def shared_place(viewer: User) -> Shared | None:
    """Return the gate to the other's place on the plane, or ``None``, whatever the reason."""
    return shared_with(viewer, Kind.PLACE)


def is_open_diary(viewer: User) -> bool:
    """Whether both share their days now."""
    half, other = current_membership(viewer), partner_of(viewer)
    if half is None or other is None:
        return False
    return rules.is_open_diary(viewer.pk, other.pk, consent_facts(half.couple), clock.now())
