"""What stands on top today."""

from __future__ import annotations

from itertools import product

from counterpoint.web.practice.rules import Standing, Task, open_tasks

NOTHING = Standing(
    has_placed=False,
    has_questions_done=False,
    has_checked_in=False,
    has_earlier_days=False,
    has_practised=False,
    has_week_open=False,
)


def test_the_first_evening_goes_from_marks_to_practice() -> None:
    assert open_tasks(NOTHING) == (Task.PLACE, Task.QUESTIONS, Task.CHECKIN, Task.PRACTICE)


def test_from_the_second_day_on_nothing_stands_before_the_check_in() -> None:
    later = Standing(
        has_placed=False,
        has_questions_done=False,
        has_checked_in=False,
        has_earlier_days=True,
        has_practised=False,
        has_week_open=True,
    )
    assert open_tasks(later)[:2] == (Task.CHECKIN, Task.LOOK)


def test_what_is_done_is_not_asked_for_again() -> None:
    for flags in product((False, True), repeat=6):
        standing = Standing(*flags)
        done = {
            Task.PLACE: standing.has_placed,
            Task.QUESTIONS: standing.has_questions_done,
            Task.CHECKIN: standing.has_checked_in,
            Task.PRACTICE: standing.has_practised,
            Task.LOOK: not standing.has_week_open,
        }
        assert set(open_tasks(standing)) == {task for task, is_done in done.items() if not is_done}
