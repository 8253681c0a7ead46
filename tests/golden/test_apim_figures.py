"""Published figures of actor-partner interdependence models on couples' data.

``acitelli_apim``: 148 married couples, figures of Garcia's workshop and of the R package dyadr.
``dyadmlm_lapim``: simulated diaries of the R package dyadMLM, fitted with nlme.
``dyadmlvar_pooled_var``: 80 couples' evening diaries of the R package dyadmlvar, least squares.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from counterpoint.cli import main
from counterpoint.cohort.apim import (
    ApimFit,
    ApimModel,
    DyadRows,
    compare_equal_effects,
    compare_roles,
    day_before,
    explained_variance,
    fit_apim,
    read_dyads,
    stability_influence,
)

REGARD = ApimModel("Satisfaction_A", predictors=("OtherPos_A",))
HUSBAND, WIFE = "Husband", "Wife"


@pytest.fixture(scope="module")
def golden(reference_folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((reference_folder / "golden.json").read_text())
    return found


@pytest.fixture(scope="module")
def figures(golden: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = golden["acitelli_apim"]
    return found


@pytest.fixture(scope="module")
def couples(reference_folder: Path) -> DyadRows:
    return read_dyads(
        reference_folder / "acitelli" / "acipair.csv",
        ("Satisfaction_A", "OtherPos_A", "Tension_A", "SelfPos_A", "Yearsmar"),
        couple="CoupleID",
        member="Gender_A",
    )


@pytest.fixture(scope="module")
def diaries(reference_folder: Path) -> DyadRows:
    path = reference_folder / "dyadmlm" / "fm_wide.csv"
    rows = read_dyads(path, ("c", "s"), couple="id", day="day", members=("f", "m"))
    return rows.centred(("s",), "person")


@pytest.fixture(scope="module")
def evenings(reference_folder: Path) -> DyadRows:
    return read_dyads(
        reference_folder / "dyadmlvar" / "diary.csv",
        ("Con.", "Anx."),
        couple="ID",
        day="DIARYDAY",
        members=("M_", "W_"),
    )


def agree(fit: ApimFit, term: tuple[str, ...], published: list[float]) -> None:
    """Estimate and standard error to a thousandth."""
    found = fit.estimate(*term)
    assert [found.estimate, found.se] == pytest.approx(published, rel=1e-3), term


def spread(fit: ApimFit, name: str, role: str = "") -> float:
    (found,) = (part for part in fit.spreads if (part.name, part.role) == (name, role))
    return found.estimate


def with_partner_for_actor(rows: DyadRows, variable: str) -> DyadRows:
    """Plant a bug: what a member says of the variable stands on the partner's row."""
    values = rows.values.copy()
    place = rows.variables.index(variable)
    values[:, :, place] = values[:, ::-1, place]
    return replace(rows, values=values)


def check_alike(rows: DyadRows, published: dict[str, Any]) -> None:
    fit = fit_apim(rows, REGARD)
    assert (fit.rows, fit.dyads) == (published["n"], 148)
    agree(fit, ("intercept",), published["intercept"])
    agree(fit, ("actor", "OtherPos_A"), published["actor"])
    agree(fit, ("partner", "OtherPos_A"), published["partner"])
    assert spread(fit, "residual r") == pytest.approx(published["rho"], rel=1e-3)
    assert spread(fit, "residual sd") == pytest.approx(published["sigma"], rel=1e-3)
    assert fit.loglik == pytest.approx(published["logLik"], abs=1e-3)
    assert fit.aic == pytest.approx(published["AIC"], abs=2e-3)
    assert fit.bic == pytest.approx(published["BIC"], abs=2e-3)


def check_roles(rows: DyadRows, published: dict[str, Any]) -> None:
    fit = fit_apim(rows, REGARD.distinguishable())
    agree(fit, ("intercept", "", HUSBAND), published["H_int"])
    agree(fit, ("intercept", "", WIFE), published["W_int"])
    agree(fit, ("actor", "OtherPos_A", HUSBAND), published["H_actor"])
    agree(fit, ("actor", "OtherPos_A", WIFE), published["W_actor"])
    agree(fit, ("partner", "OtherPos_A", HUSBAND), published["W_to_H"])
    agree(fit, ("partner", "OtherPos_A", WIFE), published["H_to_W"])
    sd = spread(fit, "residual sd", HUSBAND)
    assert sd == pytest.approx(published["sigma_H"], rel=1e-3)
    assert spread(fit, "residual sd", WIFE) / sd == pytest.approx(published["sd_ratio_W"], rel=1e-3)
    assert spread(fit, "residual r") == pytest.approx(published["rho"], rel=1e-3)
    assert fit.loglik == pytest.approx(published["logLik"], abs=1e-3)


