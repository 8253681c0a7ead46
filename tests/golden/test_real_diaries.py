"""Diaries of real couples, in the three shapes they were published in."""

import csv
import json
import time

import numpy as np
import pytest

from counterpoint.cli import main
from counterpoint.cli._kernels import choose_backend, kernel_folder
from counterpoint.cohort.prediction import MODELS, judge_prediction, score_prediction
from counterpoint.cohort.table import (
    INDIVIDUAL,
    PAIRWISE,
    WIDE,
    DiaryLayout,
    ItemColumn,
    read_diaries,
)
from counterpoint.engine import shipped_prior, to_points

EVENINGS = DiaryLayout(
    (ItemColumn("Con."),),
    (ItemColumn("Anx.", turned=True),),
    couple="ID",
    day="DIARYDAY",
    members=("M_", "W_"),
    high=4.0,
)
"""Contentment as connection, anxiety reversed as self, of 80 couples on up to 36 evenings."""


@pytest.fixture(autouse=True)
def own_kernel_setting(monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(kernel_folder()))


@pytest.fixture(scope="module")
def scores(reference_folder):
    table = read_diaries(reference_folder / "dyadmlvar" / "diary.csv", EVENINGS)
    backend = choose_backend(table.calendar_days, 1000)
    return score_prediction(table, prior=shipped_prior(1, own_items=True), backend=backend)


def test_baselines_are_the_published_ones(scores, reference_folder):
    """Figures of 2025, by the recipe in the docstring of the prediction module."""
    golden = json.loads((reference_folder / "golden.json").read_text())["dyadmlvar_one_step"]
    published = (golden[name] for name in ("mean", "pooled_AR", "pooled_VAR", "couple_VAR_OLS"))
    for model, figure in zip(MODELS, published, strict=False):
        assert scores.errors[model] == pytest.approx(figure, abs=1e-3)
    assert (scores.couples, scores.couples_read, scores.pairs) == (80, 80, 856)


def test_the_engine_predicts_no_worse_than_any_of_them(scores):
    assert judge_prediction(scores.errors) == {
        "at_most_better_pooled": True,
        "below_own_mean": True,
        "below_couple_var": True,
    }
    assert scores.errors["engine"] <= min(scores.errors["pooled_ar"], scores.errors["pooled_var"])
    assert scores.errors["engine"] < 0.95 * scores.errors["own_mean"]
    assert np.isfinite(scores.per_couple["engine"]).all()


def test_the_evening_diary_fits_without_a_hand_on_it(reference_folder, tmp_path):
    out = tmp_path / "out"
    started = time.perf_counter()
    with pytest.raises(SystemExit) as stopped:
        main(["fit", str(reference_folder / "dyadmlvar" / "diary.csv"), "--members", "M_,W_",
              "--connection", "Con.", "--self=-Anx.", "--couple", "ID", "--day", "DIARYDAY",
              "--range", "0,4", "--pictures", "2", "--out", str(out)])  # fmt: skip
    assert not stopped.value.code
    assert time.perf_counter() - started < 60
    with (out / "couples.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 80 * 35
    levels = [row for row in rows if row["quantity"] == "level"]
    assert all(row["said"] == "true" and 26 <= int(row["days"]) <= 36 for row in levels)
    assert not any(row["said"] == "true" for row in rows if row["quantity"] == "cost")
    mean = {
        state: np.mean([float(row["mean"]) for row in levels if row["effect"] == state])
        for state in ("connection_a", "self_a", "connection_b", "self_b")
    }
    raw = raw_means(reference_folder)
    for state, points in raw.items():  # a level is drawn a little towards the population's
        assert mean[state] == pytest.approx(points, abs=4)


def raw_means(reference_folder) -> dict[str, float]:
    """Mean answer in points over couples of each couple's mean."""
    table = read_diaries(reference_folder / "dyadmlvar" / "diary.csv", EVENINGS)
    states = ("connection_a", "self_a", "connection_b", "self_b")
    points = np.mean([np.nanmean(to_points(c.diary.items), axis=(0, 2)) for c in table], axis=0)
    return dict(zip(states, points, strict=True))


def test_long_and_wide_files_of_the_same_dyads_are_the_same_diaries(reference_folder):
    closeness, support = ItemColumn("closeness"), ItemColumn("provided_support")
    scale = {"low": -20.0, "high": 40.0}
    long = read_diaries(
        reference_folder / "dyadmlm" / "dyads_ild.csv",
        DiaryLayout((closeness,), (support,), couple="coupleID", member="personID",
                    day="diaryday", **scale),
    )  # fmt: skip
    wide = read_diaries(
        reference_folder / "dyadmlm" / "fm_wide.csv",
        DiaryLayout((ItemColumn("c"),), (ItemColumn("s"),), couple="id", members=("f", "m"),
                    **scale),
    )  # fmt: skip
    assert (long.shape, len(long)) == (INDIVIDUAL, 360)
    assert (wide.shape, len(wide)) == (WIDE, 120)
    by_name = {couple.couple: couple.diary for couple in long}
    for couple in wide:
        own, other = couple.diary, by_name[couple.couple]
        if other.items[0, 0, 0] != pytest.approx(own.items[0, 0, 0], abs=1e-9):
            other = other.swapped()
        np.testing.assert_allclose(own.items, other.items, atol=1e-9)


def test_a_pairwise_file_has_both_members_of_every_couple(reference_folder, tmp_path):
    with (reference_folder / "acitelli" / "acipair.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    path = tmp_path / "pairwise.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(
            [*row, "day" if number == 0 else "1"] for number, row in enumerate(rows)
        )
    table = read_diaries(
        path,
        DiaryLayout((ItemColumn("Satisfaction_A"),), (ItemColumn("Tension_A", turned=True),),
                    couple="CoupleID", member="Partnum", low=1.0, high=5.0),
    )  # fmt: skip
    assert (table.shape, len(table)) == (PAIRWISE, 148)
    assert table[0].members == ("1.0", "2.0")
    assert table[0].diary.answered_days == (1, 1)
