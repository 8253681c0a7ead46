"""How often the lighter mode is offered: to people whose weeks are as ever, and after a hard week.

.venv/bin/python bench/lighter_offer.py --people 2000
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import numpy as np

from counterpoint.engine import shipped_prior, simulate_dyads
from counterpoint.engine.units import POINTS_PER_UNIT
from counterpoint.web.diary.hard_week import is_hard_week, is_resting

DAYS = 70
FIRST = date(2026, 1, 5)
POINTS_A_TAP = 10.0
HARD_FROM = 49
"""Day on which the hard week of the second and third row begins."""
MIDDLE = 50.0


def people(n: int, seed: int, missing: float) -> np.ndarray:
    """Return both markers of n people in taps, not rounded, shape (n, DAYS, 2); nan: no answer."""
    diaries, _ = simulate_dyads(
        n,
        DAYS,
        rng=np.random.default_rng(seed),
        prior=shipped_prior(),
        missing=missing,
        trend=False,
    )
    return np.array([diary.items[:, :2, 0] for diary in diaries])


def offers(markers: np.ndarray, *, lower_by: float = 0.0) -> list[list[date]]:
    """Return the days on which each person is offered it, as Today is opened every evening."""
    return [_offered(one, lower_by) for one in markers]


def _offered(markers: np.ndarray, lower_by: float) -> list[date]:
    points = MIDDLE + POINTS_PER_UNIT * markers
    points[HARD_FROM : HARD_FROM + 7] -= lower_by
    taps = np.clip(np.rint(points / POINTS_A_TAP), 0, 10).mean(axis=1)
    known: dict[date, float] = {}
    found: list[date] = []
    for at, tap in enumerate(taps):
        today = FIRST + timedelta(days=at)
        if not np.isnan(tap):
            known[today] = float(tap)
        if is_hard_week(known, today) and not is_resting(found[-1] if found else None, today):
            found.append(today)
    return found


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--missing", type=float, default=0.25)
    asked = parser.parse_args()
    markers = people(asked.people, asked.seed, asked.missing)
    for lower_by in (0.0, 10.0, 15.0, 20.0):
        found = offers(markers.copy(), lower_by=lower_by)
        ever = np.mean([bool(days) for days in found])
        window = [FIRST + timedelta(days=HARD_FROM + at) for at in range(4, 9)]
        then = np.mean([any(day in window for day in days) for days in found])
        print(
            f"week 8 lower by {lower_by:4.0f} points: offered at any time in ten weeks "
            f"{ever:.3f}, in the last days of that week {then:.3f}"
        )


if __name__ == "__main__":
    main()
