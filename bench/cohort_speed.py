"""How long a cohort takes from file to folder, and how much memory.

Run ``python bench/cohort_speed.py`` for 1,000 couples of 60 days; it prints the table that is
committed as ``bench/results/cohort_speed.md``. Kernels are compiled before the clock starts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from counterpoint import __version__
from counterpoint.cli._kernels import use_kernel_folder
from counterpoint.cohort.fit import fit_cohort
from counterpoint.cohort.simulation import item_names, simulate_cohort
from counterpoint.cohort.store import open_store
from counterpoint.cohort.table import DiaryLayout, ItemColumn, read_diaries
from counterpoint.engine import shipped_prior, warm_up

BUDGET_SECONDS = 120.0
BUDGET_MIB = 1024.0


def measure(couples: int, days: int) -> list[tuple[str, str]]:
    """Return the rows of the table."""
    prior = shipped_prior(3, own_items=True)
    names = item_names(3)
    layout = DiaryLayout(
        tuple(map(ItemColumn, names[:3])),
        tuple(map(ItemColumn, names[3:])),
    )
    with tempfile.TemporaryDirectory() as folder:
        diary = Path(folder) / "diary.csv"
        simulate_cohort(
            diary, Path(folder) / "truth.csv", couples=couples, days=days, seed=1, prior=prior
        )
        load = os.getloadavg()[0]
        wall, cpu = time.perf_counter(), time.process_time()
        table = read_diaries(diary, layout)
        read = time.perf_counter() - wall
        effective: list[float] = []
        with open_store(Path(folder) / "out") as store:
            for result in fit_cohort(table, prior=prior, backend="compiled"):
                store.add(result)
                effective.append(result.diagnostics.ess_worst)
            store.finish(prior)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    return [
        ("couples × days", f"{couples:,} × {days}"),
        ("reading the diary", f"{read:.1f} s"),
        ("file to folder, wall", f"{wall:.1f} s (budget {BUDGET_SECONDS:.0f} s)"),
        ("file to folder, CPU", f"{cpu:.1f} s"),
        ("CPU per couple", f"{1000 * cpu / couples:.0f} ms"),
        ("peak memory", f"{peak:.0f} MiB (budget {BUDGET_MIB:.0f} MiB)"),
        ("effective draws, worst coupling, median couple", f"{np.median(effective):.0f}"),
        ("processors, load of the machine before", f"{os.cpu_count()}, {load:.1f}"),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--couples", type=int, default=1000)
    parser.add_argument("--days", type=int, default=60)
    asked = parser.parse_args()
    use_kernel_folder()
    warm_up()
    rows = measure(asked.couples, asked.days)
    today = dt.datetime.now(dt.UTC).date()
    print(f"# Cohort speed\n\n`python bench/cohort_speed.py`, {today}, version {__version__}.\n")
    print("| | |\n|---|---|")
    for name, figure in rows:
        print(f"| {name} | {figure} |")


if __name__ == "__main__":
    main()
