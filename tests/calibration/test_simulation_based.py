"""Simulation-based calibration of the sampler: truths drawn from the prior must rank evenly.

Talts and others (2018), arXiv:1804.06788. Dyads are drawn from the shipped prior, diaries from
the dyads; over many dyads the rank of every true number among its posterior draws is uniform if
and only if sampler, model and simulator agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import chi2, kstest

from counterpoint.engine import (
    DyadFit,
    DyadParameters,
    draw_parameters,
    fit_dyads,
    quantities_of,
    shipped_prior,
    simulate_dyads,
)
from counterpoint.engine.stationary import correlations
from engine_cases import require_compiled

Array = npt.NDArray[np.float64]

DAYS = 28
DYADS = 500
SPOILED = 200  # a planted bug shows with fewer
BINS = 20
THIN = 9
SWEEPS, DROPPED = 1000, 109  # 891 draws kept, every ninth: 99, hence 100 possible ranks


def numbers(
    level: Array,
    transition: Array,
    process_cov: Array,
    offset: Array,
    measurement_var: Array,
) -> Array:
    """The numbers that are ranked, shape (n, k): parameters, and functions of several of them."""
    found = quantities_of(level, np.zeros_like(level), transition, process_cov)
    process = correlations(process_cov)
    upper = np.triu_indices(4, 1)
    return np.column_stack(
        [
            transition.reshape(len(level), 16),
            level,
            np.log(np.diagonal(process_cov, axis1=1, axis2=2)),
            process[:, upper[0], upper[1]],
            np.abs(np.linalg.eigvals(transition)).max(axis=1),
            found.cost[:, 0] - found.cost[:, 4],
            found.cost[:, 1] + found.cost[:, 5],
            found.same_day[:, [0, 1, 4]],
            found.alone_share,
            np.log(measurement_var[:, 0, 0]),
            np.log(measurement_var[:, 3, 2]),
            offset[:, 0, 0],
            offset[:, 1, 1],
        ]
    )


def numbers_of_fit(fit: DyadFit) -> Array:
    every = slice(None, None, THIN)
    return numbers(
        fit.level[every],
        fit.transition[every],
        fit.process_cov[every],
        fit.offset[every],
        fit.measurement_var[every],
    )


def numbers_of_truth(truth: DyadParameters) -> Array:
    return numbers(
        truth.level[None],
        truth.transition[None],
        truth.process_cov[None],
        truth.offset[None],
        truth.measurement_var[None],
    )[0]


def rank_truths(
    dyads: int,
    *,
    seed: int,
    spoil: Callable[[DyadParameters], DyadParameters] = lambda truth: truth,
) -> Array:
    """Ranks 0 to 99 of every true number, shape (dyads, k).

    ``spoil`` plants a bug between the truth that is ranked and the one the diary comes from.
    """
    require_compiled()
    rng = np.random.default_rng(seed)
    prior = shipped_prior()
    truths = draw_parameters(dyads, prior=prior, rng=rng)
    diaries, _ = simulate_dyads(
        dyads,
        DAYS,
        rng=rng,
        prior=prior,
        start="fixed",
        parameters=tuple(spoil(truth) for truth in truths),
    )
    fits = fit_dyads(
        diaries,
        prior=prior,
        backend="compiled",
        sweeps=SWEEPS,
        dropped=DROPPED,
        until_mixed=False,
    )
    return np.stack(
        [
            np.sum(numbers_of_fit(fit) < numbers_of_truth(truth), axis=0)
            for fit, truth in zip(fits, truths, strict=True)
        ]
    ).astype(np.float64)


def check_ranks(ranks: Array) -> None:
    """Refuse ranks that are not uniform: smallest p > .01/k and the p-values themselves uniform.

    p of every number is that of the chi-square statistic over 20 bins.
    """
    dyads, k = ranks.shape
    expected = dyads / BINS
    bins = (ranks // (100 // BINS)).astype(int)
    counts = np.stack([np.bincount(bins[:, i], minlength=BINS) for i in range(k)])
    statistic = np.sum((counts - expected) ** 2, axis=1) / expected
    p: Sequence[float] = chi2.sf(statistic, BINS - 1)
    assert min(p) > 0.01 / k, f"smallest p {min(p):.2g} at number {int(np.argmin(p))}"
    evenness = kstest(p, "uniform").pvalue
    assert evenness > 0.01, f"p-values are not uniform: {evenness:.2g}"


def test_truths_rank_evenly_among_their_draws() -> None:
    check_ranks(rank_truths(DYADS, seed=20))


def test_a_halved_process_covariance_is_caught() -> None:
    ranks = rank_truths(
        SPOILED, seed=21, spoil=lambda truth: replace(truth, process_cov=0.5 * truth.process_cov)
    )
    with pytest.raises(AssertionError):
        check_ranks(ranks)


def test_swapped_cause_and_effect_are_caught() -> None:
    ranks = rank_truths(
        SPOILED, seed=22, spoil=lambda truth: replace(truth, transition=truth.transition.T.copy())
    )
    with pytest.raises(AssertionError):
        check_ranks(ranks)


def test_the_rule_itself_accepts_even_ranks_and_refuses_a_slight_tilt() -> None:
    rng = np.random.default_rng(1)
    accepted = 0
    for _ in range(40):
        try:
            check_ranks(rng.integers(0, 100, size=(DYADS, 38)).astype(float))
            accepted += 1
        except AssertionError:
            pass
    assert accepted >= 38
    tilted = np.floor(100 * rng.random((DYADS, 38)) ** 1.15)
    with pytest.raises(AssertionError):
        check_ranks(tilted)
