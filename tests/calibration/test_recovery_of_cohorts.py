"""What the gates promise, on a few hundred simulated couples; `check recovery` runs it in full.

Bounds are those of the full run (1,000 couples) widened by three standard errors of 250. Couplings
are covered by more than .90, because the shipped prior is wider than the population of the couples.
"""

from __future__ import annotations

import numpy as np
import pytest

from counterpoint.engine import Recovery, fit_dyads, score_recovery, simulate_dyads
from engine_cases import require_compiled

COUPLES, DAYS = 250, 56


def recover(design: str) -> tuple[Recovery, Recovery]:
    require_compiled()
    rng = np.random.default_rng(31)
    diaries, truths = simulate_dyads(COUPLES, DAYS, rng=rng, design=design)
    return score_recovery(fit_dyads(diaries, backend="compiled"), truths)


@pytest.mark.parametrize(
    ("design", "coupling_r", "same_day_r", "level_coverage", "named"),
    [("continuous", 0.53, 0.68, (0.85, 0.94), 0.20), ("checkin", 0.46, 0.60, (0.81, 0.94), 0.13)],
)
def test_what_is_said_is_right_and_intervals_cover(
    design: str,
    coupling_r: float,
    same_day_r: float,
    level_coverage: tuple[float, float],
    named: float,
) -> None:
    free, gated = recover(design)
    assert free.mean("coupling", "r") > coupling_r
    assert min(row.r for row in free.of("same_day")) > same_day_r
    assert 0.90 < free.mean("coupling", "coverage") < 0.97
    assert level_coverage[0] < free.mean("level", "coverage") < level_coverage[1]
    contagion = next(row for row in free.of("cost") if row.name == "contagion")
    assert contagion.named is not None
    assert contagion.named > named
    for found in (free, gated):
        assert found.right_overall("same_day") > 0.90
        assert found.right_overall("cost") > 0.75
        assert found.mean("same_day", "said") > 0.2
        assert found.charts_only < 0.03
    assert all(abs(row.bias) < 0.02 for row in free.of("coupling"))
