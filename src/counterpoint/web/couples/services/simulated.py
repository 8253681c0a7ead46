"""Joining two people that never lived, for the demo: they did it weeks ago, and share already."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from counterpoint.domain.dyad import Member
from counterpoint.errors import SetupError
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.seen import Viewer, record_access
from counterpoint.web.core import clock
from counterpoint.web.couples import rules
from counterpoint.web.couples.kinds import JOINT_KINDS, Kind
from counterpoint.web.couples.models import Consent, Couple, Membership


@transaction.atomic
def seed_simulated_couple(
    one: User, two: User, *, joined_at: datetime, kinds: tuple[Kind, ...]
) -> Couple:
    """Join two simulated people as of a moment in the past, each sharing the same kinds since.

    Raises
    ------
    SetupError
        If either is a real person: nobody else joins them or says yes for them.
    """
    if not (one.simulated and two.simulated):
        raise SetupError("only simulated people are joined by the program")
    couple = Couple.objects.create(created_at=joined_at, joined_at=joined_at)
    for member, person, other in ((Member.A, one, two), (Member.B, two, one)):
        Membership.objects.create(
            couple=couple, person=person, member=member.value, confirmed_at=joined_at
        )
        for kind in kinds:
            consent = Consent.objects.create(
                couple=couple,
                grantor=person,
                grantee=other,
                kind=kind.value,
                text_version="en-1-1-1",
                granted_at=joined_at,
                renewed_at=clock.now(),
                expires_at=clock.now() + timedelta(days=rules.CONSENT_DAYS),
            )
            if kind not in JOINT_KINDS:
                record_access(Viewer.PARTNER, person, kind.value, occasion=str(consent.pk))
    return couple
