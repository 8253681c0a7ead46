import numpy as np
import pytest
from scipy.linalg import solve_discrete_lyapunov

from counterpoint.engine import draw_parameters, shipped_prior, stationary_cov
from counterpoint.engine.stationary import correlations, is_stable, stationary_cov_of_draws
from engine_cases import require_compiled


def test_doubling_solves_the_lyapunov_equation() -> None:
    for truth in draw_parameters(20, prior=shipped_prior(), rng=np.random.default_rng(1)):
        exact = solve_discrete_lyapunov(truth.transition, truth.process_cov)
        found = stationary_cov(truth.transition, truth.process_cov)
        np.testing.assert_allclose(found, exact, atol=1e-9)


def test_a_slow_transition_is_summed_to_its_end() -> None:
    found = stationary_cov(0.999 * np.eye(4), np.eye(4))
    np.testing.assert_allclose(np.diag(found), 1 / (1 - 0.999**2), rtol=1e-9)


def test_many_draws_at_once_get_what_each_gets_alone() -> None:
    truths = draw_parameters(50, prior=shipped_prior(), rng=np.random.default_rng(2))
    transition = np.stack([*(truth.transition for truth in truths), 0.999 * np.eye(4)])
    process = np.stack([*(truth.process_cov for truth in truths), np.eye(4)])
    found = stationary_cov_of_draws(transition, process)
    np.testing.assert_allclose(found, stationary_cov(transition, process), rtol=1e-12, atol=1e-14)
    assert stationary_cov_of_draws(transition[:0], process[:0]).shape == (0, 4, 4)


def test_compiled_doubling_gives_the_same_numbers() -> None:
    require_compiled()
    truths = draw_parameters(49, prior=shipped_prior(), rng=np.random.default_rng(4))
    transition = np.stack([*(truth.transition for truth in truths), 0.999 * np.eye(4)])
    process = np.stack([*(truth.process_cov for truth in truths), np.eye(4)])
    for count in (50, 8, 3, 1, 0):
        last = slice(50 - count, 50)
        found = stationary_cov_of_draws(transition[last], process[last], backend="compiled")
        expected = stationary_cov(transition[last], process[last])
        assert found.shape == (count, 4, 4)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("radius", "stable"), [(0.9, True), (0.97, True), (1.0, False), (3.0, False)]
)
def test_stability_follows_the_64th_power(radius: float, stable: bool) -> None:
    assert bool(is_stable(radius * np.eye(4))) is stable


def test_correlations_have_ones_and_the_right_sign() -> None:
    cov = np.diag([4.0, 9.0, 1.0, 1.0])
    cov[0, 1] = cov[1, 0] = -3.0
    found = correlations(cov)
    np.testing.assert_allclose(np.diag(found), 1.0)
    assert found[0, 1] == pytest.approx(-0.5)
