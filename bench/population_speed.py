"""What a large cohort costs, how the cost grows, and how soon a fresh process answers.

Run ``python bench/population_speed.py --write`` for the sizes of the committed table
``bench/results/population_speed.md`` and its picture. Costs are processor time, which a busy
machine stretches less than the clock; both are told. Kernels are compiled before the clock starts.
The work is shared as ``counterpoint fit`` shares it without ``--workers``: a thread a processor.

The cost of a couple is told as ``a + b x days``. ``a`` is measured, not fitted: it is what diaries
of a single day cost. What the sampler's kernel took of it, and its sweeps, are counted on the way.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from counterpoint import __version__
from counterpoint.cli._kernels import use_kernel_folder
from counterpoint.cohort.checkpoint import open_run
from counterpoint.cohort.executor import open_executor
from counterpoint.cohort.executor_tasks import Chains
from counterpoint.cohort.population import rounded_population
from counterpoint.cohort.population_learning import fit_run, learn_cohort
from counterpoint.cohort.simulation import item_names
from counterpoint.cohort.store import open_store
from counterpoint.cohort.stream import DiaryStream
from counterpoint.cohort.table import DiaryLayout, ItemColumn
from counterpoint.engine import shipped_prior, simulate_dyads, to_points, warm_up
from counterpoint.engine.population_refit import SWEEPS
from counterpoint.pictures.canvas import Canvas, path

BUDGET_SECONDS = 300.0
BUDGET_MIB = 1024.0
FIRST_ANSWER_SECONDS = 2.0
EXPONENT = (0.95, 1.05)
RESULTS = Path(__file__).resolve().parent / "results"
PEOPLE_DAYS = 120
"""Up to so many days people keep a diary here; longer ones are a researcher's."""

FIRST_ANSWER = """
import numpy as np
from counterpoint.engine import fit_dyad, simulate_dyads
diaries, _ = simulate_dyads(1, 60, rng=np.random.default_rng(1))
answers = fit_dyad(diaries[0], backend="compiled").answers()
"""


@dataclass(frozen=True)
class Cost:
    """What one cohort cost: seconds of the clock and of the processors, MiB.

    ``kernel`` of the processors' seconds passed in the sampler's kernel, in ``sweeps`` sweeps of
    a couple; ``effective`` independent draws of the worst coupling came of it, at the median.
    """

    couples: int
    days: int
    read: float
    wall_learning: float
    wall_fitting: float
    cpu: float
    peak: float
    effective: float
    kernel: float
    sweeps: float

    @property
    def wall(self) -> float:
        """From the file to the folder, by the clock."""
        return self.read + self.wall_learning + self.wall_fitting

    @property
    def each(self) -> float:
        """Milliseconds of a processor for one couple."""
        return 1000.0 * self.cpu / self.couples

    @property
    def kernel_each(self) -> float:
        """Of these in the kernel."""
        return 1000.0 * self.kernel / self.couples


class KernelClock:
    """Times the kernel, thread by thread, and counts its sweeps; none where processes work."""

    def __init__(self) -> None:
        # the compiler reads where its kernels live when it is imported
        from counterpoint.engine.kernel import chain

        self._lock = threading.Lock()
        self._run = chain.run_chains
        self.seconds = 0.0
        self.sweeps = 0
        chain.run_chains = self

    def __call__(self, *arguments: Any) -> Any:
        """Run the kernel."""
        used = time.thread_time()
        found = self._run(*arguments)
        used = time.thread_time() - used
        with self._lock:
            self.seconds += used
            self.sweeps += found[0].shape[0] * arguments[-3]
        return found


