"""Publishing a joint picture: the loser of a race with a withdrawal is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.seen import Viewer, record_access
from counterpoint.web.couples import endings, queries, rules
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Couple, Release
from counterpoint.web.couples.rules import ReleaseFact
from counterpoint.web.couples.services.locking import lock_both


@dataclass(frozen=True, slots=True)
class ReleaseTerms:
    """Under which terms a joint picture may be made now.

    Parameters
    ----------
    couple_id
        Whose.
    people
        Who they are, by member.
    month
        Its month, such as ``2026-11``.
    is_exact
        Whether both share their days, so that it may say more than bands.
    with_places
        Whether both share their place, so that it may hold both.
    days_until
        The newest day that may go into it.
    held_before
        Days of each that an earlier picture held, by member.
    """

    couple_id: UUID
    people: Mapping[Member, User]
    month: str
    is_exact: bool
    with_places: bool
    days_until: date
    held_before: Mapping[Member, frozenset[date]]

    def has_new_days(self, member: Member, held: frozenset[date]) -> bool:
        """Whether so many of these days are new that a picture may hold them."""
        return len(held - self.held_before[member]) >= rules.NEW_DAYS


@dataclass(frozen=True, slots=True)
class ReleaseDraft:
    """A joint picture that is not published yet.

    Parameters
    ----------
    content
        What may be drawn, as JSON: bands, or exact where the terms say so.
    held
        Every day of each that went into it, by member.
    """

    content: Mapping[str, Any]
    held: Mapping[Member, frozenset[date]]


Builder = Callable[[ReleaseTerms], ReleaseDraft | None]


def release_terms(couple_id: UUID, now: datetime) -> ReleaseTerms | None:
    """Return the terms on which a joint picture may be made now, or ``None``."""
    couple = Couple.objects.filter(
        pk=couple_id, joined_at__isnull=False, ended_at__isnull=True
    ).first()
    if couple is None:
        return None
    now = queries.release_moment(couple, now)
    if not rules.is_release_day(now):
        return None
    people = queries.people_of(couple)
    if set(people) != set(Member):
        return None
    one, two = people[Member.A].pk, people[Member.B].pk
    consents = queries.consent_facts(couple)
    earlier = queries.earlier_releases(couple)
    month = rules.month_of(now)
    if not rules.may_be_made(one, two, consents, now):
        return None
    if any(release.month == month for release in earlier):
        return None
    return ReleaseTerms(
        couple_id=couple_id,
        people=people,
        month=month,
        is_exact=rules.may_be_exact(one, two, consents, now),
        with_places=rules.may_hold_places(one, two, consents, now),
        days_until=rules.last_held_day(now),
        held_before={
            member: frozenset().union(*(row.held[people[member].pk] for row in earlier))
            for member in Member
        },
    )


def publish_release(couple_id: UUID, builder: Builder, now: datetime) -> Release | None:
    """Make the joint picture of this month, if there may be one.

    The builder runs outside any transaction, because it may take long. Then consents are read
    again inside the transaction that publishes: if anything no longer allows the picture, it is
    thrown away; places that are no longer shared are cut out of it. Either way this month is
    decided on and is not asked for again.

    Parameters
    ----------
    couple_id
        Whose picture.
    builder
        Takes the terms; returns the picture, or ``None`` where there is too little to say.
    now
        The moment the terms are read at.

    Returns
    -------
    Release or None
        What was published.
    """
    terms = release_terms(couple_id, now)
    draft = None if terms is None else builder(terms)
    with transaction.atomic():
        couple = lock_both(couple_id)
        if couple is None:
            return None
        now = queries.release_moment(couple, now)
        release = None
        if terms is not None and draft is not None:
            release = _publish(couple, terms, draft, now)
        if rules.is_release_day(now):
            couple.looked_month = rules.month_of(now)
            couple.save(update_fields=["looked_month"])
        return release


def _publish(
    couple: Couple, terms: ReleaseTerms, draft: ReleaseDraft, now: datetime
) -> Release | None:
    people = {member: person.pk for member, person in queries.people_of(couple).items()}
    if couple.ended_at is not None or people != {
        member: person.pk for member, person in terms.people.items()
    }:
        return None
    candidate = ReleaseFact(
        month=terms.month,
        made_at=now,
        held={people[member]: frozenset(draft.held[member]) for member in Member},
        is_exact=terms.is_exact,
    )
    earlier, consents = queries.earlier_releases(couple), queries.consent_facts(couple)
    if not rules.can_publish(candidate, earlier, consents, now):
        return None
    one, two = people.values()
    hidden = () if rules.may_hold_places(one, two, consents, now) else (Kind.PLACE,)
    release = Release.objects.create(
        couple=couple,
        month=terms.month,
        made_at=now,
        days_until=terms.days_until,
        is_exact=terms.is_exact,
        content=endings.cut_out(hidden, draft.content),
        held={
            member.value: sorted(day.isoformat() for day in draft.held[member]) for member in Member
        },
    )
    kind = Kind.DAYS if release.is_exact else Kind.PATTERNS
    for owner in terms.people.values():
        record_access(Viewer.PARTNER, owner, kind.value, occasion=str(release.pk))
    return release
