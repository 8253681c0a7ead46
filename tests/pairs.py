"""Two of the cast who joined, what each lets the other see, and pictures of the two."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.couples import queries, services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Couple
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms

OCTOBER = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
"""A Thursday in October, when people of the tests join and share."""

SUNDAY = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
"""Noon of the first Sunday of November."""

NEXT_SUNDAY = datetime(2026, 12, 6, 12, 0, tzinfo=UTC)
"""Noon of the first Sunday of December."""


def join(one: User, two: User) -> Couple:
    """Join two people by a code, as their pages would; return the couple."""
    code = services.invite(one, key=uuid.uuid4())
    assert code is not None
    assert services.accept(two, code)
    assert services.confirm(two)
    assert services.confirm(one)
    half = queries.current_membership(one)
    assert half is not None
    return half.couple


def share(person: User, *kinds: Kind) -> None:
    """Let a person's partner see some kinds of their things."""
    for kind in kinds:
        services.grant(person, kind, text_version="en-1-1-1")


def share_both(one: User, two: User, *kinds: Kind) -> None:
    """Let each see some kinds of the other's things."""
    share(one, *kinds)
    share(two, *kinds)


def days_until(last: date, count: int) -> frozenset[date]:
    """Return so many days in a row."""
    return frozenset(last - timedelta(days=offset) for offset in range(count))


def holding(count: int, **content: object) -> Callable[[ReleaseTerms], ReleaseDraft]:
    """Return a builder whose picture holds so many days of each."""

    def build(terms: ReleaseTerms) -> ReleaseDraft:
        days = days_until(terms.days_until, count)
        return ReleaseDraft(content={"bands": "said", **content}, held=dict.fromkeys(Member, days))

    return build
