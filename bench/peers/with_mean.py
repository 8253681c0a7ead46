"""Everyone gets the mean of the population the couples were really drawn from, told by an oracle.

No method that looks at the whole and not at the couple can do better. The interval is the
population's own.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from result import CpuClock, Result, into_member, read_cohort


def main() -> None:
    """Read a cohort, write a result."""
    cohort = read_cohort(Path(sys.argv[1]))
    clock = CpuClock()
    count = cohort["items"].shape[0]
    mean = np.broadcast_to(cohort["true_mean"], (count, 4, 4))
    reach = 1.645 * cohort["true_sd"]
    order = cohort["partner_order"]
    Result(
        mean=mean,
        low=mean - reach,
        high=mean + reach,
        population_mean=into_member(cohort["true_mean"][None], order)[0].mean(axis=0),
        population_sd=into_member(cohort["true_sd"][None], order)[0].mean(axis=0),
        fitting_cpu=clock.seconds(),
        note="an oracle's mean and spread: what the couple itself says is not used",
    ).write(Path(sys.argv[2]))


if __name__ == "__main__":
    main()
