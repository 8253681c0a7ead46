"""Saying yes and no, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.seen import Viewer, record_access
from counterpoint.web.core import clock
from counterpoint.web.couples import endings, queries, rules
from counterpoint.web.couples.kinds import JOINT_KINDS, Kind
from counterpoint.web.couples.models import Card, Consent, Couple, Release
from counterpoint.web.couples.services.locking import lock_own


@transaction.atomic
def grant(person: User, kind: Kind, *, text_version: str) -> Consent:
    """Let the other see one kind of one's own things for ninety days from now.

    While such a consent is in force it is renewed. One that has ended stays ended: this is a
    new one, and nothing that was made under the old one comes back.

    Raises
    ------
    django.http.Http404
        If the person has no page for two.
    """
    half, couple = lock_own(person)
    moment = clock.now()
    expires_at = moment + timedelta(days=rules.CONSENT_DAYS)
    given = Consent.objects.filter(
        couple=couple, grantor=person, kind=kind.value, withdrawn_at__isnull=True
    )
    given.filter(expires_at__lte=moment).update(withdrawn_at=F("expires_at"))
    row = given.filter(expires_at__gt=moment).first()
    if row is not None:
        row.expires_at, row.renewed_at, row.text_version = expires_at, moment, text_version
        row.save(update_fields=["expires_at", "renewed_at", "text_version"])
        return row
    other = queries.people_of(couple).get(Member(half.member).other)
    row = Consent.objects.create(
        couple=couple,
        grantor=person,
        grantee=other,
        kind=kind.value,
        text_version=text_version,
        granted_at=moment,
        expires_at=expires_at,
    )
    if kind not in JOINT_KINDS:  # those are written down when a joint picture is made
        record_access(Viewer.PARTNER, person, kind.value, occasion=str(row.pk))
    return row


@transaction.atomic
def withdraw(person: User, kind: Kind) -> None:
    """Take one kind back: past and future, for good. The other is told nothing.

    A joint picture that rests on it is emptied; one that only holds it as a part loses the part.

    Raises
    ------
    django.http.Http404
        If the person has no page for two.
    """
    _, couple = lock_own(person)
    _withdraw(person, couple, (kind,))


@transaction.atomic
def stop_everything(person: User) -> None:
    """Take back every kind, every card and everything else laid open, in one go.

    Raises
    ------
    django.http.Http404
        If the person has no page for two.
    """
    _, couple = lock_own(person)
    _withdraw(person, couple, tuple(Kind))
    Card.objects.filter(couple=couple, owner=person).delete()
    endings.close_all(person, couple.pk)


@transaction.atomic
def freeze(person: User, kinds: Iterable[Kind] = tuple(Kind)) -> None:
    """Let nothing new be made from one's own things; what is there stays as it is.

    Raises
    ------
    django.http.Http404
        If the person has no page for two.
    """
    _, couple = lock_own(person)
    Consent.objects.filter(
        couple=couple,
        grantor=person,
        kind__in=[kind.value for kind in kinds],
        withdrawn_at__isnull=True,
        frozen_at__isnull=True,
    ).update(frozen_at=clock.now())


@transaction.atomic
def thaw(person: User, kinds: Iterable[Kind] = tuple(Kind)) -> None:
    """Lift a freeze; it counts from the next turn of the week.

    Raises
    ------
    django.http.Http404
        If the person has no page for two.
    """
    _, couple = lock_own(person)
    Consent.objects.filter(
        couple=couple,
        grantor=person,
        kind__in=[kind.value for kind in kinds],
        withdrawn_at__isnull=True,
        frozen_at__isnull=False,
    ).update(frozen_at=None, thawed_at=clock.now())


def _withdraw(person: User, couple: Couple, kinds: Iterable[Kind]) -> None:
    moment = clock.now()
    named = tuple(kinds)
    Consent.objects.filter(
        couple=couple,
        grantor=person,
        kind__in=[kind.value for kind in named],
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=moment)
    pictures = Release.objects.filter(couple=couple, withdrawn_at__isnull=True)
    if Kind.PATTERNS in named:
        pictures.update(withdrawn_at=moment, content=None)
    elif Kind.DAYS in named:
        pictures.filter(is_exact=True).update(withdrawn_at=moment, content=None)
    for picture in pictures:
        if picture.content is not None:
            picture.content = endings.cut_out(named, picture.content)
            picture.save(update_fields=["content"])
