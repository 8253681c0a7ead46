"""What a consent lets be seen, and what may be made under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.rules.weeks import last_turn

CONSENT_DAYS = 90


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
    return _is_settled_by_both(one, two, Kind.PATTERNS, consents, now)


def may_be_exact(one: UUID, two: UUID, consents: Iterable[ConsentFact], now: datetime) -> bool:
    """Whether a joint picture made at this moment may be exact: both share their days."""
    return _is_settled_by_both(one, two, Kind.DAYS, consents, now)


def may_hold_places(one: UUID, two: UUID, consents: Iterable[ConsentFact], now: datetime) -> bool:
    """Whether a joint picture made at this moment may hold both places: both share theirs."""
    return _is_settled_by_both(one, two, Kind.PLACE, consents, now)


def is_shared_by_both(
    one: UUID, two: UUID, kind: Kind, consents: Iterable[ConsentFact], now: datetime
) -> bool:
    """Whether each of two people lets the other see one kind at a moment."""
    given = tuple(consents)
    return one != two and all(
        consent_for(viewer, owner, kind, given, now) is not None
        for viewer, owner in ((one, two), (two, one))
    )


def _is_settled_by_both(
    one: UUID, two: UUID, kind: Kind, consents: Iterable[ConsentFact], now: datetime
) -> bool:
    return is_shared_by_both(one, two, kind, (c for c in consents if is_settled(c, now)), now)
