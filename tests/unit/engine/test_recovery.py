from dataclasses import replace

import numpy as np
import pytest

from counterpoint.engine import fit_dyads, score_recovery, simulate_dyads
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.parameters import DyadParameters
from counterpoint.errors import DataError
from engine_cases import with_days

N = 12


@pytest.fixture(scope="module")
def cohort() -> tuple[list[DyadFit], tuple[DyadParameters, ...]]:
    diaries, truths = simulate_dyads(N, 45, rng=np.random.default_rng(1))
    fits = list(fit_dyads(diaries, backend="portable", sweeps=260, until_mixed=False))
    return fits, truths


def test_rows_pool_both_members_of_a_quantity(
    cohort: tuple[list[DyadFit], tuple[DyadParameters, ...]],
) -> None:
    found, _ = score_recovery(*cohort)
    names = [(row.quantity, row.name, row.n) for row in found.rows]
    assert names == [
        ("level", "connection", 2 * N),
        ("level", "self", 2 * N),
        ("same_day", "connection_p~self_p", 2 * N),
        ("same_day", "connection_p~connection_q", N),
        ("same_day", "connection_p~self_q", 2 * N),
        ("same_day", "self_p~self_q", N),
        ("coupling", "connection_p<-connection_p", 2 * N),
        ("coupling", "connection_p<-self_p", 2 * N),
        ("coupling", "connection_p<-connection_q", 2 * N),
        ("coupling", "connection_p<-self_q", 2 * N),
        ("coupling", "self_p<-connection_p", 2 * N),
        ("coupling", "self_p<-self_p", 2 * N),
        ("coupling", "self_p<-connection_q", 2 * N),
        ("coupling", "self_p<-self_q", 2 * N),
        ("cost", "contagion", 2 * N),
        ("cost", "closeness_costs_self", 2 * N),
        ("cost", "self_costs_closeness", 2 * N),
        ("cost", "pull_away", 2 * N),
        ("share", "alone_together", N),
    ]
    assert found.couples == N
    assert found.of("level")[0].r > 0.6


def test_a_fit_that_knows_the_truth_scores_perfectly_and_a_mirrored_one_does_not(
    cohort: tuple[list[DyadFit], tuple[DyadParameters, ...]],
) -> None:
    fits, truths = cohort

    def knowing(fit: DyadFit, truth: DyadParameters, sign: float) -> DyadFit:
        n = len(fit.level)
        flip = np.outer([sign, 1, sign, 1], [sign, 1, sign, 1])
        return replace(
            with_days(fit, (90, 90)),
            level=np.tile(truth.level, (n, 1)),
            trend=np.tile(truth.trend, (n, 1)),
            transition=np.tile(truth.transition * flip, (n, 1, 1)),
            process_cov=np.tile(truth.process_cov * flip, (n, 1, 1)),
        )

    right, gated = score_recovery(
        [knowing(f, t, 1.0) for f, t in zip(fits, truths, strict=True)], truths
    )
    for row in right.rows:
        assert row.r == pytest.approx(1.0)
        assert row.rmse == pytest.approx(0.0, abs=1e-9)
    assert right.right_overall("same_day") == 1.0
    assert right.right_overall("cost") == 1.0
    assert all(row.named in (None, 1.0) for row in right.of("cost"))
    assert gated.rows == right.rows
    wrong, _ = score_recovery(
        [knowing(f, t, -1.0) for f, t in zip(fits, truths, strict=True)], truths
    )
    mirrored = {row.name: row for row in wrong.rows}
    assert mirrored["connection_p~self_p"].right == 0.0
    assert mirrored["closeness_costs_self"].right == 0.0
    assert mirrored["self_p<-connection_p"].r == pytest.approx(-1.0)


def test_the_day_gate_is_the_only_difference_between_the_two(
    cohort: tuple[list[DyadFit], tuple[DyadParameters, ...]],
) -> None:
    fits, truths = cohort
    free, gated = score_recovery([with_days(f, (20, 20)) for f in fits], truths)
    assert (free.day_gate, gated.day_gate) == (False, True)
    assert sum(row.said for row in free.of("same_day")) > 0
    assert {row.said for row in gated.of("same_day")} == {0.0}
    assert {row.right for row in gated.of("same_day")} == {None}
    assert np.isnan(gated.right_overall("cost"))
    assert [row.r for row in free.rows] == [row.r for row in gated.rows]


def test_too_few_dyads_or_unequal_numbers_are_told(
    cohort: tuple[list[DyadFit], tuple[DyadParameters, ...]],
) -> None:
    fits, truths = cohort
    with pytest.raises(DataError, match="two dyads"):
        score_recovery(fits[:1], truths[:1])
    for some_fits, some_truths in ((fits[:2], truths), (fits, truths[:2])):
        with pytest.raises(DataError, match="as many fits as truths"):
            score_recovery(some_fits, some_truths)
