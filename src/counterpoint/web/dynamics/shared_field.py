"""Where somebody most likely is, as their partner sees it: a broad field that changes by month.

It comes from the person's own fit, which holds nobody else's answers. It rests on fits of weeks
that were over before the month's first Sunday, so that nothing written now can move it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from counterpoint.domain.dyad import Member
from counterpoint.pictures import Field, Picture, field_plane
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.couples import rules as couples_rules
from counterpoint.web.dynamics import queries, rules

FIFTH_POINTS = 20.0
FIFTHS = 5
WEEK = timedelta(days=7)


def field_picture(owner: User, until: datetime) -> Picture | None:
    """Return a person's field as it stands at a moment, drawn for the other of the two.

    Parameters
    ----------
    owner
        Whose.
    until
        The moment; nothing newer counts.
    """
    field = field_of(owner, until)
    if field is None:
        return None
    return field_plane(
        {Member.B: field},
        title=current_content().phrase("picture.fields.title.partner"),
        key="theirs",
        language=current_language(),
    )


def field_of(owner: User, until: datetime) -> Field | None:
    """Return a person's field as it stands at a moment, ``None`` before 11 answered days."""
    last = last_closed_day(until)
    heads = [
        head for head in queries.fit_heads(owner) if head.made_on <= last and not head.provisional
    ]
    if not heads or not heads[-1].is_usable or heads[-1].answered_days < rules.ABOUT_FROM_DAYS:
        return None
    result = queries.result_of(owner, heads[-1].id)
    if result is None:
        return None
    near, myself = (fifths([draw[axis] for draw in result.draws]) for axis in range(2))
    return Field(near, myself)


def last_closed_day(moment: datetime) -> date:
    """Return the day until which fits count: a week before the month's first Sunday."""
    turn = couples_rules.last_turn(moment)
    while not couples_rules.is_release_day(turn):
        turn -= WEEK
    return turn.date() - WEEK


def fifths(draws: Sequence[float]) -> tuple[int, int]:
    """Return the first and last fifth that the middle nine of ten draws touch."""
    ordered = sorted(draws)
    last = len(ordered) - 1
    low, high = ordered[round(0.05 * last)], ordered[round(0.95 * last)]
    return _fifth(low), _fifth(high)


def _fifth(value: float) -> int:
    return min(FIFTHS - 1, max(0, int(value // FIFTH_POINTS)))
