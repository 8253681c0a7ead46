"""Whatever the numbers, a fit gives finite results or a reason; it never crashes or warns."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.cohort.apim import ApimModel, fit_apim
from counterpoint.errors import DataError
from unit.cohort.apim.simulated import make_couples

ALIKE = ApimModel("y", ("x",))
MODELS = [
    ALIKE,
    ALIKE.distinguishable(),
    replace(ALIKE, levels=True),
    replace(ALIKE, levels=True).distinguishable(),
    ApimModel("y", intercepts="none"),
    ApimModel("y", partner=("x",), covariates=("z",), intercepts="contrast"),
]
VALUES = st.sampled_from([0.0, 1.0, -1.0, 2.0, 1e9, -1e9, 1e-9, 3.7, np.nan])


@settings(max_examples=150, deadline=None)
@given(
    model=st.sampled_from(MODELS),
    errors=st.sampled_from(["model", "dyad"]),
    method=st.sampled_from(["reml", "ml"]),
    couples=st.integers(3, 9),
    days=st.integers(1, 3),
    data=st.data(),
)
def test_finite_or_a_reason(*, model, errors, method, couples, days, data):
    rows = make_couples(data.draw(st.integers(0, 50)), couples, days)
    values = rows.values.copy()
    flat = values.reshape(-1)
    for place in data.draw(st.lists(st.integers(0, flat.size - 1), max_size=flat.size)):
        flat[place] = data.draw(VALUES)
    try:
        fit = fit_apim(replace(rows, values=values), model, errors=errors, method=method)
    except DataError:
        return
    assert np.isfinite(fit.loglik)
    for part in fit.estimates:
        assert np.isfinite([part.estimate, part.se]).all()
        assert part.df > 0
        assert part.low <= part.estimate <= part.high
    for cov in (fit.residual_cov, fit.level_cov):
        assert np.linalg.eigvalsh(cov)[0] >= -1e-9 * np.trace(cov)
    for spread in fit.spreads:
        assert np.isnan(spread.low) or spread.low <= spread.estimate <= spread.high


@pytest.mark.parametrize("days", [1, 2])
def test_one_huge_answer_is_no_crash(days):
    rows = make_couples(1, 12, days)
    values = rows.values.copy()
    values[0, 0, 1] = 1e9
    fit = fit_apim(replace(rows, values=values), ALIKE)
    assert all(np.isfinite(part.se) for part in fit.estimates)
