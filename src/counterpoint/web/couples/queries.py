"""Reading the couples app. Every function takes the viewer and answers for that person alone.

There is no way to ask what the other lets be seen, when they were here or what they answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from counterpoint.content import load_content
from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.keys import read_sealed
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import rules
from counterpoint.web.couples.kinds import CardKind, Kind
from counterpoint.web.couples.models import (
    Card,
    Consent,
    Couple,
    Invitation,
    Membership,
    Release,
)
from counterpoint.web.couples.rules import ConsentFact, ReleaseFact

CARD = "couples.Card"
ENTERED = Member.B
"""The half of whoever entered a code; the other half made it."""
QUESTIONS = "question."
"""What the ids of the questions of the week begin with."""


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


@dataclass(frozen=True, slots=True)
class TurnedCard:
    """A card that lies open.

    Parameters
    ----------
    is_mine
        Whether the viewer laid it.
    kind
        What it is about.
    text
        Its words.
    """

    is_mine: bool
    kind: CardKind
    text: str


def own_card(viewer: User, turns_on: date) -> Card | None:
    """Return the card the viewer laid for one turn of the week."""
    half = current_membership(viewer)
    if half is None:
        return None
    return Card.objects.filter(
        couple_id=half.couple_id, owner_id=viewer.pk, turns_on=turns_on
    ).first()


def card_text(card: Card) -> str:
    """Return the words of a card."""
    return read_sealed(card.owner, (CARD, card.pk, "text_sealed"), bytes(card.text_sealed))


def turned_cards(viewer: User, turns_on: date) -> tuple[TurnedCard, ...]:
    """Return the two cards of one turn of the week, own first, or nothing at all."""
    half = current_membership(viewer)
    if half is None or rules.last_turn(clock.now()).date() < turns_on:
        return ()
    cards = Card.objects.filter(couple_id=half.couple_id, turns_on=turns_on).select_related("owner")
    mine = [card for card in cards if card.owner_id == viewer.pk]
    theirs = [card for card in cards if card.owner_id != viewer.pk]
    if not rules.are_cards_turned(bool(mine), bool(theirs), half.couple.ended_at):
        return ()
    return tuple(
        TurnedCard(card.owner_id == viewer.pk, CardKind(card.kind), card_text(card))
        for card in (mine[0], theirs[0])
    )


def question_of_week() -> str:
    """Return the question of this week: by the calendar, the same for everybody."""
    content = load_content()
    asked = sorted(one for one in content.phrases if one.startswith(QUESTIONS))
    return content.phrase(asked[rules.week_number(clock.now()) % len(asked)])
