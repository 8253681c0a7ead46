import numpy as np
import pytest

from counterpoint.domain.dyad import Member
from counterpoint.engine import DyadDiary, seed_of
from counterpoint.errors import DataError


def holes(days: int = 5) -> np.ndarray:
    values = np.zeros((days, 4, 2))
    values[0, 1, 0] = np.nan  # a lacks a marker, not the other item
    values[1, 2:, :] = np.nan  # b was away
    values[2] = np.nan
    return values


def test_answered_days_count_both_markers_of_each_member() -> None:
    assert DyadDiary(items=holes()).answered_days == (3, 3)


def test_a_person_alone_is_observed_and_the_other_is_not() -> None:
    values = holes()
    values[:, 2:] = np.nan
    diary = DyadDiary(items=values)
    assert (diary.observes(Member.A), diary.observes(Member.B)) == (True, False)
    assert diary.answered_days == (3, 0)


def test_swapping_twice_gives_the_same_diary() -> None:
    diary = DyadDiary(items=holes())
    np.testing.assert_array_equal(diary.swapped().swapped().items, diary.items)
    np.testing.assert_array_equal(diary.swapped().items[:, :2], diary.items[:, 2:])


def test_the_diary_is_a_copy_that_cannot_be_written() -> None:
    values = holes()
    diary = DyadDiary(items=values)
    values[:] = 9.0
    assert diary.items[0, 0, 0] == 0.0
    with pytest.raises(ValueError, match="read-only"):
        diary.items[0, 0, 0] = 1.0


def test_inputs_are_centred_over_known_days_and_unknown_days_are_the_mean() -> None:
    inputs = np.array([[0.0], [1.0], [np.nan], [0.5], [0.5]])
    centred = DyadDiary(items=holes(), inputs=inputs).centred_inputs
    np.testing.assert_allclose(centred[:, 0], [-0.5, 0.5, 0.0, 0.0, 0.0])


def test_unknown_time_together_is_one() -> None:
    together = np.array([0.5, np.nan, 1.5, 1.0, 1.0])
    diary = DyadDiary(items=holes(), together=together)
    assert diary.time_together.tolist() == [0.5, 1.0, 1.5, 1.0, 1.0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"items": np.zeros((5, 3, 2))}, "shape"),
        ({"items": np.zeros((5, 4))}, "shape"),
        ({"items": np.zeros((0, 4, 1))}, "shape"),
        ({"items": np.full((5, 4, 1), np.inf)}, "infinite"),
        ({"items": np.full((5, 4, 1), 1e300)}, "large"),
        ({"items": np.zeros((5, 4, 1)), "inputs": np.zeros((4, 1))}, "one row a day"),
        ({"items": np.zeros((5, 4, 1)), "inputs": np.zeros(5)}, "one row a day"),
        ({"items": np.zeros((5, 4, 1)), "together": np.zeros(5)}, "positive"),
        ({"items": np.zeros((5, 4, 1)), "together": np.ones(4)}, "one number a day"),
    ],
)
def test_a_wrong_shape_or_number_is_told(given: dict[str, np.ndarray], told: str) -> None:
    with pytest.raises(DataError, match=told):
        DyadDiary(**given)


def test_the_seed_depends_on_name_answers_and_base_only() -> None:
    diary = DyadDiary(items=holes(), dyad_id="x")
    same = DyadDiary(items=holes().astype(np.float32), dyad_id="x")
    changed = holes()
    changed[4, 0, 0] = 0.1
    others = [
        seed_of(DyadDiary(items=holes(), dyad_id="y")),
        seed_of(DyadDiary(items=changed, dyad_id="x")),
        seed_of(diary, base=1),
        seed_of(DyadDiary(items=holes(), dyad_id="x", together=np.full(5, 0.5))),
    ]
    assert seed_of(diary) == seed_of(same)
    assert len({seed_of(diary), *others}) == 5
    assert 0 <= seed_of(diary) < 2**32
