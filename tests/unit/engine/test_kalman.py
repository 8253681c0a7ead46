from dataclasses import replace

import numpy as np
import pytest

from counterpoint.engine import DyadDiary, DyadParameters, filter_diary, smooth_diary
from counterpoint.engine.stationary import stationary_cov
from counterpoint.errors import DataError
from dense_gaussian import solve_densely
from engine_cases import make_diary, make_parameters, require_compiled

CASES = [
    {"items": 1},
    {"items": 3},
    {"items": 3, "missing": 0.0},
    {"items": 2, "inputs": 2},
    {"items": 3, "together": True, "inputs": 1},
]


def check_against_oracle(diary: DyadDiary, given: DyadParameters, true: DyadParameters) -> None:
    """Smooth with one set of parameters and compare with the dense solution of another."""
    initial = 1.5 * np.eye(4)
    found = smooth_diary(diary, given, initial_cov=initial)
    exact = solve_densely(diary, true, initial)
    np.testing.assert_allclose(found.smoothed_mean, exact.mean, atol=1e-9, rtol=0)
    np.testing.assert_allclose(found.smoothed_cov, exact.cov, atol=1e-9, rtol=0)
    np.testing.assert_allclose(found.loglik, exact.loglik, atol=1e-9, rtol=1e-12)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("trend", [False, True])
def test_smoother_and_likelihood_agree_with_the_dense_solution(
    case: dict[str, float], seed: int, trend: bool
) -> None:
    parameters = make_parameters(
        seed, items=int(case["items"]), inputs=int(case.get("inputs", 0)), trend=trend
    )
    check_against_oracle(make_diary(seed, 12, **case), parameters, parameters)


@pytest.mark.parametrize("days", [1, 2])
def test_very_short_diaries_agree_too(days: int) -> None:
    parameters = make_parameters(3)
    check_against_oracle(make_diary(3, days, missing=0.0), parameters, parameters)


@pytest.mark.parametrize("case", [*CASES, {"items": 3, "missing": 1.0}])
@pytest.mark.parametrize("days", [1, 2, 40])
def test_the_compiled_filter_gives_the_same_numbers(case: dict[str, float], days: int) -> None:
    require_compiled()
    from counterpoint.engine.kernel.filtering import filter_compiled

    parameters = make_parameters(
        5, items=int(case["items"]), inputs=int(case.get("inputs", 0)), trend=True
    )
    diary = make_diary(5, days, **case)
    initial = 1.5 * np.eye(4)
    found = filter_compiled(diary, parameters, initial_cov=initial)
    expected = filter_diary(diary, parameters, initial_cov=initial)
    for name in vars(expected):
        np.testing.assert_allclose(
            getattr(found, name), getattr(expected, name), atol=1e-11, err_msg=name
        )


def test_the_oracle_catches_a_planted_bug() -> None:
    right = make_parameters(4)
    transition = right.transition.copy()
    transition[1, 3] += 1e-6
    wrong = replace(right, transition=transition)
    with pytest.raises(AssertionError):
        check_against_oracle(make_diary(4, 12), wrong, right)


def test_statsmodels_is_a_second_witness() -> None:
    parameters = make_parameters(6)
    diary = make_diary(6, 30)
    initial = stationary_cov(parameters.transition, parameters.process_cov)
    witness = "statsmodels.tsa.statespace.mlemodel"
    statespace = pytest.importorskip(witness, reason="statsmodels is the witness here")
    model = statespace.MLEModel(diary.items.reshape(diary.days, -1), k_states=4, k_posdef=4)
    model["design"] = np.kron(np.eye(4), np.ones((3, 1))) * parameters.loading.reshape(-1, 1)
    shift = parameters.intercept + parameters.offset
    shift = shift + parameters.loading * parameters.level[:, None]
    model["obs_intercept"] = shift.reshape(-1, 1)
    model["obs_cov"] = np.diag(parameters.measurement_var.ravel())
    model["transition"] = parameters.transition
    model["selection"] = np.eye(4)
    model["state_cov"] = parameters.process_cov
    model.ssm.initialize_known(np.zeros(4), initial)
    result = model.ssm.smooth()
    found = smooth_diary(diary, parameters, initial_cov="stationary")
    np.testing.assert_allclose(found.loglik, result.llf_obs.sum(), atol=1e-8)
    np.testing.assert_allclose(
        found.smoothed_mean, result.smoothed_state.T + parameters.level, atol=1e-8
    )
    np.testing.assert_allclose(
        found.smoothed_cov, np.moveaxis(result.smoothed_state_cov, 2, 0), atol=1e-8
    )


def test_prediction_errors_are_standard_normal_when_the_model_is_right() -> None:
    from counterpoint.engine import simulate_dyads

    diaries, truths = simulate_dyads(60, 40, rng=np.random.default_rng(9), missing=0.3)
    scores = np.concatenate(
        [
            filter_diary(diary, truth, initial_cov="stationary").innovation_z.ravel()
            for diary, truth in zip(diaries, truths, strict=True)
        ]
    )
    known = scores[~np.isnan(scores)]
    assert known.size == sum(int(np.sum(~np.isnan(d.items[:, :, 0]))) for d in diaries)
    assert abs(known.mean()) < 0.03
    assert known.std() == pytest.approx(1.0, abs=0.03)
    assert np.mean(np.abs(known) < 1.645) == pytest.approx(0.90, abs=0.01)


def test_a_diary_without_answers_leaves_the_prior_and_no_likelihood() -> None:
    parameters = make_parameters(7)
    empty = DyadDiary(items=np.full((6, 4, 3), np.nan))
    found = smooth_diary(empty, parameters, initial_cov="stationary")
    cov = stationary_cov(parameters.transition, parameters.process_cov)
    assert found.loglik == 0.0
    np.testing.assert_allclose(found.smoothed_mean, np.tile(parameters.level, (6, 1)), atol=1e-12)
    np.testing.assert_allclose(found.smoothed_cov, np.tile(cov, (6, 1, 1)), atol=1e-9)


def test_arguments_that_do_not_fit_are_told() -> None:
    diary = make_diary(1, 5)
    with pytest.raises(DataError, match="items a state"):
        filter_diary(diary, make_parameters(1, items=2))
    with pytest.raises(DataError, match="events"):
        filter_diary(diary, make_parameters(1, inputs=1))
    with pytest.raises(DataError, match="stationary"):
        filter_diary(diary, make_parameters(1), initial_cov="steady")
    with pytest.raises(DataError, match="shape"):
        filter_diary(diary, make_parameters(1), initial_cov=np.eye(3))
    restless = replace(make_parameters(1), transition=1.1 * np.eye(4))
    with pytest.raises(DataError, match="no stationary law"):
        filter_diary(diary, restless, initial_cov="stationary")
