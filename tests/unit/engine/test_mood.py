import numpy as np
import pytest

from counterpoint.engine import own_mood_slope, pooled_mood_slope, set_mood_apart
from counterpoint.errors import DataError


def test_mood_is_taken_out_within_person() -> None:
    items = np.full((4, 2, 3), 50.0)
    items[1, 0, 0] = np.nan
    mood = np.array([40.0, 60.0, np.nan, 50.0])
    found = set_mood_apart(items, mood)
    np.testing.assert_allclose(found[[0, 1, 2, 3], 1, 2], [52.0, 48.0, 50.0, 50.0])
    assert np.isnan(found[1, 0, 0])
    slopes = np.array([[0.0, 0.1, 0.2]] * 2)
    assert set_mood_apart(items, mood, slope=slopes)[0, 1].tolist() == [50.0, 51.0, 52.0]
    assert np.array_equal(set_mood_apart(items, np.full(4, np.nan)), items, equal_nan=True)
    with pytest.raises(DataError, match="one number a day"):
        set_mood_apart(items, mood[:3])


def test_a_learned_slope_is_that_within_person_not_between() -> None:
    rng = np.random.default_rng(1)
    truth = np.array([0.1, 0.4])
    people = []
    for _ in range(60):
        usual = rng.normal(50, 20)
        mood = usual + rng.normal(0, 15, 50)
        items = -2.0 * usual + truth * mood[:, None] + rng.normal(0, 5, (50, 2))
        items[rng.random((50, 2)) < 0.3] = np.nan
        mood[rng.random(50) < 0.2] = np.nan
        people.append((items, mood))
    np.testing.assert_allclose(pooled_mood_slope(people), truth, atol=0.02)
    with pytest.raises(DataError, match="50 people"):
        pooled_mood_slope(people[:49])


def test_a_slope_of_ones_own_is_drawn_towards_the_shipped_one_as_far_as_days_are_few() -> None:
    rng = np.random.default_rng(2)
    mood = rng.normal(60, 15, 4000)
    items = 30.0 + 0.6 * mood[:, None, None] + rng.normal(0, 15, (4000, 2, 3))
    items[rng.random(items.shape) < 0.3] = np.nan
    many = own_mood_slope(items, mood)
    assert many == pytest.approx(0.6, abs=0.02)
    few = np.mean([own_mood_slope(items[i : i + 10], mood[i : i + 10]) for i in range(0, 4000, 10)])
    assert 0.35 < few < many - 0.02
    assert own_mood_slope(items, np.full(4000, 50.0)) == 0.2
    assert own_mood_slope(items, np.full(4000, np.nan)) == 0.2
    with pytest.raises(DataError, match="one number a day"):
        own_mood_slope(items, mood[:3])


def test_answers_of_one_day_count_as_one_when_a_slope_is_weighed() -> None:
    """Twelve copies of one answer know no more than the answer."""
    rng = np.random.default_rng(3)
    mood = rng.normal(60, 15, 20)
    item = rng.normal(50, 20, (20, 1)) + 0.5 * mood[:, None]
    assert own_mood_slope(np.repeat(item, 12, axis=1), mood) == pytest.approx(
        own_mood_slope(item, mood)
    )
