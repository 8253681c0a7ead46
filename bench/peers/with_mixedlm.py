"""statsmodels MixedLM: one mixed model an equation, slopes varying freely between people."""

from __future__ import annotations

import sys
import warnings
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
from result import CpuClock, Result, read_cohort


def main() -> None:
    """Read a cohort, write a result."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    cohort = read_cohort(Path(sys.argv[1]))
    clock = CpuClock()
    rows = lagged_rows(cohort["items"])
    mean, error = empty_couplings(cohort["items"].shape[0])
    population_mean, population_sd = np.full(8, np.nan), np.full(8, np.nan)
    complaints = 0
    for effect in range(len(EFFECTS)):
        design = np.column_stack([np.ones(len(rows.person)), rows.cause])
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            fit = MixedLM(rows.effect[:, effect], design, groups=rows.person, exog_re=design).fit(
                reml=True
            )
            own = fit.random_effects
            own_cov = fit.random_effects_cov
        complaints += bool(caught)
        fixed_var = np.diag(np.asarray(fit.cov_params()))[1:5]
        for cause in range(len(CAUSES)):
            population_mean[place_in_order(effect, cause)] = fit.fe_params[1 + cause]
            population_sd[place_in_order(effect, cause)] = np.sqrt(
                max(float(fit.cov_re[1 + cause, 1 + cause]), 0.0)
            )
        for person, deviation in own.items():
            couple, member = divmod(int(person), 2)
            own_var = np.diag(np.asarray(own_cov[person]))[1:5]
            for cause, place in enumerate(coupling_places(effect, member)):
                mean[couple][place] = fit.fe_params[1 + cause] + np.asarray(deviation)[1 + cause]
                error[couple][place] = np.sqrt(max(own_var[cause], 0.0) + fixed_var[cause])
    Result(
        mean=mean,
        low=mean - 1.645 * error,
        high=mean + 1.645 * error,
        population_mean=population_mean,
        population_sd=population_sd,
        fitting_cpu=clock.seconds(),
        note=f"REML; {len(rows.person)} rows; {complaints} of 2 equations with warnings",
    ).write(Path(sys.argv[2]))


if __name__ == "__main__":
    main()
