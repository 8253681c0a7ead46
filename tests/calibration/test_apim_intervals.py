"""Intervals cover as often as they say, on simulated couples."""

from dataclasses import replace

import numpy as np
import pytest

from counterpoint.cohort.apim import ApimModel, compare_roles, fit_apim, stability_influence
from unit.cohort.apim.simulated import Truth, make_couples

SAMPLES = 400
"""Samples of couples asked once; a fit takes a few milliseconds."""

FEWER = 150
"""Samples of diaries."""


def three_errors(samples: int) -> float:
    """Three Monte Carlo errors of a coverage of .95."""
    return 3.0 * float(np.sqrt(0.95 * 0.05 / samples))


def covered(fit, truth: dict) -> list[bool]:
    found = {(term.kind, term.role): part for term, part in zip(fit.terms, fit.estimates,
             strict=True)}  # fmt: skip
    return [found[name].low <= value <= found[name].high for name, value in truth.items()]


@pytest.mark.parametrize("roles", [False, True])
def test_intervals_of_small_samples_cover(roles):
    truth = Truth()
    model = ApimModel("y", ("x",))
    sought = {("intercept", ""): 1.0, ("actor", ""): 0.5, ("partner", ""): -0.3}
    if roles:
        truth = replace(truth, actor=(0.5, 0.1), residual=((1.0, -0.6), (-0.6, 2.0)))
        model = model.distinguishable()
        sought = {("actor", "f"): 0.5, ("actor", "m"): 0.1, ("partner", "f"): -0.3}
    hits, narrow = [], []
    for seed in range(SAMPLES):
        fit = fit_apim(make_couples(seed, 15, truth=truth), model)
        hits.append(covered(fit, sought))
        narrow.append(
            [abs(part.t - sought.get((term.kind, term.role), np.nan) / part.se) < 1.5
             for term, part in zip(fit.terms, fit.estimates, strict=True)]
        )  # fmt: skip
    share = np.mean(hits, axis=0)
    assert np.abs(share - 0.95).max() < three_errors(SAMPLES), share
    assert np.mean(narrow, axis=0).min() < 0.95 - three_errors(
        SAMPLES
    )  # shorter intervals would be caught


def test_days_cover_with_levels_of_persons():
    truth = Truth(level=((0.8, 0.3), (0.3, 0.8)))
    sought = {("intercept", ""): 1.0, ("actor", ""): 0.5, ("partner", ""): -0.3}
    hits = [
        covered(fit_apim(make_couples(seed, 20, 5, truth), ApimModel("y", ("x",), levels=True)),
                sought)
        for seed in range(FEWER)
    ]  # fmt: skip
    share = np.mean(hits, axis=0)
    assert np.abs(share - 0.95).max() < three_errors(FEWER), share


def test_distinguishability_is_rejected_as_often_as_it_says():
    model = ApimModel("y", ("x",))
    alike = [compare_roles(make_couples(seed, 100), model) for seed in range(SAMPLES // 2)]
    assert {test.df for test in alike} == {4}
    rejected = np.mean([test.p < 0.05 for test in alike])
    assert 0.005 < rejected < 0.11  # three Monte Carlo errors, and a little for 100 couples
    apart = Truth(actor=(0.7, 0.2), residual=((1.0, 0.4), (0.4, 2.0)))
    told = [compare_roles(make_couples(seed, 100, truth=apart), model).p for seed in range(20)]
    assert np.mean(np.array(told) < 0.05) > 0.9


def test_carry_over_and_influence_are_found_but_for_the_bias_of_centring():
    """Days follow from the day before; centring pulls carry-over down by (1 + it) / days."""
    transition = np.array([[0.4, 0.15], [0.15, 0.4]])
    days, estimates = 30, []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        state = rng.normal(size=(60, 2)) * 1.2
        series = []
        for _ in range(days):
            shock = rng.normal(size=(60, 2)) + 0.5 * rng.normal(size=(60, 1))
            state = state @ transition.T + shock
            series.append(state)
        y = np.stack(series, axis=1) + 3.0 * rng.normal(size=(60, 1, 2))
        rows = make_couples(0, 60, days)
        values = rows.values.copy()
        values[:, :, 0] = y.reshape(-1, 2)
        pairs, model = stability_influence(replace(rows, values=values), "y")
        assert len(pairs.dyad) == 60 * (days - 1)
        estimates.append(fit_apim(pairs, model, errors="dyad").coefficients)
    actor, partner = np.mean(estimates, axis=0)
    assert actor == pytest.approx(0.4 - 1.4 / days, abs=0.015)
    assert partner == pytest.approx(0.15, abs=0.02)


def test_errors_over_couples_cover_when_couples_differ_in_their_effects():
    """Effects that differ between couples: the model's errors are too small, the couples' not."""
    hits: dict[str, list[bool]] = {"model": [], "dyad": []}
    for seed in range(FEWER):
        rng = np.random.default_rng(10_000 + seed)
        rows = make_couples(seed, 25, 8)
        own = rng.normal(scale=0.5, size=(25, 2))[rows.dyad]
        values = rows.values.copy()
        values[:, :, 0] += own * values[:, :, 1]
        changed = replace(rows, values=values)
        for errors, found in hits.items():
            fit = fit_apim(changed, ApimModel("y", ("x",), levels=True), errors=errors)
            found.append(covered(fit, {("actor", ""): 0.5})[0])
    assert np.mean(hits["dyad"]) == pytest.approx(0.95, abs=three_errors(FEWER))
    assert np.mean(hits["model"]) < 0.85
