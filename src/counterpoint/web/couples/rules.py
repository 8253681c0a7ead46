"""Who may see what of whom, and when a joint picture may be made. Pure; no database.

Every function takes plain facts and the moment it is asked for. ``Absence carries no
information``: whatever is not allowed gives the same ``False``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from counterpoint.domain.diary import local_day
from counterpoint.web.couples.kinds import Kind

CONSENT_DAYS = 90
CODE_HOURS = 72
NEW_DAYS = 14
"""Days of each that a joint picture must hold and that no earlier one held."""

SETTLED_AFTER_DAYS = 3
"""A joint picture rests on days that nobody, in any time zone, could still add when it turned."""

SUNDAY = 6
WEEK = timedelta(days=7)
TURN = time(4, tzinfo=UTC)
"""The week turns on Sundays at this time, for everybody at the same moment."""


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """One consent as the rules see it.

    Parameters
    ----------
    grantor, grantee
        Whose things are seen, and by whom; a grantee whose account is gone is ``None``.
    kind
        What is seen.
    granted_at, expires_at
        From when, and until when at most.
    withdrawn_at
        When it was taken back.
    frozen_at, thawed_at
        Since when nothing new may be made under it; when that was last lifted.
    ended_at
        When the couple it belongs to ended.
    """

    grantor: UUID
    grantee: UUID | None
    kind: Kind
    granted_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None = None
    frozen_at: datetime | None = None
    thawed_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReleaseFact:
    """A joint picture, made or about to be made.

    Parameters
    ----------
    month
        Its month, such as ``2026-11``.
    made_at
        When it was made.
    held
        Person to the days of theirs that went into it.
    is_exact
        Whether it says more than bands.
    withdrawn_at
        When it was hidden for good.
    """

    month: str
    made_at: datetime
    held: Mapping[UUID, frozenset[date]]
    is_exact: bool = False
    withdrawn_at: datetime | None = None


def is_in_force(consent: ConsentFact, now: datetime) -> bool:
    """Whether a consent holds at a moment: given, not expired, not withdrawn, couple not ended."""
    return (
        consent.granted_at <= now < consent.expires_at
        and consent.withdrawn_at is None
        and consent.ended_at is None
    )


def consent_for(
    viewer: UUID, owner: UUID, kind: Kind, consents: Iterable[ConsentFact], now: datetime
) -> ConsentFact | None:
    """Return the consent by which ``viewer`` may see this kind of ``owner``, or ``None``."""
    for consent in consents:
        if (
            consent.grantor == owner
            and consent.grantee == viewer
            and consent.kind is kind
            and is_in_force(consent, now)
        ):
            return consent
    return None


def may_see(
    viewer: UUID, owner: UUID, kind: Kind, consents: Iterable[ConsentFact], now: datetime
) -> bool:
    """Whether ``viewer`` may see this kind of thing of ``owner``; each may see their own."""
    return viewer == owner or consent_for(viewer, owner, kind, consents, now) is not None


def shown_until(consent: ConsentFact, now: datetime) -> datetime:
    """Return until when what is shared may reach: the last turn, or when it was frozen.

    What is shared changes at the turn of the week only, so that it does not tell when its owner
    was here.
    """
    turn = last_turn(now)
    return turn if consent.frozen_at is None else min(turn, consent.frozen_at)


def is_open_diary(one: UUID, two: UUID, consents: Iterable[ConsentFact], now: datetime) -> bool:
    """Whether two people both share their days, so that a joint picture may be exact."""
    given = tuple(consents)
    return may_see(one, two, Kind.DAYS, given, now) and may_see(two, one, Kind.DAYS, given, now)


def last_turn(now: datetime) -> datetime:
    """Return the last turn of the week at or before a moment: a Sunday, 04:00 UTC."""
    day = local_day(now, "UTC")
    return datetime.combine(day - timedelta(days=(day.weekday() - SUNDAY) % 7), TURN)


def next_turn(now: datetime) -> datetime:
    """Return the first turn of the week after a moment."""
    return last_turn(now) + WEEK


def is_release_day(now: datetime) -> bool:
    """Whether a joint picture may be made at this moment: the first Sunday of a month."""
    day = local_day(now, "UTC")
    return day.weekday() == SUNDAY and day.day <= WEEK.days


def last_release_moment(now: datetime) -> datetime:
    """Return the newest moment up to now at which a joint picture could be made."""
    moment = now
    while not is_release_day(moment):
        moment = last_turn(moment - timedelta(days=1))
    return moment


def month_of(now: datetime) -> str:
    """Return the month a picture made at this moment belongs to, such as ``2026-11``."""
    return local_day(now, "UTC").strftime("%Y-%m")


def last_held_day(now: datetime) -> date:
    """Return the newest day that may go into a joint picture made at this moment.

    By the turn of the week that day is closed everywhere on earth. What somebody writes on the
    Sunday itself can therefore not bring a picture about, which would show that they wrote.
    """
    return last_turn(now).date() - timedelta(days=SETTLED_AFTER_DAYS)


def is_settled(consent: ConsentFact, now: datetime) -> bool:
    """Whether a new picture may be made under a consent at this moment.

    It must hold, must not be frozen, and both since before the turn of the week: a consent given
    or thawed on the Sunday itself waits, or the picture would appear at that very minute and
    show that the other's was there already.
    """
    turn = last_turn(now)
    return (
        is_in_force(consent, now)
        and consent.granted_at < turn
        and consent.frozen_at is None
        and (consent.thawed_at is None or consent.thawed_at < turn)
    )


def may_be_made(one: UUID, two: UUID, consents: Iterable[ConsentFact], now: datetime) -> bool:
    """Whether two people's consents let a new joint picture be made at this moment."""
    return _both(one, two, Kind.PATTERNS, [row for row in consents if is_settled(row, now)], now)


