"""Learned populations are right: small here, in full by ``bench/population_accuracy.py``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from counterpoint.engine import DyadDiary, Prior, base_population, shipped_prior, simulate_dyads
from counterpoint.engine.population import learn_population
from engine_cases import require_compiled

COUPLES, DAYS = 600, 60


@pytest.fixture(scope="module")
def diaries() -> tuple[DyadDiary, ...]:
    require_compiled()
    found, _ = simulate_dyads(COUPLES, DAYS, rng=np.random.default_rng(600))
    return found


def far_off() -> Prior:
    """A start that learning has to leave."""
    true = base_population()
    return replace(
        true,
        coupling_mean=true.coupling_mean + 0.08,
        coupling_sum_cov=2.25 * true.coupling_sum_cov,
        coupling_difference_cov=2.25 * true.coupling_difference_cov,
        level_mean=true.level_mean - 0.5,
        loading=np.ones((2, 3)),
        intercept=np.zeros((2, 3)),
        offset_sd=0.6,
    )


def spread(prior: Prior) -> np.ndarray:
    return np.sqrt(np.diag(0.5 * (prior.coupling_sum_cov + prior.coupling_difference_cov)))


def is_right(found: Prior, true: Prior) -> bool:
    """The rule: means and sds of couplings within .025, items within a few hundredths."""
    return bool(
        np.abs(found.coupling_mean - true.coupling_mean).max() < 0.025
        and np.abs(spread(found) - spread(true)).max() < 0.025
        and np.abs(found.level_mean - true.level_mean).max() < 0.12
        and np.abs(found.loading - true.loading).max() < 0.05
        and np.abs(found.intercept - true.intercept).max() < 0.08
        and abs(found.process_df - true.process_df) < 2.0
        and abs(found.offset_sd - true.offset_sd) < 0.03
    )


def test_a_free_population_finds_the_truth_from_afar(diaries: tuple[DyadDiary, ...]) -> None:
    learned = learn_population(diaries, base=far_off(), free=True, backend="compiled")
    assert is_right(learned.prior, base_population())
    assert not is_right(far_off(), base_population())


def test_a_planted_bug_is_found(
    diaries: tuple[DyadDiary, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the spread within couples forgotten, the population becomes too narrow."""
    import counterpoint.engine.population as module

    whole = module._moments

    def of_means(*given):
        mean, of_sums, of_differences = whole(*given)
        return mean, 0.5 * of_sums, 0.5 * of_differences

    monkeypatch.setattr(module, "_moments", of_means)
    learned = learn_population(diaries, base=shipped_prior(), free=True, backend="compiled")
    assert not is_right(learned.prior, base_population())


def test_an_anchored_population_of_few_couples_stays_near_the_anchor(
    diaries: tuple[DyadDiary, ...],
) -> None:
    shipped = shipped_prior()
    found = learn_population(diaries[:20], base=shipped, backend="compiled").prior
    assert np.abs(spread(found) - spread(shipped)).max() < 0.03
    assert np.abs(found.coupling_mean - shipped.coupling_mean).max() < 0.05
