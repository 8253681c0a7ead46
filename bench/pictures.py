"""How long each picture takes to draw, a year of days where days count.

Run ``python bench/pictures.py --write bench/results/pictures.md``. The pictures are those of
``tests/unit/pictures/drawings.py``, under the same names, each drawn again and again for a page,
the whole of it: drawing, sentence and table. Times are of the processor, so that what else runs on
the machine does not count. Budgets stand in ``bench/budgets.toml``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import statistics
import sys
import time
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from counterpoint import __version__
from counterpoint.pictures import score_sound
from counterpoint.pictures.canvas import number
from counterpoint.pictures.sound import MOST_DAYS

BENCH = Path(__file__).parent
BUDGETS = tomllib.loads((BENCH / "budgets.toml").read_text("utf-8"))["pictures"]


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
    sys.path.insert(0, str(BENCH.parent / "tests"))
    from unit.pictures.drawings import AT_MOST, notes

    rows, kept = [], True
    for name, draw in AT_MOST.items():
        times = times_ms(partial(draw, "page"), rounds)
        late = times[int(0.95 * (len(times) - 1))]
        within = late < BUDGETS["p95_ms"]
        kept = kept and within
        size = len(draw("page").svg.encode()) / 1024
        rows.append(
            f"| {name} | {statistics.median(times):.2f} | {late:.2f} | {size:.0f} |"
            f" {'kept' if within else 'NOT kept'} |"
        )
    sing = partial(score_sound, notes(MOST_DAYS), partner=notes(MOST_DAYS, shift=2))
    times = times_ms(sing, 20)
    size = len(sing()) / 1024
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
        "milliseconds; days are 365, a quarter of them "
        "not known, and couples 400. Budget: p95 under "
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
