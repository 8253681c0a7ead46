"""Truths drawn from the prior rank evenly among their draws; ``check calibration`` runs it in full.

The rule and its reference: `counterpoint.cohort.calibration`.
"""

from __future__ import annotations

import numpy as np
import pytest

from counterpoint.cohort.calibration import (
    CASES,
    Calibration,
    calibrate,
    halve_process_cov,
    turn_transition,
)
from engine_cases import require_compiled


@pytest.fixture(autouse=True)
def _compiled() -> None:
    require_compiled()


def test_truths_rank_evenly_among_their_draws() -> None:
    """The rule at its full size: 500 dyads of 28 days."""
    found = calibrate(28, dyads=500, seed=20, thin=9, backend="compiled")
    assert len(found.names) == 67
    assert found.kept, (found.smallest_p, found.evenness)


@pytest.mark.parametrize("days", [7, 60])
def test_short_and_long_diaries_rank_evenly_too(days: int) -> None:
    found = calibrate(days, dyads=160, seed=21, thin=9, backend="compiled")
    assert len(found.names) == (67 if days < 42 else 71)
    assert found.kept, (found.smallest_p, found.evenness)


@pytest.mark.parametrize("case", [case for case in CASES if case])
def test_one_member_alone_and_ends_of_the_scale_rank_evenly(case: str) -> None:
    found = calibrate(28, dyads=160, seed=24, thin=9, case=case, backend="compiled")
    assert found.kept, (found.smallest_p, found.evenness)


@pytest.mark.parametrize(("days", "dyads"), [(7, 500), (28, 160), (60, 100)])
def test_a_halved_process_covariance_is_caught(days: int, dyads: int) -> None:
    """Seven days tell little of it, and take more dyads."""
    found = calibrate(
        days, dyads=dyads, seed=22, thin=9, spoil=halve_process_cov, backend="compiled"
    )
    assert not found.kept


def test_swapped_cause_and_effect_are_caught() -> None:
    found = calibrate(28, dyads=200, seed=23, thin=9, spoil=turn_transition, backend="compiled")
    assert not found.kept


def test_the_rule_itself_accepts_even_ranks_and_refuses_a_slight_tilt() -> None:
    rng = np.random.default_rng(1)
    names = tuple(map(str, range(67)))
    kept = [Calibration(28, names, rng.integers(0, 100, size=(500, 67))).kept for _ in range(40)]
    assert sum(kept) >= 38
    tilted = np.floor(100 * rng.random((500, 67)) ** 1.15).astype(np.int64)
    assert not Calibration(28, names, tilted).kept
