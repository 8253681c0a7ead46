"""What must not matter does not, and what must exchange does."""

from dataclasses import replace

import numpy as np
import pytest

from counterpoint.cohort.apim import ApimModel, compare_roles, explained_variance, fit_apim
from unit.cohort.apim.simulated import Truth, make_couples

UNEQUAL = {
    "actor": (0.6, 0.2),
    "partner": (-0.4, 0.1),
    "intercept": (1.0, 2.0),
    "residual": ((1.0, 0.4), (0.4, 2.0)),
    "level": ((0.8, 0.3), (0.3, 0.5)),
}


def numbers(fit):
    return np.array([[part.estimate, part.se, part.df, part.low] for part in fit.estimates])


def swapped_some(rows, every: int):
    """Exchange the members of some couples."""
    turned = rows.dyad % every == 0
    values = np.where(turned[:, None, None], rows.values[:, ::-1], rows.values)
    members = tuple(
        pair[::-1] if number % every == 0 else pair for number, pair in enumerate(rows.members)
    )
    return replace(rows, values=values, members=members)


@pytest.mark.parametrize("errors", ["model", "dyad"])
@pytest.mark.parametrize("every", [1, 3])
def test_partners_alike_do_not_know_who_is_a(every, errors):
    rows = make_couples(1, 60, 3, Truth(**UNEQUAL), missing=0.1)
    model = ApimModel("y", ("x",), covariates=("z",), levels=True)
    fit = fit_apim(rows, model, errors=errors)
    turned = fit_apim(swapped_some(rows, every), model, errors=errors)
    assert turned.loglik == pytest.approx(fit.loglik, abs=1e-9)
    np.testing.assert_allclose(numbers(turned), numbers(fit), rtol=1e-5)
    np.testing.assert_allclose(turned.residual_cov, fit.residual_cov, rtol=1e-6)
    np.testing.assert_allclose(turned.level_cov, fit.level_cov, rtol=1e-5, atol=1e-9)
    assert explained_variance(rows, fit)[0].share == pytest.approx(
        explained_variance(swapped_some(rows, every), turned)[0].share, rel=1e-6
    )


def test_roles_exchange_with_the_members():
    rows = make_couples(2, 60, 3, Truth(**UNEQUAL), missing=0.1)
    model = ApimModel("y", ("x",), levels=True).distinguishable()
    fit, turned = fit_apim(rows, model), fit_apim(rows.swapped(), model)
    assert turned.loglik == pytest.approx(fit.loglik, abs=1e-8)
    for kind, variable in (("intercept", ""), ("actor", "x"), ("partner", "x")):
        for role in ("f", "m"):
            one, other = (part.estimate(kind, variable, role) for part in (fit, turned))
            assert (other.estimate, other.se) == pytest.approx((one.estimate, one.se), rel=1e-5)
    np.testing.assert_allclose(turned.residual_cov[::-1, ::-1], fit.residual_cov, rtol=1e-5)
    np.testing.assert_allclose(turned.level_cov[::-1, ::-1], fit.level_cov, rtol=1e-4)
    test, back = compare_roles(rows, model), compare_roles(rows.swapped(), model)
    assert back.chi_square == pytest.approx(test.chi_square, abs=1e-7)


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_units_only_change_units(scale):
    rows = make_couples(3, 50, 3, Truth(**UNEQUAL))
    model = ApimModel("y", ("x",), levels=True).distinguishable()
    stretched = replace(rows, values=rows.values * np.array([scale, 1.0, 1.0]) + [0.0, 0.0, 5.0])
    fit, other = fit_apim(rows, model), fit_apim(stretched, model)
    found = numbers(other)
    found[:, [0, 1, 3]] /= scale
    np.testing.assert_allclose(found, numbers(fit), rtol=1e-4)
    free = fit.rows - len(fit.terms)
    assert other.loglik == pytest.approx(fit.loglik - free * np.log(scale), rel=1e-8)


def test_a_far_away_predictor_is_no_trouble():
    """Years such as 1987 lie far from nought compared with how they differ."""
    rows = make_couples(4, 50)
    moved = replace(rows, values=rows.values + np.array([0.0, 2e6, 0.0]))
    model = ApimModel("y", ("x",))
    one, other = fit_apim(rows, model), fit_apim(moved, model)
    for kind in ("actor", "partner"):
        near, far = one.estimate(kind, "x"), other.estimate(kind, "x")
        assert (far.estimate, far.se) == pytest.approx((near.estimate, near.se), rel=1e-6)


def test_the_order_of_couples_does_not_matter():
    rows = make_couples(5, 30, 3, Truth(**UNEQUAL))
    order = np.concatenate([np.flatnonzero(rows.dyad == couple) for couple in reversed(range(30))])
    mixed = replace(
        rows, dyad=np.repeat(np.arange(30), 3), day=rows.day[order], values=rows.values[order]
    )
    model = ApimModel("y", ("x",), levels=True)
    np.testing.assert_allclose(
        numbers(fit_apim(mixed, model)), numbers(fit_apim(rows, model)), rtol=1e-6
    )
