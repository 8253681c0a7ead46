"""How long a score takes to draw and to sound: ten weeks of two voices.

Run ``python bench/score_drawing.py --write bench/results/score_drawing.md``. Times are of the
processor, the best of many; beside them stands the time of one plane, the first picture of every
page, so that the ratio can be read on any machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import time
from collections.abc import Callable
from pathlib import Path

from counterpoint import __version__
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.pictures import DayNotes, Mark, MarkKind, plane, score, score_sound
from counterpoint.pictures.sound import DAY_SECONDS

FIRST_ON = dt.date(2026, 3, 2)
DAYS = 70
BUDGET_MS = 5.0


def voice(seed: int) -> list[DayNotes]:
    """Return ten weeks of invented taps, a quarter of the days not known."""
    chance = random.Random(seed)  # noqa: S311 - invented days, no secret
    return [
        DayNotes(f"day {at + 1}")
        if chance.random() < 0.25
        else DayNotes(f"day {at + 1}", chance.randrange(11) * 10.0, chance.randrange(11) * 10.0)
        for at in range(DAYS)
    ]


def best_ms(work: Callable[[], object], rounds: int) -> float:
    """Return the least processor time of one call, in milliseconds."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - start) / 1e6)
    return min(times)


def measure(rounds: int) -> list[tuple[str, str]]:
    """Return the rows of the table."""
    one, two = voice(1), voice(2)
    marks = [
        Mark(Place(61, 55), MarkKind.PLACE, "you", Member.A, ((30, 10), (10, 20))),
        Mark(Place(75, 78), MarkKind.WISH, "where you would like to be"),
    ]
    of_plane = best_ms(lambda: plane(marks), rounds)
    rows = [("one plane, to compare", f"{of_plane:.2f} ms")]
    for name, partner in (("one voice", None), ("two voices", two)):
        for bars in (1, 3):
            took = best_ms(
                lambda bars=bars, partner=partner: score(
                    one, first_on=FIRST_ON, partner=partner, bars=bars
                ),
                rounds,
            )
            lines = "a week" if bars == 1 else f"{bars} weeks"
            kept = "kept" if took < BUDGET_MS else "NOT kept"
            said = (
                f"{took:.2f} ms (budget {BUDGET_MS:.0f} ms: {kept}), {took / of_plane:.1f} planes"
            )
            rows.append((f"score, {name}, {lines} a line", said))
    drawn = score(one, first_on=FIRST_ON, partner=two)
    rows.append(("its size, two voices", f"{len(drawn.svg) / 1024:.0f} KiB, before compression"))
    for name, partner in (("one voice", None), ("two voices", two)):
        took = best_ms(lambda partner=partner: score_sound(one, partner=partner), 5)
        size = len(score_sound(one, partner=partner)) / 1e6
        seconds = DAYS * DAY_SECONDS
        rows.append(
            (f"sound, {name}", f"{took:.0f} ms for {seconds:.0f} s of music, {size:.2f} MB")
        )
    load = os.getloadavg()[0]
    rows.append(("processors, load of the machine", f"{os.cpu_count()}, {load:.1f}"))
    return rows


def main() -> None:
    """Print the table, and write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    today = dt.datetime.now(dt.UTC).date()
    lines = [
        "# Drawing and sounding a score",
        "",
        f"`python bench/score_drawing.py`, {today}, version {__version__}, "
        f"Python {platform.python_version()}. {DAYS} days, a quarter of them not known; "
        "processor time, the best of many.",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {figure} |" for name, figure in measure(asked.rounds)),
    ]
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if asked.write is not None:
        asked.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
