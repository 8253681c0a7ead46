"""Joint pictures: which may be seen, and for whom one is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import rules
from counterpoint.web.couples.models import (
    Couple,
    Membership,
    Release,
)
from counterpoint.web.couples.queries.two import consent_facts, current_membership, people_of
from counterpoint.web.couples.rules import ReleaseFact


def held_days(release: Release) -> dict[Member, frozenset[date]]:
    """Return which days of each went into a picture."""
    return {
        member: frozenset(map(date.fromisoformat, release.held.get(member.value, ())))
        for member in Member
    }


def release_fact(release: Release, people: Mapping[Member, UUID]) -> ReleaseFact:
    """Return a picture as the rules see it."""
    held = held_days(release)
    return ReleaseFact(
        month=release.month,
        made_at=release.made_at,
        held={person: held[member] for member, person in people.items()},
        is_exact=release.is_exact,
        withdrawn_at=release.withdrawn_at,
    )


def visible_release(viewer: User) -> Release | None:
    """Return the newest joint picture if the viewer may see it.

    ``None`` is the neutral state, whatever the reason; an older picture never takes the place
    of a newer one that went.
    """
    half = current_membership(viewer)
    if half is None or half.couple.ended_at is not None:
        return None
    newest = Release.objects.filter(couple_id=half.couple_id).order_by("-made_at").first()
    if newest is None or not _is_visible(newest, half.couple):
        return None
    return newest


def get_release(viewer: User, release_id: UUID | str) -> Release | None:
    """Return the joint picture of that id if it is the one the viewer sees now, else ``None``."""
    release = visible_release(viewer)
    return release if release is not None and str(release.pk) == str(release_id) else None


def _is_visible(release: Release, couple: Couple) -> bool:
    people = {member: person.pk for member, person in people_of(couple).items()}
    return release.content is not None and rules.is_release_visible(
        release_fact(release, people), consent_facts(couple), clock.now()
    )


def are_places_visible(release: Release) -> bool:
    """Whether the two places of a picture that is visible may be seen, too."""
    people = {member: person.pk for member, person in people_of(release.couple).items()}
    return rules.are_places_visible(
        release_fact(release, people), consent_facts(release.couple), clock.now()
    )


def earlier_releases(couple: Couple) -> tuple[ReleaseFact, ...]:
    """Return every picture these two people ever had, also in earlier couples of theirs."""
    people = {person.pk for person in people_of(couple).values()}
    mine = Membership.objects.filter(person_id__in=people).values_list("couple_id", flat=True)
    found: list[ReleaseFact] = []
    for release in Release.objects.filter(couple_id__in=list(mine)).select_related("couple"):
        both = {member: person.pk for member, person in people_of(release.couple).items()}
        if set(both.values()) == people:
            found.append(release_fact(release, both))
    return tuple(found)


def due_for_release(now: datetime) -> list[UUID]:
    """Return the couples whose joint picture of this month was not decided on yet.

    Only on the first Sunday of a month, only where consents let one be made; whether there are
    days enough is seen when it is made. Cheap enough to be asked every few seconds.
    """
    couples = Couple.objects.filter(joined_at__isnull=False, ended_at__isnull=True)
    if not rules.is_release_day(now):
        couples = couples.filter(memberships__person__simulated=True).distinct()
    due: list[UUID] = []
    for couple in couples:
        moment = release_moment(couple, now)
        people = [person.pk for person in people_of(couple).values()]
        if len(people) != 2 or couple.looked_month == rules.month_of(moment):
            continue
        one, two = people
        if rules.may_be_made(one, two, consent_facts(couple), moment):
            due.append(couple.pk)
    return due


def release_moment(couple: Couple, now: datetime) -> datetime:
    """Return the moment a joint picture asked for now belongs to: now itself.

    Two people that never lived began weeks ago, when no worker was there: theirs belongs to the
    newest first Sunday, so that the demo shows it on any day.
    """
    people = people_of(couple).values()
    if people and all(person.simulated for person in people):
        return rules.last_release_moment(now)
    return now
