"""``counterpoint apim`` in words, as JSON, and where it refuses."""

import csv
import json

import numpy as np
import pytest

from counterpoint.cli import main
from counterpoint.cohort.apim import ApimModel, fit_apim, read_dyads, stability_influence
from unit.cohort.apim.simulated import Truth, make_couples


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["apim", *map(str, arguments)])
    return stopped.value.code or 0


def write(path, rows, *, day: bool) -> None:
    with path.open("w", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["couple", "member", *(["day"] if day else []), *rows.variables])
        for place, dyad in enumerate(rows.dyad):
            for member in (0, 1):
                when = [rows.day[place]] if day else []
                cells = ["" if np.isnan(value) else value for value in rows.values[place, member]]
                sheet.writerow([rows.couples[dyad], "fm"[member], *when, *cells])


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    path = tmp_path_factory.mktemp("apim") / "once.csv"
    write(path, make_couples(1, 40, missing=0.05), day=False)
    return path


@pytest.fixture(scope="module")
def diary(tmp_path_factory):
    path = tmp_path_factory.mktemp("apim") / "diary.csv"
    level = ((0.8, 0.3), (0.3, 0.8))
    write(path, make_couples(2, 20, 8, Truth(level=level), missing=0.05), day=True)
    return path


def test_in_words(once, capsys):
    assert run(once, "--outcome", "y", "--predictor", "x,z") == 0
    words = capsys.readouterr().out
    assert "35 of 40 couples" in words
    assert "own x (actor)" in words
    assert "partner’s z" in words
    assert "does not show that one person moves" in " ".join(words.split())
    assert "Chi-squared" not in words


def test_roles_in_words_with_both_tests(once, capsys):
    assert run(once, "--outcome", "y", "--predictor", "x", "--roles", "--method", "ml") == 0
    words = " ".join(capsys.readouterr().out.split())
    assert "Can the roles be told apart at all? Chi-squared" in words
    assert "on 4 degrees of freedom" in words
    assert "Do effects differ between the roles? Chi-squared" in words
    assert "full maximum likelihood" in words


def test_json_holds_what_the_library_says(once, capsys):
    assert run(once, "--outcome", "y", "--predictor", "x", "--covariate", "z", "--contrast",
               "--json") == 0  # fmt: skip
    report = json.loads(capsys.readouterr().out)
    model = ApimModel("y", ("x",), covariates=("z",), intercepts="contrast")
    fit = fit_apim(read_dyads(once, ("y", "x", "z")), model)
    assert report["loglik"] == pytest.approx(fit.loglik)
    assert (report["couples_read"], report["couples"], report["rows"]) == (40, fit.dyads, fit.rows)
    assert report["roles"] == ["f", "m"]
    kinds = [(row["kind"], row["variable"], row["role"]) for row in report["estimates"]]
    assert kinds == [(term.kind, term.variable, term.role) for term in fit.terms]
    for row, part in zip(report["estimates"], fit.estimates, strict=True):
        found = [row[name] for name in ("estimate", "se", "t", "df", "p", "low", "high")]
        expected = [part.estimate, part.se, part.t, part.df, part.p, part.low, part.high]
        assert found == pytest.approx(expected)
    assert [row["name"] for row in report["spreads"]] == ["residual sd", "residual r"]
    assert report["tests"] == {}


def test_json_has_no_number_that_json_does_not_know(once, capsys):
    assert run(once, "--outcome", "y", "--actor", "x", "--method", "ml", "--json") == 0
    text = capsys.readouterr().out
    assert "Infinity" not in text
    assert "NaN" not in text
    assert json.loads(text)["estimates"][1]["df"] is None


def test_a_diary_has_levels_and_predictors_about_the_own_mean(diary, capsys):
    assert run(diary, "--day", "day", "--outcome", "y", "--predictor", "x", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    rows = read_dyads(diary, ("y", "x"), day="day").centred(("x",), "person")
    fit = fit_apim(rows, ApimModel("y", ("x",), levels=True))
    assert report["loglik"] == pytest.approx(fit.loglik)
    assert [row["name"] for row in report["explained"]] == ["residual", "level"]
    assert run(diary, "--day", "day", "--outcome", "y", "--predictor", "x", "--centre", "none",
               "--roles") == 0  # fmt: skip
    assert "levels of persons" in capsys.readouterr().out


def test_the_day_before(diary, capsys):
    assert run(diary, "--day", "day", "--outcome", "y", "--predictor", "x", "--day-before",
               "--json") == 0  # fmt: skip
    report = json.loads(capsys.readouterr().out)
    pairs, model = stability_influence(read_dyads(diary, ("y", "x"), day="day"), "y", ("x",))
    fit = fit_apim(pairs, model, errors="dyad")
    assert report["errors"] == "dyad"
    assert [row["se"] for row in report["estimates"]] == pytest.approx(
        [part.se for part in fit.estimates]
    )
    carry_over, days = fit.coefficients[0], fit.rows / (2 * fit.dyads) + 1
    assert report["centring_bias"] == pytest.approx((1 + carry_over) / days)
    assert run(diary, "--day", "day", "--outcome", "y", "--day-before", "--roles") == 0
    words = " ".join(capsys.readouterr().out.split())
    assert "pulls carry-over down" in words
    assert "given the day before, as independent" in words


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--day-before",), "--day COLUMN"),
        (("--roles", "--contrast"), "leave out --contrast"),
        (("--day", "day", "--day-before", "--actor", "x"), "--predictor only"),
        (("--day", "day", "--day-before", "--centre", "grand"), "own mean"),
        (("--predictor", "x", "--partner", "x"), "named twice"),
        (("--predictor", "nothing"), "no such column"),
        (("--range", "1"), "two numbers"),
        (("--range", "0,1"), "line 2, column y"),
        (("--members", "one"), "two different names"),
        (("--predictor", "y"), "told exactly"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_one_line(once, capsys, options, reason):
    assert run(once, "--outcome", "y", *options) == 2
    said = capsys.readouterr().err
    assert reason in said
    assert said.count("\n") == 1