def check_days(rows: DyadRows, published: dict[str, Any]) -> None:
    fit = fit_apim(rows, ApimModel("c", predictors=("s",), levels=True).distinguishable())
    for term, name in (
        (("intercept", "", "f"), "Fm"),
        (("intercept", "", "m"), "Mm"),
        (("actor", "s", "f"), "F_actor"),
        (("actor", "s", "m"), "M_actor"),
        (("partner", "s", "f"), "F_partner"),
        (("partner", "s", "m"), "M_partner"),
    ):
        agree(fit, term, published[name])
    assert spread(fit, "residual r") == pytest.approx(published["rho"], rel=1e-3)
    assert spread(fit, "residual sd", "f") == pytest.approx(published["sd_res_F"], rel=1e-3)
    assert fit.loglik == pytest.approx(published["logLik"], abs=1e-3)
    assert (fit.dyads, fit.rows) == (120, 120 * 14 * 2)


def check_stability(rows: DyadRows, published: dict[str, Any]) -> None:
    """Least squares equation by equation; both members have the same predictors, so it is."""
    columns = [(mark, name) for mark in ("M_", "W_") for name in ("Con.", "Anx.")]
    assert ["".join(column) for column in columns] == published["order"]
    transition, innovation = np.array(published["A"]), np.array(published["innov_cov"])
    for outcome, further in (("Con.", "Anx."), ("Anx.", "Con.")):
        pairs, model = stability_influence(rows, outcome, (further,), by_role=True)
        fit = fit_apim(pairs, model, method="ml", errors="dyad")
        assert fit.rows == 2 * published["n"]
        for place, (mark, name) in enumerate(columns):
            if name != outcome:
                continue
            for cause, (giver, predictor) in enumerate(columns):
                kind = "actor" if giver == mark else "partner"
                found = fit.estimate(kind, day_before(predictor), mark).estimate
                assert found == pytest.approx(transition[place, cause], rel=1e-3)
        places = [place for place, (_, name) in enumerate(columns) if name == outcome]
        np.testing.assert_allclose(fit.residual_cov, innovation[np.ix_(places, places)], rtol=1e-3)


def test_partners_alike(couples: DyadRows, figures: dict[str, Any]) -> None:
    check_alike(couples, figures["indist_REML"])


def test_partners_alike_without_predictors(couples: DyadRows, figures: dict[str, Any]) -> None:
    published = figures["indist_empty_REML"]
    fit = fit_apim(couples, REGARD.empty())
    agree(fit, ("intercept",), published["intercept"])
    assert spread(fit, "residual r") == pytest.approx(published["rho"], rel=1e-3)
    assert spread(fit, "residual sd") == pytest.approx(published["sigma"], rel=1e-3)
    assert fit.loglik == pytest.approx(published["logLik"], abs=1e-3)
    (explained,) = explained_variance(couples, fit_apim(couples, REGARD))
    assert explained.share == pytest.approx(published["pseudo_R2"], rel=1e-3)


def test_partners_with_roles(couples: DyadRows, figures: dict[str, Any]) -> None:
    check_roles(couples, figures["dist_two_intercept_REML"])


def test_the_test_of_distinguishability(couples: DyadRows, figures: dict[str, Any]) -> None:
    published = figures["distinguishability_LRT_ML"]
    found = compare_roles(couples, REGARD)
    assert found.smaller.loglik == pytest.approx(published["logLik_in"], abs=1e-3)
    assert found.larger.loglik == pytest.approx(published["logLik_di"], abs=1e-3)
    assert found.chi_square == pytest.approx(published["chisq"], rel=1e-3)
    assert found.df == published["df"]
    assert found.p == pytest.approx(published["p"], abs=5e-4)
    assert spread(found.smaller, "residual sd") == pytest.approx(published["sigma_in"], rel=1e-3)
    assert spread(found.smaller, "residual r") == pytest.approx(published["rho_in"], rel=1e-3)


def test_one_sided_effects(couples: DyadRows, figures: dict[str, Any]) -> None:
    published = figures["dyadr_README"]
    model = ApimModel("Satisfaction_A", actor=("Tension_A",), partner=("SelfPos_A",))
    fit = fit_apim(couples, model)
    assert len(fit.terms) == 3
    agree(fit, ("intercept",), published["intercept"])
    agree(fit, ("actor", "Tension_A"), published["Tension_A"])
    agree(fit, ("partner", "SelfPos_A"), published["SelfPos_P"])
    assert spread(fit, "residual r") == pytest.approx(published["rho"], rel=1e-3)
    assert spread(fit, "residual sd") == pytest.approx(published["sigma"], rel=1e-3)