def processor_seconds() -> float:
    """Return what this process and its children have used so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def write_diary(path: Path, couples: int, days: int) -> DiaryLayout:
    """Simulate a cohort a few couples at a time and write it as a file sorted by couple."""
    names = item_names(3)
    rng = np.random.default_rng(1)
    prior = shipped_prior(3, own_items=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("couple", "member", "day", *names))
        for start in range(0, couples, 500):
            diaries, _ = simulate_dyads(min(500, couples - start), days, rng=rng, prior=prior)
            for number, diary in enumerate(diaries, start=start):
                points = np.clip(to_points(diary.items), 0.0, 100.0)
                for day, answers in enumerate(points):
                    for member, rows in (("a", answers[:2]), ("b", answers[2:])):
                        cells = ["" if np.isnan(v) else f"{v:.1f}" for v in rows.ravel().tolist()]
                        writer.writerow((f"c{number}", member, day, *cells))
    return DiaryLayout(tuple(map(ItemColumn, names[:3])), tuple(map(ItemColumn, names[3:])))


def measure(couples: int, days: int, workers: int | None = None) -> Cost:
    """Learn a population and go on to every couple's fit, from a file to a folder."""
    base = shipped_prior(3, own_items=True)
    worst = []
    kernel = KernelClock()
    with tempfile.TemporaryDirectory() as folder:
        diary, out = Path(folder) / "diary.csv", Path(folder) / "out"
        layout = write_diary(diary, couples, days)
        clock = time.perf_counter()
        with open_run(out, resume=False, key={}) as run:
            run.spool(DiaryStream(diary, layout), seed=0, facts={})
            read = time.perf_counter() - clock
            clock, used = time.perf_counter(), processor_seconds()
            with open_executor(workers=workers) as executor, open_store(out) as store:
                learned = learn_cohort(run, executor, base=base, backend="compiled")
                wall_learning = time.perf_counter() - clock
                clock = time.perf_counter()
                population = rounded_population(learned.learning.population)
                chains = Chains(SWEEPS, 0, 0, "compiled")
                fits = fit_run(run, executor, population=population, chains=chains, learned=learned)
                for result in fits:
                    store.add(result)
                    worst.append(result.diagnostics.ess_worst)
                store.finish(population)
                wall_fitting = time.perf_counter() - clock
            cpu = processor_seconds() - used
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024.0
    return Cost(
        couples,
        days,
        read,
        wall_learning,
        wall_fitting,
        cpu,
        own + (workers or 0) * child,
        float(np.median(worst)),
        kernel.seconds,
        kernel.sweeps / couples,
    )


def measured_apart(couples: int, days: int, workers: int = 0) -> Cost:
    """Measure in a process of its own: memory and time of one run do not meet another's."""
    done = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, __file__, "--one", f"{couples},{days},{workers}"],
        check=True,
        capture_output=True,
        text=True,
    )
    numbers = [float(part) for part in done.stdout.split()]
    return Cost(int(numbers[0]), int(numbers[1]), *numbers[2:])


def first_answer() -> tuple[float, float]:
    """Return clock and processor seconds of a fresh process up to its first answer, median of 5."""
    found = []
    for _ in range(5):
        clock, used = time.perf_counter(), processor_seconds()
        subprocess.run([sys.executable, "-c", FIRST_ANSWER], check=True)  # noqa: S603 - own words
        found.append((time.perf_counter() - clock, processor_seconds() - used))
    return float(np.median([wall for wall, _ in found])), float(
        np.median([cpu for _, cpu in found])
    )