def may_be_exact(one: UUID, two: UUID, consents: Iterable[ConsentFact], now: datetime) -> bool:
    """Whether a joint picture made at this moment may be exact: both share their days."""
    return _both(one, two, Kind.DAYS, [row for row in consents if is_settled(row, now)], now)


def can_publish(
    candidate: ReleaseFact,
    earlier: Iterable[ReleaseFact],
    consents: Iterable[ConsentFact],
    now: datetime,
) -> bool:
    """Whether a joint picture may be published at this moment.

    It may on the first Sunday of a month, once a month, if both share patterns (both their days,
    too, for an exact one), and if it holds at least 14 days of each that no earlier one held.

    Parameters
    ----------
    candidate
        The picture; its ``held`` names exactly two people.
    earlier
        Every picture these two ever had, in this or an earlier couple of theirs, visible or not.
    consents
        Consents of the couple, read now.
    now
        The moment.
    """
    before, given = tuple(earlier), tuple(consents)
    people = tuple(candidate.held)
    if len(people) != 2 or not is_release_day(now) or candidate.month != month_of(now):
        return False
    one, two = people
    if not may_be_made(one, two, given, now):
        return False
    if candidate.is_exact and not may_be_exact(one, two, given, now):
        return False
    if any(release.month == candidate.month for release in before):
        return False
    return all(
        len(new_days(candidate, before, person)) >= NEW_DAYS
        and max(candidate.held[person]) <= last_held_day(now)
        for person in people
    )


def new_days(
    candidate: ReleaseFact, earlier: Iterable[ReleaseFact], person: UUID
) -> frozenset[date]:
    """Return the days of a person that a picture holds and no earlier one held."""
    held: frozenset[date] = frozenset().union(
        *(release.held.get(person, frozenset()) for release in earlier)
    )
    return candidate.held[person] - held


def is_release_visible(
    release: ReleaseFact, consents: Iterable[ConsentFact], now: datetime
) -> bool:
    """Whether a joint picture may be seen by the two it is about; one sees it when both do.

    The consents it was made under must still be the ones in force: a picture that went never
    comes back, so that its return cannot tell why it went.
    """
    people = tuple(release.held)
    if release.withdrawn_at is not None or len(people) != 2 or now < release.made_at:
        return False
    given = [row for row in consents if row.granted_at <= release.made_at]
    kinds = (Kind.PATTERNS, Kind.DAYS) if release.is_exact else (Kind.PATTERNS,)
    one, two = people
    return all(_both(one, two, kind, given, now) for kind in kinds)


def is_code_alive(
    expires_at: datetime,
    entered_at: datetime | None,
    cancelled_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether a code may still be entered: not expired, never entered, not taken back."""
    return now < expires_at and entered_at is None and cancelled_at is None


def is_joining_open(created_at: datetime, now: datetime) -> bool:
    """Whether two who have not both confirmed may still do so."""
    return created_at <= now < created_at + timedelta(hours=CODE_HOURS)


def are_cards_turned(mine_laid: bool, theirs_laid: bool, ended_at: datetime | None) -> bool:
    """Whether the two cards of a week are shown: both lie there and nobody left."""
    return mine_laid and theirs_laid and ended_at is None


def week_number(now: datetime) -> int:
    """Return the running number of the week, the same for everybody; it picks the question."""
    return last_turn(now).date().toordinal() // WEEK.days


def _both(one: UUID, two: UUID, kind: Kind, consents: Iterable[ConsentFact], now: datetime) -> bool:
    given = tuple(consents)
    return one != two and all(
        consent_for(viewer, owner, kind, given, now) is not None
        for viewer, owner in ((one, two), (two, one))
    )
