"""statsmodels VARMAX: a first-order vector autoregression with measurement error, per couple.

Missing days are kept (its filter skips them); the four series are the means of each state's items.
Couples are taken in order until a budget of CPU seconds is spent (third argument).
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import numpy as np
from lagged import empty_couplings, state_scores
from result import CpuClock, Result, into_member, read_cohort


def main() -> None:
    """Read a cohort, write a result."""
    from statsmodels.tsa.statespace.varmax import VARMAX

    cohort = read_cohort(Path(sys.argv[1]))
    budget = float(sys.argv[3])
    clock = CpuClock()
    scores = state_scores(cohort["items"])
    mean, error = empty_couplings(len(scores))
    failed = unconverged = tried = 0
    for couple, series in enumerate(scores):
        if clock.seconds() > budget:
            break
        tried += 1
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model = VARMAX(series, order=(1, 0), trend="c", measurement_error=True)
                fit = model.fit(disp=False, maxiter=50)
                errors = np.asarray(fit.bse)
        except (np.linalg.LinAlgError, ValueError, IndexError):
            failed += 1
            continue
        unconverged += not fit.mle_retvals["converged"]
        where = model._params_ar
        mean[couple] = np.asarray(fit.params)[where].reshape(4, 4)
        error[couple] = errors[where].reshape(4, 4)
    spent = clock.seconds()
    into = into_member(mean, cohort["partner_order"]).reshape(-1, 8)
    Result(
        mean=mean,
        low=mean - 1.645 * error,
        high=mean + 1.645 * error,
        population_mean=np.nanmean(into, axis=0),
        population_sd=np.nanstd(into, axis=0),
        fitting_cpu=spent,
        note=(
            f"at most 50 steps of L-BFGS a couple; {tried} of {len(scores)} couples within "
            f"{budget:.0f} CPU s, of which {failed} gave no estimate and {unconverged} did not "
            "converge"
        ),
    ).write(Path(sys.argv[2]))


if __name__ == "__main__":
    main()
