"""When a joint picture may be published, and how long it may be seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.rules.consents import (
    ConsentFact,
    is_shared_by_both,
    may_be_exact,
    may_be_made,
)
from counterpoint.web.couples.rules.weeks import is_release_day, last_held_day, month_of

NEW_DAYS = 14
"""Days of each that a joint picture must hold and that no earlier one held."""


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
    if release.withdrawn_at is not None or now < release.made_at:
        return False
    kinds = (Kind.PATTERNS, Kind.DAYS) if release.is_exact else (Kind.PATTERNS,)
    return _still_given(release, kinds, consents, now)


def are_places_visible(
    release: ReleaseFact, consents: Iterable[ConsentFact], now: datetime
) -> bool:
    """Whether the two places of a visible joint picture may be seen.

    As with the picture itself: places that went never come back with a new consent.
    """
    return _still_given(release, (Kind.PLACE,), consents, now)


def _still_given(
    release: ReleaseFact,
    kinds: Iterable[Kind],
    consents: Iterable[ConsentFact],
    now: datetime,
) -> bool:
    people = tuple(release.held)
    if len(people) != 2:
        return False
    given = [row for row in consents if row.granted_at <= release.made_at]
    one, two = people
    return all(is_shared_by_both(one, two, kind, given, now) for kind in kinds)
