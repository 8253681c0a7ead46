"""Two simulated people's evenings, drawn together by the engine and written through the diary."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from counterpoint.engine import simulate_dyads, to_points
from counterpoint.web.accounts.models import User
from counterpoint.web.diary.services import PastCheckin, ScreenOne, ScreenTwo, seed_past_checkins
from web.dynamics.evenings import evening_of

FRICTION = ("no", "no", "no", "a_little", "a_lot")
WAYS = ((), ("stayed",), ("gave_in",), ("shut_down",))


def write_both(one: User, two: User, count: int, *, last: date, seed: int = 1) -> None:
    """Write so many evenings of both, the last on ``last``, from one simulated couple."""
    rng = np.random.default_rng(seed)
    diary = simulate_dyads(1, count, rng=rng, design="checkin")[0][0]
    taps = np.round(to_points(diary.items) / 10)
    for who, person in enumerate((one, two)):
        write_taps(person, taps[:, 2 * who : 2 * who + 2], last=last, rng=rng)


def write_taps(person: User, taps: np.ndarray, *, last: date, rng: np.random.Generator) -> None:
    """Write a person's evenings from taps of shape (days, 2, 3)."""
    first = last - timedelta(days=len(taps) - 1)
    past = []
    for at, ((c1, c2, c3), (s1, s2, s3)) in enumerate(taps):
        if np.isnan(c1) or np.isnan(s1):
            continue
        on = first + timedelta(days=at)
        friction = str(rng.choice(FRICTION))
        upset = friction != "no"
        further = [None if np.isnan(v) else int(v) for v in (c2, c3, s2, s3)]
        past.append(
            PastCheckin(
                about_on=on,
                recorded_at=evening_of(on),
                coin_connection="c2" if further[1] is None else "c3",
                coin_self="s2" if further[3] is None else "s3",
                first=ScreenOne(
                    g=int(rng.integers(0, 11)), c1=int(c1), s1=int(s1), n="some", e1=friction
                ),
                second=ScreenTwo(
                    connection=further[0] if further[1] is None else further[1],
                    self_=further[2] if further[3] is None else further[3],
                    w=int(rng.integers(3, 9)),
                    e2=int(rng.integers(0, 11)) if upset else None,
                    e3=WAYS[int(rng.integers(0, 4))] if upset else (),
                ),
            )
        )
    person.simulated = True  # for this once, and never saved
    seed_past_checkins(person, past)
    person.simulated = False