def test_paths_of_the_structural_equation_model(couples: DyadRows, figures: dict[str, Any]) -> None:
    """Published to three decimals, the covariance to two."""
    published = figures["sem_saturated"]
    found = compare_equal_effects(couples, REGARD)
    saturated, equal = found.larger, found.smaller
    for term, name in (
        (("actor", "OtherPos_A", HUSBAND), "aH"),
        (("partner", "OtherPos_A", HUSBAND), "pWH"),
        (("actor", "OtherPos_A", WIFE), "aW"),
        (("partner", "OtherPos_A", WIFE), "pHW"),
    ):
        assert saturated.estimate(*term).estimate == pytest.approx(
            published["dist"][name], abs=5e-4
        )
    assert saturated.residual_cov[0, 1] == pytest.approx(published["dist"]["resid_cov"], abs=5e-3)
    for kind, name in (("actor", "a"), ("partner", "p")):
        both = equal.estimate(kind, "OtherPos_A")
        assert [both.estimate, both.se] == pytest.approx(published["equal"][name], abs=5e-4)
    assert (found.df, found.chi_square) == (2, pytest.approx(published["chisq_2df"], rel=1e-3))
    assert found.p == pytest.approx(published["p"], abs=5e-5)


def test_difference_of_roles_and_years_together(couples: DyadRows, figures: dict[str, Any]) -> None:
    published = figures["gender_years_REML"]
    model = ApimModel("Satisfaction_A", covariates=("Yearsmar",), intercepts="contrast")
    fit = fit_apim(couples, model)
    agree(fit, ("intercept",), published["int"])
    agree(fit, ("contrast", "", HUSBAND), published["gender(H=+1)"])
    agree(fit, ("covariate", "Yearsmar"), published["Yearsmar"])
    assert spread(fit, "residual r") == pytest.approx(published["rho"], rel=1e-3)
    assert spread(fit, "residual sd") == pytest.approx(published["sigma"], rel=1e-3)
    assert fit.loglik == pytest.approx(published["logLik"], abs=1e-3)


def test_longitudinal_model(diaries: DyadRows, golden: dict[str, Any]) -> None:
    check_days(diaries, golden["dyadmlm_lapim"])


def test_stability_and_influence(evenings: DyadRows, golden: dict[str, Any]) -> None:
    check_stability(evenings, golden["dyadmlvar_pooled_var"])


def test_the_figures_catch_actor_and_partner_exchanged(
    couples: DyadRows, diaries: DyadRows, evenings: DyadRows, golden: dict[str, Any]
) -> None:
    published = golden["acitelli_apim"]
    turned = with_partner_for_actor(couples, "OtherPos_A")
    with pytest.raises(AssertionError, match="actor"):
        check_alike(turned, published["indist_REML"])
    with pytest.raises(AssertionError, match="actor"):
        check_roles(turned, published["dist_two_intercept_REML"])
    with pytest.raises(AssertionError, match="actor"):
        check_days(with_partner_for_actor(diaries, "s"), golden["dyadmlm_lapim"])
    with pytest.raises(AssertionError):
        check_stability(with_partner_for_actor(evenings, "Anx."), golden["dyadmlvar_pooled_var"])


def test_the_command_prints_the_published_figures(
    reference_folder: Path, figures: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["apim", str(reference_folder / "acitelli" / "acipair.csv"), "--couple", "CoupleID",
              "--member", "Gender_A", "--outcome", "Satisfaction_A", "--predictor", "OtherPos_A",
              "--roles", "--json"])  # fmt: skip
    assert not stopped.value.code
    report = json.loads(capsys.readouterr().out)
    published = figures["dist_two_intercept_REML"]
    assert report["loglik"] == pytest.approx(published["logLik"], abs=1e-3)
    (found,) = (
        row
        for row in report["estimates"]
        if (row["kind"], row["variable"], row["role"]) == ("partner", "OtherPos_A", WIFE)
    )
    assert [found["estimate"], found["se"]] == pytest.approx(published["H_to_W"], rel=1e-3)
    test = report["tests"]["distinguishability"]
    assert test["chi_square"] == pytest.approx(
        figures["distinguishability_LRT_ML"]["chisq"], rel=1e-3
    )
