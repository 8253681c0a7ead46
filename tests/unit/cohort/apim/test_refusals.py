"""Models that the rows cannot carry are refused with a reason, never with a crash."""

from dataclasses import replace

import numpy as np
import pytest

from counterpoint.cohort.apim import ApimModel, Term, compare, fit_apim
from counterpoint.errors import DataError
from unit.cohort.apim.simulated import make_couples

MODEL = ApimModel("y", ("x",))


def changed(rows, variable, values):
    whole = rows.values.copy()
    whole[:, :, rows.variables.index(variable)] = values
    return replace(rows, values=whole)


def test_roles_need_the_same_members_everywhere():
    rows = make_couples(1, 20)
    members = (*rows.members[:-1], ("anna", "ben"))
    with pytest.raises(DataError, match=r"couple 0 has f and m, couple 19 has anna and ben"):
        fit_apim(replace(rows, members=members), MODEL.distinguishable())
    assert fit_apim(replace(rows, members=members), MODEL).dyads == 20


@pytest.mark.parametrize("model", [MODEL, MODEL.distinguishable()])
def test_too_few_rows(model):
    rows = make_couples(1, 3 if model.needs_roles else 2)
    with pytest.raises(DataError, match="too few"):
        fit_apim(rows, model)


def test_no_two_members_on_one_occasion():
    rows = make_couples(1, 30)
    alone = np.where(np.arange(30)[:, None] % 2 == [[0, 1]], rows.column("y"), np.nan)
    with pytest.raises(DataError, match="both members on the same occasion"):
        fit_apim(changed(rows, "y", alone), MODEL)


@pytest.mark.parametrize("value", [0.0, 3.0])
def test_a_predictor_that_does_not_vary(value):
    rows = changed(make_couples(1, 30), "x", value)
    with pytest.raises(DataError, match="x effect") as caught:
        fit_apim(rows, MODEL)
    assert caught.value.location.column == "x"


def test_a_predictor_that_is_one_value_per_couple():
    """Own and partner's value are then one and the same; it belongs among the covariates."""
    rows = make_couples(1, 30)
    shared = changed(rows, "x", rows.column("x")[:, :1])
    with pytest.raises(DataError, match="told by the other predictors"):
        fit_apim(shared, MODEL)
    assert len(fit_apim(shared, ApimModel("y", covariates=("x",))).terms) == 2


@pytest.mark.parametrize("levels", [False, True])
def test_an_outcome_that_is_told_exactly(levels):
    rows = make_couples(1, 30, 3 if levels else 1)
    model = replace(MODEL, levels=levels)
    for outcome in (np.full_like(rows.column("y"), 2.0), 3.0 * rows.column("x") - 1.0):
        with pytest.raises(DataError, match="told exactly"):
            fit_apim(changed(rows, "y", outcome), model)


@pytest.mark.parametrize("model", [MODEL, MODEL.distinguishable()])
def test_an_outcome_that_is_one_value_per_couple(model):
    rows = make_couples(1, 30)
    with pytest.raises(DataError, match="exactly alike"):
        fit_apim(changed(rows, "y", rows.column("y")[:, :1]), ApimModel("y", intercepts="one"))
    with pytest.raises(DataError):
        fit_apim(changed(rows, "y", rows.column("y")[:, :1]), model)


def test_levels_that_do_not_differ_stand_at_the_edge():
    """No variance of levels is a legitimate answer; its interval is not made up."""
    rows = make_couples(11, 40, 6)
    centred = rows.centred(("y", "x"), "person")
    fit = fit_apim(centred, replace(MODEL, levels=True, intercepts="none"))
    assert np.diag(fit.level_cov) == pytest.approx([0.0, 0.0], abs=1e-6)
    level = next(part for part in fit.spreads if part.name == "level sd")
    assert np.isnan(level.low)
    assert all(np.isfinite(part.se) and part.se > 0 for part in fit.estimates)


def test_a_model_without_coefficients():
    rows = make_couples(1, 30).centred(("y",), "grand")
    fit = fit_apim(rows, ApimModel("y", intercepts="none"))
    assert fit.estimates == ()
    assert fit.parameters == 2


def test_models_are_compared_on_the_same_rows():
    rows = make_couples(2, 60)
    holes = changed(rows, "z", np.where(np.arange(60)[:, None] < 20, np.nan, rows.column("z")))
    test = compare(holes, MODEL, ApimModel("y", ("x", "z")))
    assert test.smaller.rows == test.larger.rows == 80
    assert test.df == 2
    assert test.chi_square == pytest.approx(2 * (test.larger.loglik - test.smaller.loglik))


def test_terms_read_as_they_are_called():
    fit = fit_apim(make_couples(1, 30), MODEL.distinguishable())
    assert str(fit.terms[2]) == "actor x [f]"
    assert fit.estimate("actor", "x", "m").name == "actor x [m]"
    with pytest.raises(KeyError, match="actor z"):
        fit.estimate("actor", "z")
    sum_of_both = fit.contrast("both", dict.fromkeys(fit.terms[2:4], 1.0))
    assert sum_of_both.estimate == pytest.approx(fit.coefficients[2:4].sum())
    assert Term("contrast", role="f") not in fit.terms
