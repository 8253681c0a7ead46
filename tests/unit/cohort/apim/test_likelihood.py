"""The likelihood and the estimates against the dense normal law and other programs."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import multivariate_normal

from counterpoint.cohort.apim import ApimModel, fit_apim
from counterpoint.cohort.apim.model import build_design
from unit.cohort.apim.simulated import Truth, make_couples

LEVELS = ((0.8, 0.3), (0.3, 0.5))
MODELS = {
    "alike": ApimModel("y", ("x",), levels=True),
    "contrast": ApimModel("y", ("x",), intercepts="contrast", levels=True),
    "roles": ApimModel("y", ("x", "z"), levels=True).distinguishable(),
    "one occasion": ApimModel("y", ("x",), covariates=("z",)),
    "without intercept": ApimModel("y", ("x",), intercepts="none", spread_by_role=True),
}


def dense_loglik(rows, fit, *, restricted: bool) -> float:
    """The log-likelihood from whole covariance matrices, couple by couple."""
    design = build_design(rows, fit.model)
    terms = len(design.terms)
    total, squares = np.zeros((terms, terms)), 0.0
    for couple in range(design.dyads):
        here = design.dyad == couple
        use = design.usable[here]
        days, member = np.nonzero(use)
        cov = fit.level_cov[np.ix_(member, member)]
        same = days[:, None] == days[None, :]
        cov = cov + np.where(same, fit.residual_cov[np.ix_(member, member)], 0.0)
        x, y = design.predictors[here][use], design.outcome[here][use]
        squares += multivariate_normal(x @ fit.coefficients, cov).logpdf(y)
        total += x.T @ np.linalg.solve(cov, x)
    if not restricted:
        return squares
    return squares + 0.5 * (terms * np.log(2 * np.pi) - np.linalg.slogdet(total)[1])


@pytest.mark.parametrize("method", ["reml", "ml"])
@pytest.mark.parametrize("name", MODELS)
def test_the_likelihood_is_that_of_the_dense_normal_law(name, method):
    days = 4 if MODELS[name].levels else 1
    rows = make_couples(3, 40, days, Truth(level=LEVELS), missing=0.1)
    fit = fit_apim(rows, MODELS[name], method=method)
    assert fit.rows < 2 * len(rows.dyad)
    expected = dense_loglik(rows, fit, restricted=method == "reml")
    assert fit.loglik == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("method", ["reml", "ml"])
@pytest.mark.parametrize("name", MODELS)
def test_no_spread_nearby_is_more_likely(name, method):
    from dataclasses import replace

    rows = make_couples(4, 40, 4 if MODELS[name].levels else 1, Truth(level=LEVELS), 0.1)
    fit = fit_apim(rows, MODELS[name], method=method)
    restricted = method == "reml"
    turn = np.array([[0.0, 1.0], [1.0, 0.0]])
    for part in ("residual_cov", "level_cov"):
        if not getattr(fit, part).any():
            continue
        for way in (np.eye(2), turn, -np.eye(2), -turn):
            other = replace(fit, **{part: getattr(fit, part) + 0.01 * way})
            assert dense_loglik(rows, other, restricted=restricted) < fit.loglik


@pytest.mark.filterwarnings("ignore")  # its own search for the optimum warns
@pytest.mark.parametrize("method", ["reml", "ml"])
def test_statsmodels_finds_the_same_couples_asked_once(method):
    """Compound symmetry with a positive correlation is a random intercept of the couple."""
    rows = make_couples(5, 80)
    fit = fit_apim(rows, ApimModel("y", ("x", "z")), method=method)
    assert fit.residual_cov[0, 1] > 0
    y, x, z = (rows.column(name) for name in ("y", "x", "z"))
    columns = [np.ones_like(y), x, z, x[:, ::-1], z[:, ::-1]]
    predictors = np.stack(columns, axis=2).reshape(-1, 5)
    other = sm.MixedLM(y.ravel(), predictors, groups=np.repeat(rows.dyad, 2)).fit(
        reml=method == "reml"
    )
    assert fit.loglik == pytest.approx(other.llf, abs=1e-4)
    assert fit.coefficients == pytest.approx(other.fe_params, abs=1e-4)
    assert [part.se for part in fit.estimates] == pytest.approx(other.bse_fe, rel=1e-3)
    assert fit.residual_cov[0, 1] == pytest.approx(other.cov_re[0, 0], rel=2e-3)
    assert fit.residual_cov[0, 0] == pytest.approx(other.cov_re[0, 0] + other.scale, rel=2e-3)


@pytest.mark.filterwarnings("ignore")  # its own search for the optimum warns
def test_statsmodels_finds_the_same_days_of_partners_alike():
    """Positive correlations are intercepts of couple, person within it and day within it."""
    alike = Truth(level=((0.8, 0.3), (0.3, 0.8)))
    rows = make_couples(6, 40, 6, alike)
    fit = fit_apim(rows, ApimModel("y", ("x",), levels=True))
    frame = pd.DataFrame(
        {
            "y": rows.column("y").ravel(),
            "own": rows.column("x").ravel(),
            "other": rows.column("x")[:, ::-1].ravel(),
            "couple": np.repeat(rows.dyad, 2),
            "person": np.tile([0, 1], len(rows.dyad)),
            "day": np.repeat(rows.day, 2),
        }
    )
    other = sm.MixedLM.from_formula(
        "y ~ own + other",
        frame,
        groups="couple",
        re_formula="1",
        vc_formula={"person": "0 + C(person)", "day": "0 + C(day)"},
    ).fit(reml=True)
    assert fit.loglik == pytest.approx(other.llf, abs=1e-3)
    assert fit.coefficients == pytest.approx(np.asarray(other.fe_params), abs=1e-3)
    assert [part.se for part in fit.estimates] == pytest.approx(np.asarray(other.bse_fe), rel=2e-3)
    couple = other.cov_re.to_numpy()[0, 0]
    of_day, of_person = other.vcomp
    assert fit.level_cov[0, 1] == pytest.approx(couple, rel=0.02)
    assert fit.level_cov[0, 0] == pytest.approx(couple + of_person, rel=0.02)
    assert fit.residual_cov[0, 1] == pytest.approx(of_day, rel=0.02)


def test_sums_and_differences_give_the_same_exactly():
    """For partners alike, the sum of the effects is the slope of couples' means, the difference
    that of the members' differences; both tests are exact, so the degrees of freedom are whole.
    """
    rows = make_couples(7, 50)
    fit = fit_apim(rows, ApimModel("y", ("x",)))
    y, x = rows.column("y"), rows.column("x")
    between = sm.OLS(y.mean(axis=1), sm.add_constant(x.mean(axis=1))).fit()
    within = sm.OLS(y[:, 0] - y[:, 1], x[:, 0] - x[:, 1]).fit()
    own, other = fit.terms[1:]
    both = fit.contrast("both", {own: 1.0, other: 1.0})
    difference = fit.contrast("difference", {own: 1.0, other: -1.0})
    for found, expected, df in (
        (both, (between.params[1], between.bse[1], between.tvalues[1]), 48),
        (difference, (within.params[0], within.bse[0], within.tvalues[0]), 49),
    ):
        assert (found.estimate, found.se, found.t) == pytest.approx(expected, rel=1e-6)
        assert found.df == pytest.approx(df, rel=1e-5)
    assert (both.low, both.high) == pytest.approx(between.conf_int()[1], rel=1e-5)
    assert both.p == pytest.approx(between.pvalues[1], rel=1e-4)


def test_full_likelihood_uses_the_normal_law():
    fit = fit_apim(make_couples(8, 30), ApimModel("y", ("x",)), method="ml")
    part = fit.estimate("actor", "x")
    assert part.df == np.inf
    assert part.high - part.estimate == pytest.approx(1.959964 * part.se, rel=1e-6)
