import numpy as np
import pytest
from scipy.stats import multivariate_normal

from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.engine import quantities_of, quantities_of_truth, stationary_cov
from counterpoint.engine.quantities import COSTS, both_below_prob
from engine_cases import make_parameters


def test_the_probability_that_both_lie_below_agrees_with_scipy() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2, 40))
    rho = rng.uniform(-0.95, 0.95, size=40)
    found = both_below_prob(x, y, rho)
    exact = [
        multivariate_normal([0, 0], [[1, r], [r, 1]]).cdf([a, b])
        for a, b, r in zip(x, y, rho, strict=True)
    ]
    np.testing.assert_allclose(found, exact, atol=1e-6)


def test_costs_turn_the_sign_of_their_coupling() -> None:
    truth = make_parameters(1)
    found = quantities_of_truth(truth)
    a = truth.transition
    expected = {
        (Cost.CONTAGION, Member.A): a[1, 3],
        (Cost.CLOSENESS_COSTS_SELF, Member.A): -a[1, 0],
        (Cost.SELF_COSTS_CLOSENESS, Member.A): -a[0, 1],
        (Cost.PULL_AWAY, Member.A): -a[0, 2],
        (Cost.CONTAGION, Member.B): a[3, 1],
        (Cost.CLOSENESS_COSTS_SELF, Member.B): -a[3, 2],
        (Cost.SELF_COSTS_CLOSENESS, Member.B): -a[2, 3],
        (Cost.PULL_AWAY, Member.B): -a[2, 0],
    }
    assert dict(zip(COSTS, found.cost[0], strict=True)) == pytest.approx(expected)


def test_level_is_the_place_at_the_end_of_the_window_in_points() -> None:
    truth = make_parameters(2, trend=True)
    np.testing.assert_allclose(
        quantities_of_truth(truth).level[0], 50 + 15 * (truth.level + truth.trend / 2)
    )


def test_same_day_is_the_stationary_correlation() -> None:
    truth = make_parameters(3)
    cov = stationary_cov(truth.transition, truth.process_cov)
    expected = cov[0, 3] / np.sqrt(cov[0, 0] * cov[3, 3])
    assert quantities_of_truth(truth).same_day[0, 2] == pytest.approx(expected)


@pytest.mark.parametrize("trend", [False, True])
def test_the_alone_share_is_the_share_of_simulated_days(trend: bool) -> None:
    from counterpoint.engine import simulate_dyads

    level = np.array([-0.6, 0.0, -0.4, 0.0])
    truth = make_parameters(4)
    slope = np.array([1.5, 0.0, 1.0, 0.0]) if trend else np.zeros(4)
    share = quantities_of(
        level[None], slope[None], truth.transition[None], truth.process_cov[None]
    ).alone_share[0]
    from dataclasses import replace

    exact = replace(
        truth,
        level=level,
        trend=slope,
        measurement_var=np.full((4, 3), 1e-12),
        offset=np.zeros((4, 3)),
    )
    diaries, _ = simulate_dyads(
        1500, 60, rng=np.random.default_rng(5), parameters=(exact,) * 1500, missing=0.0
    )
    marker = np.stack([d.items[:, [0, 2], 0] for d in diaries])
    seen = np.mean(np.all(marker < -1 / 3, axis=2))
    assert share == pytest.approx(float(seen), abs=0.01)
