"""Evenings of a simulated person, written by a fixed rule."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from counterpoint.web.accounts.models import User
from counterpoint.web.diary.services import PastCheckin, ScreenOne, ScreenTwo, seed_past_checkins

MONDAY = date(2026, 3, 2)
"""A Monday; diaries of the tests begin on it."""


def evening_of(day: date) -> datetime:
    """Half past eight in the evening, UTC."""
    return datetime.combine(day, time(20, 30), tzinfo=UTC)


def answer_evenings(
    owner: User,
    count: int,
    *,
    first: date = MONDAY,
    near: float = 6.0,
    myself: float = 6.0,
    seed: int = 1,
    skipped: Sequence[int] = (),
    go_together: float = 0.0,
    mood: bool = True,
) -> date:
    """Write ``count`` consecutive evenings and return the last day.

    ``go_together`` from -1 to 1 ties nearness and being oneself of one day.
    """
    chance = random.Random(seed)  # noqa: S311 - invented answers, no secret
    past = []
    for offset in range(count):
        day = first + timedelta(days=offset)
        shared, alone = chance.gauss(0, 1.6), chance.gauss(0, 1.6)
        own = go_together * shared + (1 - abs(go_together)) * alone
        asked = chance.choice(("c2", "c3")), chance.choice(("s2", "s3"))
        values = [near + shared, myself + own, near + shared, myself + own]
        c1, s1, c2, s2 = (min(10, max(0, round(v + chance.gauss(0, 0.7)))) for v in values)
        if offset in skipped:
            continue
        past.append(
            PastCheckin(
                about_on=day,
                recorded_at=evening_of(day),
                coin_connection=asked[0],
                coin_self=asked[1],
                first=ScreenOne(
                    g=chance.randrange(3, 10) if mood else None, c1=c1, s1=s1, n="some", e1="no"
                ),
                second=ScreenTwo(connection=c2, self_=s2, w=5),
            )
        )
    seed_past_checkins(owner, past)
    return first + timedelta(days=count - 1)
