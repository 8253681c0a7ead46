"""Partners re-paired at random, and links that are there or not."""

import numpy as np
import pytest

from counterpoint.cohort.null import derangement, repair
from counterpoint.cohort.null_answers import ANSWER_QUANTITIES, answer_quantities
from counterpoint.engine import DyadDiary, simulate_dyads
from counterpoint.errors import DataError


def test_nobody_keeps_a_place() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        order = derangement(6, rng)
        assert sorted(order) == list(range(6))
        assert np.all(order != np.arange(6))
    with pytest.raises(DataError, match="re-paired"):
        derangement(1, rng)


def test_a_pair_has_the_days_of_both() -> None:
    first = DyadDiary(items=np.full((3, 4, 1), 1.0), dyad_id="x")
    second = DyadDiary(items=np.full((2, 4, 1), 2.0), dyad_id="y")
    one, other = repair([first, second], np.array([1, 0]))
    np.testing.assert_array_equal(one.items[:, 2, 0], [2.0, 2.0, np.nan])
    np.testing.assert_array_equal(other.items[:, 3, 0], [1.0, 1.0])
    assert one.dyad_id == "x with y"


def test_links_of_answers_are_found_where_they_are() -> None:
    rng = np.random.default_rng(2)
    items = rng.normal(size=(400, 4, 1))
    items[:, 2] = 0.8 * items[:, 0] + 0.6 * items[:, 2]
    items[1:, 3] += 0.7 * items[:-1, 1]
    found = dict(
        zip(ANSWER_QUANTITIES, answer_quantities([DyadDiary(items=items)])[0], strict=True)
    )
    assert found["same_day", "connection_a", "connection_b"] == pytest.approx(0.8, abs=0.06)
    assert found["next_day", "self_b", "self_a"] == pytest.approx(0.57, abs=0.1)
    assert abs(found["next_day", "self_a", "self_b"]) < 0.15


def test_a_diary_too_short_has_no_links() -> None:
    (diary,), _ = simulate_dyads(1, 6, rng=np.random.default_rng(3))
    assert np.all(np.isnan(answer_quantities([diary])))
