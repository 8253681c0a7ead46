"""Ranks, ties and demands of simulation-based calibration."""

import numpy as np
import pytest

from counterpoint.cohort.calibration import CASES, Calibration, calibrate, halve_process_cov
from counterpoint.cohort.pages.calibration import calibration_page
from counterpoint.errors import DataError


def even(seed: int, numbers: int = 30) -> Calibration:
    ranks = np.random.default_rng(seed).integers(0, 100, size=(400, numbers))
    return Calibration(14, tuple(f"number {k}" for k in range(numbers)), ranks)


def test_figures_of_even_ranks() -> None:
    found = even(1)
    assert found.kept
    assert found.smallest_allowed == pytest.approx(0.01 / 30)
    assert found.p_values.shape == found.coverage.shape == (30,)
    assert found.coverage.mean() == pytest.approx(0.9, abs=0.01)


def test_one_number_in_a_corner_is_enough_to_miss() -> None:
    found = even(2)
    found.ranks[:, 3] //= 2
    assert not found.kept
    assert int(np.argmin(found.p_values)) == 3
    assert found.coverage[3] == pytest.approx(0.9, abs=0.05)


def test_the_same_seed_ranks_the_same_and_a_bug_ranks_otherwise() -> None:
    first = calibrate(4, dyads=40, thin=1, seed=3, backend="portable")
    assert first.ranks.shape == (40, 67) == (40, len(set(first.names)))
    assert first.ranks.min() >= 0
    assert first.ranks.max() <= 99
    again = calibrate(4, dyads=40, thin=1, seed=3, backend="portable")
    spoiled = calibrate(4, dyads=40, thin=1, seed=3, spoil=halve_process_cov, backend="portable")
    np.testing.assert_array_equal(first.ranks, again.ranks)
    assert np.any(first.ranks != spoiled.ranks)


@pytest.mark.parametrize("case", [case for case in CASES if case])
def test_what_is_done_to_diaries_is_said(case: str) -> None:
    found = calibrate(4, dyads=40, thin=1, seed=3, case=case, backend="portable")
    plain = calibrate(4, dyads=40, thin=1, seed=3, backend="portable")
    assert np.any(found.ranks != plain.ranks)
    assert found.title == f"4 days, {case}"
    page = calibration_page([plain, found], [], dyads=40, missing=0.3, command="make me")
    assert f"| 4 days, {case} | 67 |" in page
    assert f"| 4 d, {case}: p |" in page


def test_too_few_dyads_are_refused() -> None:
    with pytest.raises(DataError, match="40 dyads"):
        calibrate(5, dyads=39)


def test_the_page_says_what_was_caught() -> None:
    bad = even(2)
    bad.ranks[:, 3] //= 2
    page = calibration_page(
        [even(1)], [("a bug", bad), ("no bug", even(3))], dyads=400, missing=0.3, command="make me"
    )
    assert "    make me\n" in page
    assert "| 14 days | 30 |" in page
    assert "| 14 days, planted: a bug |" in page
    assert page.count("| caught |") == 1
    assert page.count("| NOT caught |") == 1
    assert "(30% of the days" in page
