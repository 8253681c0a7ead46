"""What the simulated people of the demo said of their weeks: the two halves, with some lines."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import weeks
from counterpoint.web.diary.look_services import LookAnswers, seed_past_look

WEEKS = 9
LOOKED_AT = time(20, 15)

LINES: dict[Member, dict[str, dict[int, str]]] = {
    Member.A: {
        "h1": {
            1: "I said yes to the whole weekend and meant half of it.",
            4: "Asked for an evening alone. It was all right.",
            9: "I told early that I was tired, and we stayed close.",
        },
        "h2": {2: "Went quiet instead of saying it.", 8: "Disagreed, and stayed at the table."},
        "moment": {2: "The wet bench by the canal, and the one umbrella.", 9: "Soup at midnight."},
    },
    Member.B: {
        "h1": {
            2: "Near, mostly. I kept one thing to myself.",
            9: "Said the one thing. It was small.",
        },
        "h2": {1: "I left the room twice.", 6: "Left once, came back the same evening."},
    },
}
"""Own words on the two halves, and moments to keep, by week, counted from the first."""


def look_back(person: User, member: Member, yesterday: date, chance: random.Random) -> None:
    """Write the looks at eight of nine weeks; the newest week is left to be looked at."""
    last = weeks.next_sunday(yesterday) - timedelta(weeks=2)
    left_out = chance.randrange(3, 8)
    usual = {"h1": chance.uniform(3.0, 5.0), "h2": chance.uniform(3.0, 5.0)}
    for week in range(1, WEEKS + 1):
        if week == left_out:
            continue
        sunday = last - timedelta(weeks=WEEKS - week)
        taps = {
            half: min(10, max(0, round(chance.gauss(level + week / 4, 1.2))))
            for half, level in usual.items()
        }
        lines = {
            name if name == "moment" else f"{name}_line": of_week[week]
            for name, of_week in LINES[member].items()
            if week in of_week
        }
        at = datetime.combine(sunday, LOOKED_AT, tzinfo=UTC)
        seed_past_look(person, sunday, LookAnswers(taps, {}, lines), at)
