import numpy as np
import pytest

from counterpoint.engine import (
    DyadParameters,
    shipped_prior,
    simulate_dyads,
    stationary_cov,
    to_points,
)
from counterpoint.errors import DataError


def one_truth(**change: np.ndarray) -> DyadParameters:
    given = {
        "level": np.array([1.0, 0.5, -0.5, 0.0]),
        "transition": np.array(
            [
                [0.4, 0.1, 0.2, 0.0],
                [-0.2, 0.3, 0.0, 0.3],
                [0.1, 0.0, 0.5, 0.0],
                [0.0, 0.1, 0.0, 0.3],
            ]
        ),
        "process_cov": 0.7 * np.eye(4) + 0.1,
        "loading": np.tile([1.0, 0.9, 1.1], (4, 1)),
        "intercept": np.tile([0.0, 0.15, -0.15], (4, 1)),
        "measurement_var": np.full((4, 3), 0.5),
    }
    return DyadParameters(**(given | change))


def test_answers_have_the_law_of_the_model() -> None:
    truth = one_truth()
    diaries, _ = simulate_dyads(
        4000, 3, rng=np.random.default_rng(1), parameters=(truth,) * 4000, missing=0.0
    )
    items = np.stack([d.items for d in diaries])
    cov = stationary_cov(truth.transition, truth.process_cov)
    for t in range(3):
        np.testing.assert_allclose(items[:, t, :, 0].mean(axis=0), truth.level, atol=0.08)
        np.testing.assert_allclose(np.cov(items[:, t, :, 0].T), cov + 0.5 * np.eye(4), atol=0.14)
    lagged = np.cov(items[:, 1, :, 0].T, items[:, 2, :, 0].T)[4:, :4]
    np.testing.assert_allclose(lagged, truth.transition @ cov, atol=0.12)
    second = items[:, 0, :, 1].mean(axis=0)
    np.testing.assert_allclose(second, 0.15 + 0.9 * truth.level, atol=0.08)


def test_the_fixed_start_has_the_priors_first_day() -> None:
    diaries, _ = simulate_dyads(
        4000,
        1,
        rng=np.random.default_rng(2),
        parameters=(one_truth(),) * 4000,
        missing=0.0,
        start="fixed",
    )
    cov = np.cov(np.stack([d.items[0, :, 0] for d in diaries]).T)
    np.testing.assert_allclose(cov, 2.0 * np.eye(4), atol=0.15)


def test_a_trend_moves_the_level_from_first_to_last_day() -> None:
    truth = one_truth(trend=np.array([2.0, 0.0, 0.0, -2.0]))
    diaries, _ = simulate_dyads(
        3000, 11, rng=np.random.default_rng(3), parameters=(truth,) * 3000, missing=0.0
    )
    items = np.stack([d.items[:, :, 0] for d in diaries]).mean(axis=0)
    np.testing.assert_allclose(items[-1] - items[0], truth.trend, atol=0.12)
    np.testing.assert_allclose(truth.place, [2.0, 0.5, -0.5, -1.0])


def test_a_quarter_of_each_members_days_is_missing() -> None:
    diaries, _ = simulate_dyads(200, 50, rng=np.random.default_rng(4))
    items = np.stack([d.items for d in diaries])
    known = ~np.isnan(items)
    assert known.mean() == pytest.approx(0.75, abs=0.01)
    for rows in ([0, 1], [2, 3]):
        per_day = known[:, :, rows].reshape(200, 50, -1)
        np.testing.assert_array_equal(per_day.all(axis=2), per_day.any(axis=2))
    both = known[:, :, 0, 0] & known[:, :, 2, 0]
    assert both.mean() == pytest.approx(0.75**2, abs=0.015)


def test_the_checkin_asks_the_marker_and_one_of_two_on_eleven_taps() -> None:
    diaries, _ = simulate_dyads(100, 60, rng=np.random.default_rng(5), design="checkin")
    items = np.stack([d.items for d in diaries])
    known = ~np.isnan(items)
    assert not np.any(known[..., 1] & known[..., 2])
    asked = known[..., 0]
    assert (known[..., 1] | known[..., 2])[asked].mean() == pytest.approx(0.8, abs=0.01)
    assert known[..., 1][asked].mean() == pytest.approx(0.4, abs=0.01)
    points = to_points(items[known])
    assert set(np.round(points, 6)) <= {float(tap) for tap in range(0, 101, 10)}


def test_conflicts_push_and_time_together_weighs() -> None:
    prior = shipped_prior(3, 1)
    diaries, truths = simulate_dyads(
        50, 40, rng=np.random.default_rng(6), prior=prior, together=True
    )
    events = np.stack([np.asarray(d.inputs) for d in diaries])
    assert set(np.unique(events)) == {0.0, 0.5, 1.0}
    assert (events > 0).mean() == pytest.approx(0.12, abs=0.03)
    assert truths[0].input_effect.shape == (4, 1)
    assert set(np.unique(np.stack([d.time_together for d in diaries]))) == {0.5, 1.0, 1.5}


def test_the_same_seed_gives_the_same_diaries() -> None:
    first, _ = simulate_dyads(3, 20, rng=np.random.default_rng(7), design="checkin")
    again, _ = simulate_dyads(3, 20, rng=np.random.default_rng(7), design="checkin")
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.items, other.items)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"design": "weekly"}, "unknown design"),
        ({"start": "anywhere"}, "start"),
        ({"missing": 1.0}, "missing share"),
        ({"design": "checkin", "prior": shipped_prior(2)}, "three items"),
    ],
)
def test_words_that_mean_nothing_are_told(change: dict[str, object], told: str) -> None:
    with pytest.raises(DataError, match=told):
        simulate_dyads(2, 5, rng=np.random.default_rng(1), **change)
