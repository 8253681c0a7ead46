"""How long each picture takes to draw, a year of days where days count.

Run ``python bench/pictures.py --write bench/results/pictures.md``. Each picture is drawn again and
again for a page, the whole of it: drawing, sentence and table. Times are of the processor, so that
what else runs on the machine does not count. Budgets stand in ``bench/budgets.toml``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import statistics
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from counterpoint import __version__
from counterpoint.domain.couplings import STATES, Cost
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Corner, Place
from counterpoint.pictures import (
    Arrow,
    DayNotes,
    Field,
    Interval,
    Link,
    Mark,
    MarkKind,
    Picture,
    PushDay,
    Trail,
    Way,
    cohort_plane,
    coupling_label,
    coupling_matrix,
    dance,
    days_strip,
    field_plane,
    four_corners,
    interval_ladder,
    one_line,
    plane,
    push_picture,
    same_day,
    score,
    score_sound,
    trails,
)
from counterpoint.pictures.canvas import number
from counterpoint.pictures.sound import MOST_DAYS

FIRST_ON = dt.date(2026, 3, 2)
YEAR = 365
SPREAD = ((30.0, 10.0), (10.0, 20.0))
BUDGETS = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text("utf-8"))["pictures"]


def voice(seed: int, days: int = YEAR) -> list[DayNotes]:
    """Return invented days, a quarter of them not known."""
    chance = random.Random(seed)  # noqa: S311 - invented days, no secret
    return [
        DayNotes(f"day {at + 1}")
        if chance.random() < 0.25
        else DayNotes(f"day {at + 1}", chance.randrange(11) * 10.0, chance.randrange(11) * 10.0)
        for at in range(days)
    ]


def drawings() -> dict[str, Callable[[], Picture]]:
    """Return what draws each picture, by its name."""
    one, two = voice(1), voice(2)
    wish = (75.0, 80.0)
    own = [
        Mark(Place(61, 55), MarkKind.PLACE, "where your days put you", spread=SPREAD),
        Mark(Place(60, 60), MarkKind.NOW, "your mark for the last two weeks"),
        Mark(Place(75, 78), MarkKind.WISH, "where you would like to be"),
        Mark(Place(40, 70), MarkKind.GUESS, "where your partner would put you"),
    ]
    cells = {
        (effect, cause): Interval(coupling_label(effect, cause), -0.1, 0.1, 0.3)
        for effect in STATES
        for cause in STATES
    }
    arrows = [Arrow(*cost.coupling(member), Way.SAME) for member in Member for cost in Cost]
    links = [Link(STATES[0], STATES[1]), Link(STATES[0], STATES[2], strands=3)]
    rows = [Interval(f"Range {at}", -0.2, 0.1 * at, 0.6, voice=Member.A) for at in range(4)]
    push = [PushDay((0.6**at, -(0.5**at)), (0.4**at, 0.0)) for at in range(15)]
    path = [Place(50 + 30 * 0.7**at, 50 - 12 * 0.5**at) for at in range(15)]
    couples = [(Place(at % 97, at % 89), Place(at % 83, at % 79)) for at in range(400)]
    counts = dict.fromkeys(Corner, YEAR // 4)
    answers = [(f"day {at + 1}", at % 11 if at % 4 else None) for at in range(YEAR)]
    return {
        "plane with wish": lambda: plane(own),
        "two places as fields": lambda: field_plane(
            {Member.A: Field((2, 3), (3, 3)), Member.B: Field((3, 3), (2, 3))}
        ),
        "dance": lambda: dance(arrows, links),
        "a map": lambda: push_picture(push),
        "lab: a push on the plane": lambda: trails(
            (Trail(path, SPREAD), Trail(path, SPREAD)), Place(50, 50), names=("Robin", "Sam")
        ),
        "four corners, a year": lambda: four_corners(counts),
        "days, one voice, a year": lambda: days_strip(one, wish=wish),
        "days, two voices, a year": lambda: days_strip(one, partner=two),
        "same day": lambda: same_day(rows),
        "effect and ranges": lambda: interval_ladder(rows),
        "couplings": lambda: coupling_matrix(cells),
        "answers on one line, a year": lambda: one_line(
            answers, title="How calm were you?", ends=("hardly", "fully"), key="own"
        ),
        "cohort, 400 couples": lambda: cohort_plane(couples),
        "score, one voice, a year": lambda: score(one, first_on=FIRST_ON, wish=wish),
        "score, two voices, a year": lambda: score(one, first_on=FIRST_ON, partner=two),
        "score, a sheet, a year": lambda: score(one, first_on=FIRST_ON, partner=two, bars=3),
    }


def times_ms(work: Callable[[], object], rounds: int) -> list[float]:
    """Return processor times of single calls, in milliseconds, shortest first.

    Coordinates written before are forgotten each time, so that every drawing is as slow as the
    first of its kind.
    """
    work()
    times = []
    for _ in range(rounds):
        number.cache_clear()
        start = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - start) / 1e6)
    return sorted(times)


def measure(rounds: int) -> tuple[list[str], bool]:
    """Return the rows of the table, and whether every budget is kept."""
    rows, kept = [], True
    for name, draw in drawings().items():
        times = times_ms(draw, rounds)
        late = times[int(0.95 * (len(times) - 1))]
        within = late < BUDGETS["p95_ms"]
        kept = kept and within
        size = len(draw().svg.encode()) / 1024
        rows.append(
            f"| {name} | {statistics.median(times):.2f} | {late:.2f} | {size:.0f} |"
            f" {'kept' if within else 'NOT kept'} |"
        )
    days = voice(1, MOST_DAYS), voice(2, MOST_DAYS)
    times = times_ms(lambda: score_sound(days[0], partner=days[1]), 20)
    size = len(score_sound(days[0], partner=days[1])) / 1024
    within = times[-1] < BUDGETS["sound_ms"] and size < BUDGETS["sound_kib"]
    rows.append(
        f"| sound of two voices, {MOST_DAYS} days, the most there are |"
        f" {statistics.median(times):.0f} | {times[18]:.0f} | {size:.0f} |"
        f" {'kept' if within else 'NOT kept'} |"
    )
    return rows, kept and within


def main() -> int:
    """Print the table, write it where asked, and fail where a budget is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    rows, kept = measure(asked.rounds)
    lines = [
        "# Drawing each picture",
        "",
        f"`python bench/pictures.py`, {dt.datetime.now(dt.UTC).date()}, version {__version__}, "
        f"Python {platform.python_version()}, {os.cpu_count()} processors, load "
        f"{os.getloadavg()[0]:.1f}. Processor time of {asked.rounds} drawings each (of 20 sounds), "
        "milliseconds; a year is 365 days, a quarter of them not known. Budget: p95 under "
        f"{BUDGETS['p95_ms']} ms a picture; a sound under {BUDGETS['sound_ms']} ms and "
        f"{BUDGETS['sound_kib']} KiB.",
        "",
        "| picture | median | p95 | KiB, before compression | budget |",
        "|---|---|---|---|---|",
        *rows,
    ]
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if asked.write is not None:
        asked.write.write_text(text, encoding="utf-8")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
