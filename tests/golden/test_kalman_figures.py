"""Log likelihoods of a four-dimensional state space on published (simulated) diaries.

Figures: ``kalman_loglik`` of the reference folder's ``golden.json`` (brute-force multivariate
normal there, to 1e-12), on ``dyadmlm/fm_wide.csv`` of the R package dyadMLM.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from counterpoint.engine import DyadDiary, DyadParameters, filter_diary, stationary_cov

COLUMNS = ("cf", "sf", "cm", "sm")


@pytest.fixture(scope="module")
def figures(reference_folder: Path) -> dict[str, Any]:
    golden = json.loads((reference_folder / "golden.json").read_text())
    found: dict[str, Any] = golden["kalman_loglik"]
    return found


def read_dyad(folder: Path, name: str) -> np.ndarray:
    with (folder / "dyadmlm" / "fm_wide.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["id"] == name]
    rows.sort(key=lambda row: int(row["day"]))
    return np.array([[float(row[column]) for column in COLUMNS] for row in rows])


def parameters_of(figures: dict[str, Any], *, planted: float = 0.0) -> DyadParameters:
    transition = np.array(figures["A"])
    transition[0, 0] += planted
    return DyadParameters(
        level=np.full(4, figures["mu"]),
        transition=transition,
        process_cov=np.array(figures["Q"]),
        loading=np.ones((4, 1)),
        intercept=np.zeros((4, 1)),
        measurement_var=np.array(figures["R_diag"])[:, None],
    )


def with_holes(values: np.ndarray) -> np.ndarray:
    """The figures' own pattern of missing answers."""
    holes = values.copy()
    holes[3] = np.nan
    holes[5, 2:] = np.nan
    holes[8, 0] = np.nan
    holes[10:12] = np.nan
    return holes


def check_figures(folder: Path, figures: dict[str, Any], *, planted: float = 0.0) -> None:
    parameters = parameters_of(figures, planted=planted)
    assert set(figures["loglik_full"]) == {"1", "2", "3"}
    for name, expected in figures["loglik_full"].items():
        full = read_dyad(folder, name)
        assert full.shape == (14, 4)
        found = filter_diary(
            DyadDiary(items=full[:, :, None]), parameters, initial_cov="stationary"
        )
        assert found.loglik == pytest.approx(expected, abs=1e-8)
        holes = DyadDiary(items=with_holes(full)[:, :, None])
        found = filter_diary(holes, parameters, initial_cov="stationary")
        assert found.loglik == pytest.approx(figures["loglik_missing"][name], abs=1e-8)


def test_log_likelihoods_with_and_without_holes(
    reference_folder: Path, figures: dict[str, Any]
) -> None:
    check_figures(reference_folder, figures)


def test_the_figures_catch_a_planted_bug(reference_folder: Path, figures: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        check_figures(reference_folder, figures, planted=1e-6)


def test_the_stationary_law_and_the_eigenvalues(figures: dict[str, Any]) -> None:
    cov = stationary_cov(np.array(figures["A"]), np.array(figures["Q"]))
    np.testing.assert_allclose(cov[0], figures["P0_row0"], atol=1e-8)
    found = np.sort(np.linalg.eigvals(np.array(figures["A"])).real)
    np.testing.assert_allclose(found, np.sort(figures["eigA"]), atol=1e-8)
