import json
from dataclasses import replace

import numpy as np
import pytest

from counterpoint.engine import Prior, base_population, draw_parameters, shipped_prior
from counterpoint.engine.prior import PARTNER_ORDER
from counterpoint.engine.states import SWAP
from counterpoint.errors import DataError


def test_means_and_spreads_of_the_couplings_are_those_of_the_model_card() -> None:
    mean, cov = base_population().coupling_moments()
    sd = np.sqrt(np.diag(cov)).reshape(4, 4)
    for order in PARTNER_ORDER:
        found = [(round(mean[i, j], 10), round(sd[i, j], 10)) for i, j in order]
        assert found == [
            (0.35, 0.15),
            (0.05, 0.15),
            (0.00, 0.15),
            (0.35, 0.15),
            (0.10, 0.15),
            (0.00, 0.12),
            (0.03, 0.12),
            (0.10, 0.15),
        ]


def test_the_shipped_prior_is_the_base_population_with_wider_couplings() -> None:
    base, shipped = base_population(2, 1).as_numbers(), shipped_prior(2, 1).as_numbers()
    assert (base.pop("source"), shipped.pop("source")) == ("base", "shipped")
    differs = {name for name, value in base.items() if shipped[name] != value}
    assert differs == {"coupling_sum_cov", "coupling_difference_cov"}
    for name in differs:
        np.testing.assert_allclose(shipped[name], 1.15**2 * np.array(base[name]))
    sd = np.sqrt(np.diag(shipped_prior().coupling_moments()[1])).reshape(4, 4)
    assert [float(sd[place]) for place in PARTNER_ORDER[0]] == pytest.approx(
        [0.1725, 0.1725, 0.1725, 0.1725, 0.1725, 0.138, 0.138, 0.1725]
    )


def test_style_factors_tie_couplings_within_and_between_members() -> None:
    _, cov = shipped_prior().coupling_moments()
    sd = np.sqrt(np.diag(cov))
    correlation = cov / np.outer(sd, sd)

    def at(effect: int, cause: int) -> int:
        return 4 * effect + cause

    # within a: self <- own connection, self <- partner's self
    assert correlation[at(1, 0), at(1, 3)] == pytest.approx(-0.75 * 0.70)
    # a's self-abandoning with b's self-containing: S_a<-C_a (-.75), C_b<-S_b (-.75), times .35
    assert correlation[at(1, 0), at(2, 3)] == pytest.approx(0.75 * 0.75 * 0.35)
    # the same factor of both members is uncorrelated
    assert correlation[at(1, 0), at(3, 2)] == pytest.approx(0.0)


def test_swapping_the_members_changes_no_moment() -> None:
    prior = shipped_prior(3, 2)
    mean, cov = prior.coefficient_moments()
    order = np.arange(24).reshape(4, 6)[SWAP][:, [2, 3, 0, 1, 4, 5]].ravel()
    np.testing.assert_allclose(mean.ravel()[order], mean.ravel())
    np.testing.assert_allclose(cov[np.ix_(order, order)], cov)
    level_mean, level_cov = prior.level_moments()
    np.testing.assert_allclose(level_mean[SWAP], level_mean)
    np.testing.assert_allclose(level_cov[np.ix_(SWAP, SWAP)], level_cov)


def test_levels_and_process_have_the_correlations_of_the_model_card() -> None:
    prior = shipped_prior()
    _, level = prior.level_moments()
    assert [level[0, 2], level[0, 1], level[1, 3], level[0, 3]] == pytest.approx(
        [0.5, 0.3, 0.2, 0.1]
    )
    mean = prior.process_scale / (prior.process_df - 5)
    assert [mean[0, 0], mean[0, 1], mean[0, 2], mean[1, 3], mean[0, 3]] == pytest.approx(
        [0.75, 0.75 * 0.25, 0.75 * 0.35, 0.75 * 0.15, 0.75 * 0.10]
    )


