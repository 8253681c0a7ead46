"""Counterpoint: exact Gibbs sampling of every couple under the shipped prior, on one thread.

Couple after couple, each with its own clock. A third argument asks for as many chains of each,
with a seed of its own: seconds are then those of one chain and effective draws the mean over
chains, since one chain of one couple is over before a clock is sure of it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from cohort import diaries_of
from effective import effective_of_chains
from result import CpuClock, posterior_result, read_cohort

from counterpoint.engine import fit_dyads, warm_up


def main() -> None:
    """Read a cohort, write a result."""
    cohort = read_cohort(Path(sys.argv[1]))
    chains = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    warm_up()
    draws, seconds, effective = [], [], []
    for diary in diaries_of(cohort["items"]):
        clock = CpuClock()
        runs = [
            next(fit_dyads([diary], backend="compiled", until_mixed=False, threads=1, seed=seed))
            for seed in range(chains)
        ]
        seconds.append(clock.seconds() / chains)
        draws.append(runs[0].transition)
        effective.append(np.mean([effective_of_chains(run.transition[None]) for run in runs]))
    said = posterior_result(
        np.stack(draws, axis=1),
        cohort["partner_order"],
        fitting_cpu=float(np.sum(seconds)),
        couple_cpu=np.array(seconds),
        note="1,000 sweeps, 150 dropped"
        + (f"; seconds and effective draws of one chain, mean of {chains}" if chains > 1 else ""),
    )
    replace(said, couple_effective=np.array(effective)).write(Path(sys.argv[2]))


if __name__ == "__main__":
    main()
