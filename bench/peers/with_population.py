"""Counterpoint: the population learned by SAEM, then every couple's chain continued under it.

Anchored on the shipped prior, as everywhere below 300 couples. On one thread.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from cohort import diaries_of
from result import CpuClock, into_member, posterior_result, read_cohort

from counterpoint.engine import shipped_prior, warm_up
from counterpoint.engine.population import learn_population
from counterpoint.engine.population_refit import refit_dyads


def main() -> None:
    """Read a cohort, write a result."""
    cohort = read_cohort(Path(sys.argv[1]))
    sweeps = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    diaries = diaries_of(cohort["items"])
    warm_up()
    clock = CpuClock()
    learned = learn_population(diaries, base=shipped_prior(), backend="compiled", threads=1)
    draws = []
    taken = 0
    for block, point in zip(learned.blocks, learned.points, strict=True):
        chosen = diaries[taken : taken + len(block)]
        taken += len(block)
        fits = refit_dyads(chosen, learned.prior, point, stretch=learned.rounds, sweeps=sweeps)
        # a chain that mixed badly was run on: all have the same length again
        draws.extend(fit.transition[-sweeps:] for fit in fits)
    spent = clock.seconds()
    order = cohort["partner_order"]
    cov = learned.prior.coupling_moments()[1]
    spread = np.sqrt(np.diag(cov)).reshape(1, 4, 4)
    posterior_result(
        np.stack(draws, axis=1),
        order,
        fitting_cpu=spent,
        note=(
            f"{learned.rounds} rounds of SAEM anchored on the shipped prior as 50 couples, "
            f"then {sweeps:,} sweeps"
        ),
        population_mean=np.asarray(learned.prior.coupling_mean),
        population_sd=into_member(spread, order)[0].mean(axis=0),
    ).write(Path(sys.argv[2]))


if __name__ == "__main__":
    main()
