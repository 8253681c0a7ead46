"""Checks print their figures and end with 1 when a demand is missed."""

import json

import numpy as np
import pytest

from counterpoint.cli import main


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    return stopped.value.code or 0


def test_recovery_misses_its_demands_with_a_handful_of_short_diaries(capsys):
    arguments = ("check", "recovery", "--couples", 4, "--days", 8, "--json")
    assert run(*arguments) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["couples"], report["days"], report["kept"]) == (4, 8, False)
    assert len(report["verdicts"]) == 9
    gated = {row["name"]: row["said"] for row in report["day_gate_on"]}
    assert gated["contagion"] == 0
    silent = {row["demand"]: row for row in report["verdicts"] if "gate on" in row["demand"]}
    assert [row["figure"] for row in silent.values()] == [None, None]


def test_recovery_in_words(capsys):
    assert run("check", "recovery", "--couples", 3, "--days", 6, "--design", "checkin") == 1
    words = capsys.readouterr().out
    assert "day gate off" in words
    assert "MISSED costs right where said, day gate on: nothing was said" in words


@pytest.fixture(scope="module")
def diary(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prediction")
    path = folder / "diary.csv"
    run("simulate", "--couples", 4, "--days", 14, "--seed", 2, "--out", path, "--truth",
        folder / "truth.csv")  # fmt: skip
    return path


def test_prediction_compares_five_models_on_the_same_days(diary, capsys):
    code = run("check", "prediction", diary, "--connection", "connection_1", "--self", "self_1",
               "--json")  # fmt: skip
    report = json.loads(capsys.readouterr().out)
    models = ["own_mean", "pooled_ar", "pooled_var", "couple_var", "engine"]
    assert list(report["errors"]) == models
    assert report["couples"] <= report["couples_read"] == 4
    assert code == (0 if all(report["verdicts"].values()) else 1)
    better = min(report["errors"]["pooled_ar"], report["errors"]["pooled_var"])
    ratio = report["errors"]["engine"] / better
    assert report["engine_over_better_pooled"] == pytest.approx(ratio)
    assert report["verdicts"]["at_most_better_pooled"] == (ratio <= 1)
    assert report["errors"]["engine"] < report["errors"]["couple_var"]


def test_prediction_in_words(diary, capsys):
    run("check", "prediction", diary, "--connection", "connection_1", "--self", "self_1")
    words = capsys.readouterr().out
    assert "One step ahead" in words
    assert "the engine" in words
    assert "couples counted" in words


def test_too_few_days_are_said(tmp_path, capsys):
    path = tmp_path / "diary.csv"
    path.write_text("couple,member,day,near,calm\nk,a,1,1,2\nk,b,1,3,4\n")
    assert run("check", "prediction", path, "--connection", "near", "--self", "calm") == 2
    assert "enough consecutive days" in capsys.readouterr().err


def test_the_grid_checks_both_designs_in_one_page_and_goes_on(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("counterpoint.cohort.recovery_grid.DAYS", (4,))
    monkeypatch.setattr("counterpoint.cohort.recovery_grid.PER_DAY", (1, 2))
    page, keep = tmp_path / "page.md", tmp_path / "cells"
    arguments = ("check", "recovery", "--grid", "--couples", 2, "--keep", keep, "--write", page)
    code = run(*arguments)
    words = capsys.readouterr().out
    assert "4 cells of 2 couples" in words
    assert ("BROKEN" in words) == bool(code)
    assert "## continuous" in page.read_text()
    assert "## checkin" in page.read_text()
    assert len(list(keep.iterdir())) == 4
    assert run(*arguments, "--json") == code
    report = json.loads(capsys.readouterr().out)
    assert report["kept"] == (code == 0)
    assert [cell["cell"]["design"] for cell in report["cells"]] == ["continuous"] * 2 + [
        "checkin"
    ] * 2


def test_keep_and_write_go_with_the_grid(tmp_path, capsys):
    assert run("check", "recovery", "--keep", tmp_path) == 2
    assert "go with --grid" in capsys.readouterr().err


def test_findings_write_their_page(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("counterpoint.cohort.finding_cells.EVENINGS", (5,))
    monkeypatch.setattr("counterpoint.cohort.finding_cells.STRETCHES", ((4, 4),))
    page = tmp_path / "page.md"
    arguments = ("check", "findings", "--couples", 2, "--workers", 1, "--keep", tmp_path / "cells")
    code = run(*arguments, "--write", page)
    words = capsys.readouterr().out
    assert "2 cells of 2 couples" in words
    assert ("BROKEN" in words) == bool(code)
    assert "## Two stretches, 4 and 4 days" in page.read_text()
    assert run(*arguments, "--json") == code
    report = json.loads(capsys.readouterr().out)
    assert [cell["cell"] for cell in report["cells"]] == [
        {"days": 5, "before": 0},
        {"days": 4, "before": 4},
    ]


def test_robustness_tells_what_was_caught_and_writes_its_page(tmp_path, capsys):
    page = tmp_path / "robustness.md"
    code = run("check", "robustness", "--damage", "never moved", "--couples", 2,
               "--flag-couples", 20, "--json", "--write", page)  # fmt: skip
    report = json.loads(capsys.readouterr().out)
    (row,) = report["damages"]
    assert code == 0
    assert (row["damage"], row["verdict"], row["kept"]) == ("never moved", "yes", True)
    assert row["flagged"]["parked"] == 1.0
    assert row["flagged_of"] == 20
    text = page.read_text()
    assert "| never moved | a gives one tap for good | caught as parked | yes |" in text


def test_robustness_of_a_handful_is_no_pass(capsys):
    code = run("check", "robustness", "--damage", "floor", "--couples", 2, "--flag-couples", 3,
               "--days", 12)  # fmt: skip
    words = capsys.readouterr().out
    assert code == 1
    assert "too few to" in words
    assert "share of truths in a 90 % interval" in words


def test_an_unknown_damage_is_named_with_those_that_are_known(capsys):
    assert run("check", "robustness", "--damage", "lightning") != 0
    told = capsys.readouterr().err
    assert "lightning" in told
    assert "never moved" in told
    assert "Traceback" not in told


def write_pairs(path, linked):
    """Write eight couples of 20 days; partners tap the same connection, or know nothing of it."""
    rng = np.random.default_rng(4)
    lines = ["couple,member,day,near,steady"]
    for couple in range(8):
        shared = rng.integers(2, 9, size=20)
        for member in "ab":
            near = shared if linked else rng.integers(2, 9, size=20)
            lines += [
                f"c{couple},{member},{day + 1},{10 * near[day]},{10 * rng.integers(2, 9)}"
                for day in range(20)
            ]
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("linked", [True, False])
def test_null_tells_couples_from_pairs_that_are_none(tmp_path, capsys, linked):
    path, page = write_pairs(tmp_path / "pairs.csv", linked), tmp_path / "null.md"
    code = run("check", "null", path, "--connection", "near", "--self", "steady", "--json",
               "--repairings", 39, "--engine-repairings", 1, "--write", page)  # fmt: skip
    assert code == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["couples"], report["repairings"]) == (8, {"answers": 39, "engine": 1})
    found = next(
        row
        for row in report["rows"]
        if (row["source"], row["quantity"], row["effect"], row["cause"])
        == ("answers", "same_day", "connection_a", "connection_b")
    )
    assert abs(found["null_mean"]) < 0.2
    if linked:
        assert found["mean"] == pytest.approx(1.0)
        assert found["beyond"] == 1.0
        assert found["p_value"] == pytest.approx(1 / 40)
    else:
        assert abs(found["mean"]) < 0.4
        assert found["p_value"] > 1 / 40
    assert "8 couples. Partners are re-paired at random" in page.read_text()


def test_null_needs_enough_couples_and_says_so(diary, capsys):
    assert run("check", "null", diary, "--connection", "connection_1", "--self", "self_1") != 0
    told = capsys.readouterr().err
    assert "5 couples or more" in told
    assert "Traceback" not in told
