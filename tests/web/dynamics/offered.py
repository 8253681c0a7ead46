"""Evenings of a simulated person to whom an exercise is offered by chance, by a fixed rule."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.diary.offer_services import seed_past_series
from counterpoint.web.diary.offers import Series
from counterpoint.web.diary.services import PastCheckin, ScreenOne, ScreenTwo, seed_past_checkins
from web.dynamics.evenings import MONDAY, evening_of

EXERCISE = "thank_you_full_stop"
"""It names connection, the same evening."""


@dataclass(frozen=True)
class Evenings:
    """What was written: taps c1, c2, s1, s2 by day, friction by day, and the coins."""

    taps: dict[date, tuple[int, int, int, int]]
    friction: dict[date, float]
    coins: dict[date, bool]
    series: Series


def offer_evenings(
    owner: User,
    count: int,
    *,
    first: date = MONDAY,
    effect_taps: float = 0.0,
    exercise_id: str = EXERCISE,
    seed: int = 1,
) -> Evenings:
    """Write evenings and the coins of a series that begins on the first of them.

    A quarter is left out; on a tenth of the days no coin is drawn; an offer moves nearness by
    ``effect_taps`` on the same evening.
    """
    chance = random.Random(seed)  # noqa: S311 - invented answers, no secret
    weights = {"no": 0.0, "a_little": 0.5, "a_lot": 1.0}
    past, taps, friction, coins = [], {}, {}, {}
    for offset in range(count):
        day = first + timedelta(days=offset)
        if chance.random() < 0.9:
            coins[day] = chance.random() < 0.5
        near = 5.0 + effect_taps * coins.get(day, False) + chance.gauss(0, 1.0)
        myself = 5.0 + chance.gauss(0, 1.0)
        values = tuple(
            min(10, max(0, round(value + chance.gauss(0, 0.7))))
            for value in (near, near, myself, myself)
        )
        felt = chance.choice(["no", "no", "no", "a_little", "a_lot"])
        if chance.random() < 0.25:
            continue
        taps[day], friction[day] = values, weights[felt]
        past.append(
            PastCheckin(
                about_on=day,
                recorded_at=evening_of(day),
                coin_connection="c2",
                coin_self="s2",
                first=ScreenOne(c1=values[0], s1=values[2], n="some", e1=felt),
                second=ScreenTwo(connection=values[1], self_=values[3]),
            )
        )
    seed_past_checkins(owner, past)
    exercise = load_content().exercises[exercise_id]
    return Evenings(taps, friction, coins, seed_past_series(owner, exercise, first, coins))