def test_draws_have_the_moments_of_the_prior() -> None:
    prior = shipped_prior()
    draws = draw_parameters(6000, prior=prior, rng=np.random.default_rng(5), trend=True)
    couplings = np.stack([p.transition.ravel() for p in draws])
    mean, cov = prior.coupling_moments()
    np.testing.assert_allclose(couplings.mean(axis=0), mean.ravel(), atol=0.01)
    np.testing.assert_allclose(np.cov(couplings.T), cov, atol=0.0015)
    process = np.stack([p.process_cov for p in draws]).mean(axis=0)
    np.testing.assert_allclose(process, prior.process_scale / 7.0, atol=0.02)
    variances = np.stack([p.measurement_var for p in draws]).mean(axis=0)
    np.testing.assert_allclose(variances, np.tile([0.7, 0.8, 0.9], (4, 1)), atol=0.03)
    offsets = np.stack([p.offset for p in draws])
    assert offsets.std() == pytest.approx(0.35, abs=0.005)
    assert np.stack([p.trend for p in draws]).std() == pytest.approx(0.8, abs=0.02)


def test_a_researchers_own_items_have_plain_loadings() -> None:
    prior = shipped_prior(4, own_items=True)
    assert prior.loading.tolist() == [[1.0] * 4] * 2
    assert prior.intercept.tolist() == [[0.0] * 4] * 2
    assert shipped_prior(4).loading[0].tolist() == [1.0, 0.9, 1.1, 1.0]


def test_events_have_their_own_prior() -> None:
    prior = shipped_prior(3, 2)
    mean, cov = prior.coefficient_moments()
    np.testing.assert_allclose(mean[:, 4], [-1.0, -0.6, -1.0, -0.6])
    np.testing.assert_allclose(mean[:, 5], 0.0)
    sd = np.sqrt(np.diag(cov)).reshape(4, 6)
    assert sd[0, 4:].tolist() == pytest.approx([0.5, 0.7])
    assert shipped_prior(3, ("offer",)).input_sd.tolist() == [0.7]


def test_numbers_survive_a_trip_through_json() -> None:
    prior = shipped_prior(3, 2)
    again = Prior.from_numbers(json.loads(json.dumps(prior.as_numbers())))
    assert again.as_numbers() == prior.as_numbers()
    assert Prior.from_numbers(shipped_prior().as_numbers()).input_count == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"coupling_mean": [0.0] * 7}, "coupling_mean"),
        ({"coupling_sum_cov": (-np.eye(8)).tolist()}, "positive definite"),
        ({"level_sum_cov": [[1.0, 0.5], [0.1, 1.0]]}, "symmetric"),
        ({"process_df": 4.0}, "process_df"),
        ({"process_scale": np.diag([1.0, 2.0, 3.0, 4.0]).tolist()}, "swapped"),
        ({"measurement_rate": [[-1.0] * 3] * 2}, "measurement_rate"),
        ({"loading": "many"}, "loading"),
        ({"trend_sd": None}, "trend_sd"),
        ({"offset_sd": float("nan")}, "offset_sd"),
    ],
)
def test_a_population_that_cannot_be_is_refused(change: dict[str, object], told: str) -> None:
    with pytest.raises(DataError, match=told):
        Prior.from_numbers(shipped_prior().as_numbers() | change)


def test_a_population_with_a_missing_number_is_refused() -> None:
    numbers = shipped_prior().as_numbers()
    del numbers["offset_sd"]
    with pytest.raises(DataError, match="lacks offset_sd"):
        Prior.from_numbers(numbers)


def test_nonsense_arguments_are_told() -> None:
    with pytest.raises(DataError, match="at least one item"):
        shipped_prior(0)
    with pytest.raises(DataError, match="unknown event"):
        shipped_prior(3, ("quarrel",))
    with pytest.raises(DataError, match="input_sd"):
        replace(shipped_prior(3, 1), input_sd=np.array([0.0]))