def exponent(sizes: list[int], costs: list[float]) -> float:
    """Return the slope of log cost on log size."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def draw(by_couples: list[Cost], by_days: list[Cost], fixed: float) -> str:
    """Return a picture of the growths, each axis in logarithms, with the line of slope one."""
    canvas = Canvas(1020.0, 330.0, key="growth", theme="file")
    panels = (
        ("couples, s", [(cost.couples, cost.cpu) for cost in by_couples], 60.0),
        ("days, ms a couple", [(cost.days, cost.each) for cost in by_days], 400.0),
        ("days, ms beyond a", [(cost.days, cost.each - fixed) for cost in by_days], 740.0),
    )
    for name, points, left in panels:
        _panel(canvas, name, points, left)
    return canvas.finish(
        title="How the cost of a cohort grows",
        sentence="Processor time against couples, against days, and what the days add, on "
        "logarithmic axes, with a line of slope one through the first point.",
    )


def _panel(canvas: Canvas, name: str, points: list[tuple[int, float]], left: float) -> None:
    top, side = 40.0, 230.0
    x, y = (np.log(np.array(values, dtype=float)) for values in zip(*points, strict=True))
    span = max(x[-1] - x[0], y.max() - y[0])

    def place(u: float, v: float) -> tuple[float, float]:
        return left + side * float((u - x[0]) / span), top + side - side * float((v - y[0]) / span)

    end = place(x[0] + span, y[0] + span)
    canvas.line(*place(x[0], y[0]), *end)
    spots = [place(u, v) for u, v in zip(x, y, strict=True)]
    ink = canvas.paint.ink
    canvas.element("path", d=path(spots), fill="none", stroke=ink, stroke_width=1.5)
    for spot, (size, cost) in zip(spots, points, strict=True):
        canvas.element("circle", cx=spot[0], cy=spot[1], r=3.5, fill=ink)
        canvas.text(spot[0], top + side + 32.0, f"{size:,}", anchor="middle")
        canvas.text(spot[0] + 8.0, spot[1] + 14.0, f"{cost:.3g}", size=11.5)
    canvas.text(left + side / 2.0, top + side + 54.0, name, anchor="middle")


def straight(days: list[int], costs: list[float]) -> tuple[float, float]:
    """Return a and b of ``a + b x days``, relative errors least."""
    slope, fixed = np.polyfit(days, costs, 1, w=1.0 / np.array(costs))
    return float(fixed), float(slope)


def report(couples: list[int], days: list[int]) -> Iterator[str]:
    """Yield the lines of the table."""
    load = os.getloadavg()[0]
    fresh_wall, fresh_cpu = first_answer()
    by_couples = [measured_apart(size, 60) for size in couples]
    alone = measured_apart(1000, 1)
    by_days = [measured_apart(1000, length) for length in days]
    largest = by_couples[-1]
    apart = measured_apart(couples[0], 60, 2)
    today = dt.datetime.now(dt.UTC).date()
    yield "# Population speed\n"
    yield (
        f"{today}, version {__version__}, {os.cpu_count()} processors, load average before "
        f"{load:.1f}, after {os.getloadavg()[0]:.1f}: what is above {os.cpu_count()} is other "
        "work.\n"
    )
    yield "Repeat: `python bench/population_speed.py --write`\n"
    yield (
        "| couples × days | reading | learning, clock | fits, clock | all, clock | all, CPU "
        "| CPU a couple | of it the kernel | its sweeps | memory |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for cost in (*by_couples, alone, *by_days):
        yield (
            f"| {cost.couples:,} × {cost.days} | {cost.read:.1f} s "
            f"| {cost.wall_learning:.1f} s | {cost.wall_fitting:.1f} s | {cost.wall:.1f} s "
            f"| {cost.cpu:.1f} s | {cost.each:.2f} ms | {cost.kernel_each:.2f} ms "
            f"| {cost.sweeps:.0f} | {cost.peak:.0f} MiB |"
        )
    yield (
        f"| {apart.couples:,} × 60, `--workers 2` | {apart.read:.1f} s "
        f"| {apart.wall_learning:.1f} s | {apart.wall_fitting:.1f} s | {apart.wall:.1f} s "
        f"| {apart.cpu:.1f} s | {apart.each:.2f} ms | | | {apart.peak:.0f} MiB |"
    )
    yield ""
    yield "| what | measured | asked |"
    yield "|---|---|---|"
    yield (
        f"| {largest.couples:,} couples × 60 days, file to folder | {largest.wall:.0f} s of the "
        f"clock, {largest.cpu:.0f} s CPU | < {BUDGET_SECONDS:.0f} s |"
    )
    yield f"| its memory | {largest.peak:.0f} MiB | < {BUDGET_MIB:.0f} MiB |"
    yield (
        f"| first answer of a fresh process, imports included | {fresh_wall:.2f} s of the clock, "
        f"{fresh_cpu:.2f} s CPU | < {FIRST_ANSWER_SECONDS:.0f} s |"
    )
    yield (
        f"| effective draws of the worst coupling, median couple | {largest.effective:.0f} "
        "| ≥ 100 |"
    )
    asked = f"{EXPONENT[0]}–{EXPONENT[1]}"
    in_couples = exponent(couples, [cost.cpu for cost in by_couples])
    yield f"| **exponent of cost in couples** | {in_couples:.2f}, {verdict(in_couples)} | {asked} |"
    for low, high in ((days[0], PEOPLE_DAYS), (28, PEOPLE_DAYS), (PEOPLE_DAYS, days[-1])):
        within = [cost for cost in by_days if low <= cost.days <= high]
        if len(within) < 2:
            continue
        lengths = [cost.days for cost in within]
        total = exponent(lengths, [cost.each for cost in within])
        yield (
            f"| **exponent of cost in days**, {low} to {high} | {total:.2f}, {verdict(total)} "
            f"| {asked} |"
        )
        beyond = [cost.each - alone.each for cost in within]
        yield (
            f"| … of what the days add to a diary of one day | "
            f"{exponent([length - 1 for length in lengths], beyond):.2f} | |"
        )
        sweep = [cost.kernel / cost.sweeps - alone.kernel / alone.sweeps for cost in within]
        yield (
            f"| … of what they add to one sweep | "
            f"{exponent([length - 1 for length in lengths], sweep):.2f} | |"
        )
    yield from parts(alone, by_days)
    picture = draw(by_couples, by_days, alone.each)
    (RESULTS / "population_growth.svg").write_text(picture, encoding="utf-8")
    yield "\n![growth](population_growth.svg)"


def verdict(found: float) -> str:
    """Return whether an exponent is what was asked."""
    return "met" if EXPONENT[0] <= round(found, 2) <= EXPONENT[1] else "not met"


def parts(alone: Cost, by_days: list[Cost]) -> Iterator[str]:
    """Yield what the fixed cost of a couple and that of a day are made of."""
    every = [alone, *by_days]
    lengths = [cost.days for cost in every]
    yield "\n## A couple's cost as a + b × days, milliseconds of a processor\n"
    yield "| part | a: a diary of one day | b: each further day | the straight line is off by |"
    yield "|---|---|---|---|"
    slopes = {}
    for name, costs in (
        ("the kernel", [cost.kernel_each for cost in every]),
        ("all around it", [cost.each - cost.kernel_each for cost in every]),
        ("both", [cost.each for cost in every]),
    ):
        fixed, slope = straight(lengths, costs)
        slopes[name] = slope
        off = max(abs(fixed + slope * d - c) / c for d, c in zip(lengths, costs, strict=True))
        yield f"| {name} | {costs[0]:.2f} | {slope:.4f} | {off:.0%} |"
    sweep = 1e3 * alone.kernel_each / alone.sweeps
    least = alone.sweeps * sweep / 1e3
    middle = float(np.sqrt(by_days[0].days * PEOPLE_DAYS))
    needed = slopes["both"] * middle * (1.0 / EXPONENT[0] - 1.0)
    yield (
        f"\nOne sweep of a diary of one day takes {sweep:.1f} µs, and {alone.sweeps:.0f} are run, "
        f"{least:.2f} ms. It is the draw of 16 couplings at once, of levels, covariance and items, "
        "which a day needs as a year does (operations counted in `kernel_profile.md`). An exponent "
        f"of {EXPONENT[0]} at {middle:.0f} days, the middle of what people have, would leave "
        f"{needed:.2f} ms for all that is fixed: `docs/decisions/2026-11-24-cost-by-days.md`. The "
        "days do not add in quite a straight line, since from 42 of them on the level may move, "
        "and longer diaries are run a second stretch more often (see the sweeps); and the first "
        "days of a sweep cost more than later ones, which the processor takes several at a time."
    )


def main() -> None:
    """Print the table, or one measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--couples", default="1000,2000,5000,10000")
    parser.add_argument("--days", default="7,14,28,56,84,120,240,480")
    parser.add_argument("--one", help="couples,days,workers of a single measurement; 0: threads")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    use_kernel_folder()
    warm_up()
    if asked.one:
        couples, days, workers = map(int, asked.one.split(","))
        print(*vars(measure(couples, days, workers or None)).values())
        return
    sizes = [[int(part) for part in text.split(",")] for text in (asked.couples, asked.days)]
    text = "\n".join(report(*sizes)) + "\n"
    print(text)
    if asked.write:
        (RESULTS / "population_speed.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
