"""Counterpoint: exact Gibbs sampling of every couple under the shipped prior, on one thread."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from cohort import diaries_of
from result import CpuClock, posterior_result, read_cohort

from counterpoint.engine import fit_dyads, warm_up


def main() -> None:
    """Read a cohort, write a result."""
    cohort = read_cohort(Path(sys.argv[1]))
    warm_up()
    clock = CpuClock()
    fits = fit_dyads(diaries_of(cohort["items"]), backend="compiled", until_mixed=False, threads=1)
    draws = [fit.transition for fit in fits]
    spent = clock.seconds()
    posterior_result(
        np.stack(draws, axis=1),
        cohort["partner_order"],
        fitting_cpu=spent,
        note="1,000 sweeps, 150 dropped",
    ).write(Path(sys.argv[2]))


if __name__ == "__main__":
    main()
