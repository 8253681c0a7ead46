"""How fast the engine is: one couple, and a cohort. Prints a table in Markdown.

    NUMBA_CACHE_DIR=/tmp/counterpoint-kernels .venv/bin/python bench/engine_speed.py

``--write FILE`` writes the table as well. CPU seconds count; wall time depends on what else the
machine is doing. The cohort runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np

from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    filter_diary,
    fit_dyad,
    fit_dyads,
    shipped_prior,
    simulate_dyads,
    warm_up,
)

DAYS = 60
SWEEPS = 1000


def cpu_seconds(task: Callable[[], object], repeats: int) -> float:
    """CPU seconds of one call, median of several."""
    taken = []
    for _ in range(repeats):
        started = time.process_time()
        task()
        taken.append(time.process_time() - started)
    return float(np.median(taken))


def compile_seconds() -> float:
    """CPU seconds of a process that compiles the kernel into an empty folder."""
    program = "import counterpoint.engine as e, time; e.warm_up(); print(time.process_time())"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - the program stands above
            [sys.executable, "-c", program],
            env=os.environ | {"NUMBA_CACHE_DIR": folder},
            capture_output=True,
            text=True,
            check=True,
        )
    return float(done.stdout)


def compiled_pass_seconds(diary: DyadDiary, truth: DyadParameters) -> float:
    """CPU seconds of one pass of the engine's compiled filter."""
    from counterpoint.engine.kernel.filtering import (
        filter_arguments,
        run_filter,
    )

    given = filter_arguments(diary, truth, shipped_prior().initial_cov)
    return cpu_seconds(lambda: [run_filter(*given) for _ in range(1000)], 9) / 1000


def measure_couple() -> list[tuple[str, str, str]]:
    """Rows for one couple."""
    compiling = compile_seconds()
    warm_up()
    diaries, truths = simulate_dyads(1, DAYS, rng=np.random.default_rng(1))
    diary, truth = diaries[0], truths[0]

    def fit(backend: str) -> Callable[[], object]:
        return lambda: fit_dyad(diary, backend=backend, sweeps=SWEEPS, until_mixed=False)

    compiled = cpu_seconds(fit("compiled"), 9)
    portable = cpu_seconds(fit("portable"), 3)
    provisional = cpu_seconds(
        lambda: fit_dyad(diary, backend="portable", sweeps=300, dropped=60, until_mixed=False), 5
    )
    filtered = cpu_seconds(lambda: filter_diary(diary, truth), 21)
    passed = compiled_pass_seconds(diary, truth)
    found = fit_dyad(diary, backend="compiled", sweeps=SWEEPS, until_mixed=False)
    answered = cpu_seconds(lambda: (found.__dict__.pop("quantities", None), found.answers()), 9)
    ess = float(found.diagnostics.ess_transition.mean())
    return [
        ("kernel compiled into an empty folder", f"{compiling:.0f} s CPU", "once per version"),
        (
            f"one couple, {DAYS} days, {SWEEPS} sweeps, compiled",
            f"{1e3 * compiled:.0f} ms CPU",
            "budget 150 ms",
        ),
        ("the same without a compiler", f"{1e3 * portable:.0f} ms CPU", ""),
        ("first picture without a compiler, 300 sweeps", f"{1e3 * provisional:.0f} ms CPU", ""),
        ("one filter pass of that diary", f"{1e3 * filtered:.2f} ms CPU", "numpy, no compiler"),
        ("the same compiled", f"{1e6 * passed:.1f} µs CPU", "the engine's own"),
        (
            f"{SWEEPS} sweeps over one compiled pass",
            f"{compiled / passed:,.0f}",
            "budget 3,300; by other definitions of a pass in `kernel_profile.md`",
        ),
        ("35 named answers from 850 draws", f"{1e3 * answered:.1f} ms CPU", ""),
        (
            "effective draws of a coupling, mean",
            f"{ess:.0f}",
            f"{ess / compiled:.0f} per CPU second",
        ),
    ]


def measure_cohort(couples: int) -> None:
    """Fit a cohort, answers included, and print wall, CPU seconds and peak memory."""
    diaries, _ = simulate_dyads(couples, DAYS, rng=np.random.default_rng(2))
    started, cpu = time.perf_counter(), time.process_time()
    count = sum(bool(fit.answers()) for fit in fit_dyads(diaries, backend="compiled"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(count, time.perf_counter() - started, time.process_time() - cpu, peak)


def cohort_rows(couples: int) -> list[tuple[str, str, str]]:
    """Rows for a cohort, measured in a process of its own."""
    command = [sys.executable, __file__, "--cohort-only", str(couples)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this file
    count, wall, cpu, peak = (float(word) for word in done.stdout.split())
    load = os.getloadavg()[0]
    name = f"{int(count)} couples x {DAYS} days, shipped prior, answers included"
    return [
        (name, f"{wall:.0f} s wall", f"budget 120 s; load average {load:.1f}"),
        ("CPU of that", f"{cpu:.0f} s", f"{1e3 * cpu / count:.0f} ms a couple"),
        ("peak memory of that", f"{peak:.0f} MiB", "budget 1,024 MiB"),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--couples", type=int, default=1000)
    parser.add_argument("--cohort-only", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    if given.cohort_only:
        measure_cohort(given.cohort_only)
        return
    rows = measure_couple() + cohort_rows(given.couples)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    lines = [
        "# Engine speed",
        "",
        f"{today}, {os.cpu_count()} processors ({platform.machine()}), load average "
        f"{os.getloadavg()[0]:.1f}: other work ran, so CPU counts and not the clock. Python "
        f"{platform.python_version()}, numpy {version('numpy')}, numba {version('numba')}.",
        "",
        "Repeat: `NUMBA_CACHE_DIR=/tmp/counterpoint-kernels .venv/bin/python "
        "bench/engine_speed.py --write bench/results/engine_speed.md`",
        "",
        "| what | measured | note |",
        "|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.write:
        given.write.write_text(text)


if __name__ == "__main__":
    main()
