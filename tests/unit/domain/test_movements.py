from __future__ import annotations

from datetime import date, timedelta

import pytest

from counterpoint.domain.movements import Movement, movements_over

BEGAN = date(2026, 3, 4)


def test_three_movements_of_two_two_and_six_weeks_fill_ten_without_a_gap() -> None:
    assert [one.weeks for one in Movement] == [2, 2, 6]
    day = BEGAN
    for one in Movement:
        assert one.begins_on(BEGAN) == day
        day = one.ends_on(BEGAN) + timedelta(days=1)
    assert day == BEGAN + timedelta(weeks=10)


def test_one_follows_the_other_and_nothing_the_last() -> None:
    assert [one.following for one in Movement] == [Movement.SECOND, Movement.THIRD, None]


@pytest.mark.parametrize(
    ("days", "over"), [(0, 0), (14, 0), (15, 1), (28, 1), (29, 2), (70, 2), (71, 3), (999, 3)]
)
def test_a_movement_is_over_when_its_last_day_can_no_longer_be_written(
    days: int, over: int
) -> None:
    assert movements_over(BEGAN, BEGAN + timedelta(days=days)) == tuple(Movement)[:over]


def test_who_never_answered_is_in_no_movement() -> None:
    assert movements_over(None, BEGAN) == ()
