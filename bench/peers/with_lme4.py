"""lme4 in R: one mixed model an equation, slopes varying freely between people."""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from lagged import (
    CAUSES,
    EFFECTS,
    coupling_places,
    empty_couplings,
    lagged_rows,
    place_in_order,
)
from result import Result, read_cohort


def main() -> None:
    """Read a cohort, write a result."""
    cohort = read_cohort(Path(sys.argv[1]))
    rows = lagged_rows(cohort["items"])
    mean, error = empty_couplings(cohort["items"].shape[0])
    population_mean, population_sd = np.full(8, np.nan), np.full(8, np.nan)
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder) / "rows.csv", Path(folder) / "found.csv"
        with given.open("w", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow(["person", *EFFECTS, *CAUSES])
            for person, effects, causes in zip(rows.person, rows.effect, rows.cause, strict=True):
                sheet.writerow([person, *effects, *causes])
        script = Path(__file__).with_name("lme4.R")
        done = subprocess.run(  # noqa: S603 - the script beside this file
            ["Rscript", str(script), str(given), str(found)],  # noqa: S607 - R is where it is
            check=True,
            capture_output=True,
            text=True,
        )
        singular, package, major, minor = done.stdout.split()
        with found.open(newline="") as file:
            for row in csv.DictReader(file):
                couple, member = divmod(int(row["person"]), 2)
                effect, cause = EFFECTS.index(row["effect"]), CAUSES.index(row["cause"])
                place = coupling_places(effect, member)[cause]
                mean[couple][place] = float(row["estimate"])
                error[couple][place] = float(row["error"])
                population_mean[place_in_order(effect, cause)] = float(row["population_mean"])
                population_sd[place_in_order(effect, cause)] = float(row["population_sd"])
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    Result(
        mean=mean,
        low=mean - 1.645 * error,
        high=mean + 1.645 * error,
        population_mean=population_mean,
        population_sd=population_sd,
        fitting_cpu=spent.ru_utime + spent.ru_stime,
        note=(
            f"REML; lme4 {package} under R {major}.{minor}; {len(rows.person)} rows; "
            f"{singular} of 2 equations singular; fitting includes starting R"
        ),
    ).write(Path(sys.argv[2]))


if __name__ == "__main__":
    main()
