"""When a day is open, and how an answer lies to a person's own usual range."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from counterpoint.web.diary import rules
from counterpoint.web.diary.rules import Against, UsualRange

MORNING = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_today_and_yesterday_are_open_and_nothing_else() -> None:
    days = [date(2026, 3, day) for day in range(7, 13)]
    assert [day.day for day in days if rules.is_open(day, MORNING, "Europe/Berlin")] == [9, 10]


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], None),
        ([5, 5, 5, 5], None),
        ([5, 5, 5, 5, 5], UsualRange(low=4, high=6, same=5, days=5)),
        ([10] * 8, UsualRange(low=9, high=10, same=10, days=8)),
        ([0] * 8, UsualRange(low=0, high=1, same=0, days=8)),
        ([2, 4, 5, 6, 8], UsualRange(low=3, high=7, same=None, days=5)),
        (list(range(11)) * 3, UsualRange(low=1, high=9, same=None, days=33)),
    ],
)
def test_the_usual_range_needs_days_and_spans_at_least_a_tap(
    earlier: list[int], expected: UsualRange | None
) -> None:
    assert rules.usual_range(earlier) == expected


@pytest.mark.parametrize("seed", range(20))
def test_most_days_do_lie_in_the_usual_range(seed: int) -> None:
    import random

    draw = random.Random(seed)  # noqa: S311 - made-up answers
    earlier = [draw.randint(0, 10) for _ in range(draw.randint(5, 40))]
    usual = rules.usual_range(earlier)
    assert usual is not None
    assert sum(usual.low <= answer <= usual.high for answer in earlier) / len(earlier) > 0.5


def test_an_answer_is_told_against_the_usual_range_both_ways_alike() -> None:
    usual = UsualRange(low=4, high=7, same=None, days=9)
    told = {answer: rules.against_usual(answer, usual) for answer in (3, 4, 7, 8, None)}
    assert told == {
        3: Against.BELOW,
        4: Against.WITHIN,
        7: Against.WITHIN,
        8: Against.ABOVE,
        None: Against.UNKNOWN,
    }
    assert rules.against_usual(5, None) is Against.UNKNOWN


def test_friction_is_what_e1_calls_friction() -> None:
    assert [answer for answer in ("", "no", "a_little", "a_lot") if rules.is_friction(answer)] == [
        "a_little",
        "a_lot",
    ]
