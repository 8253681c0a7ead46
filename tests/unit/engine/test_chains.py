"""Chains that agree, and ways in which they do not."""

import numpy as np
import pytest

from counterpoint.engine.chains import bulk_ess, fit_chains, rank_rhat
from counterpoint.errors import DataError
from engine_cases import make_diary


def normal(seed: int, chains: int = 4, n: int = 1000, numbers: int = 30) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((chains, n, numbers))


def autoregressive(slope: float, seed: int = 3) -> np.ndarray:
    draws = normal(seed, n=4000)
    for t in range(1, draws.shape[1]):
        draws[:, t] = slope * draws[:, t - 1] + np.sqrt(1 - slope**2) * draws[:, t]
    return draws


def test_independent_draws_have_an_rhat_of_one_and_count_in_full() -> None:
    draws = normal(1)
    assert np.all(rank_rhat(draws) < 1.01)
    assert np.all(rank_rhat(draws) > 0.999)
    assert np.mean(bulk_ess(draws)) == pytest.approx(4000, rel=0.05)


@pytest.mark.parametrize("slope", [0.5, 0.8])
def test_draws_that_carry_over_count_as_theory_says(slope: float) -> None:
    draws = autoregressive(slope)
    expected = draws.shape[0] * draws.shape[1] * (1 - slope) / (1 + slope)
    assert np.mean(bulk_ess(draws)) == pytest.approx(expected, rel=0.08)


def test_draws_that_alternate_count_for_more_than_they_are() -> None:
    assert np.mean(bulk_ess(autoregressive(-0.5))) > 16000


def test_a_chain_elsewhere_is_found() -> None:
    draws = normal(2)
    draws[0] += 0.5
    assert np.all(rank_rhat(draws) > 1.01)
    assert np.mean(bulk_ess(draws)) < 400


def test_a_chain_of_another_spread_is_found_by_folding() -> None:
    draws = normal(2)
    draws[0] *= 2.0
    assert np.all(rank_rhat(draws) > 1.01)


def test_a_chain_that_drifts_is_found_by_halving() -> None:
    draws = normal(2, chains=2)
    draws += np.linspace(-1, 1, 1000)[None, :, None]
    assert np.all(rank_rhat(draws) > 1.05)


def test_heavy_tails_do_not_matter() -> None:
    rng = np.random.default_rng(4)
    draws = rng.standard_cauchy((4, 1000, 20))
    assert np.all(rank_rhat(draws) < 1.01)
    np.testing.assert_allclose(rank_rhat(np.arctan(draws)), rank_rhat(draws), atol=2e-3)
    np.testing.assert_allclose(bulk_ess(np.arctan(draws)), bulk_ess(draws))


def test_a_number_that_never_changes() -> None:
    draws = np.ones((2, 50, 1))
    assert rank_rhat(draws) == pytest.approx(1.0)
    assert bulk_ess(draws) == pytest.approx(100.0)


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(DataError, match="8 or more"):
        rank_rhat(np.ones((4, 7, 1)))


def test_chains_of_a_dyad_are_joined_and_compared() -> None:
    diary = make_diary(3, 20)
    found = fit_chains(diary, chains=3, sweeps=400, dropped=100, backend="portable")
    assert found.fit.level.shape == (900, 4)
    assert found.rhat.shape == found.ess_bulk.shape == (len(found.names),) == (39,)
    assert found.fit.smoothed_mean.shape == (20, 4)
    assert np.all(found.rhat < 1.1)
    assert not found.agree  # 300 draws a chain are not worth 100
    again = fit_chains(diary, chains=3, sweeps=400, dropped=100, backend="portable")
    np.testing.assert_array_equal(found.rhat, again.rhat)


def test_one_chain_cannot_be_compared() -> None:
    with pytest.raises(DataError, match="2 or more"):
        fit_chains(make_diary(3, 20), chains=1)
