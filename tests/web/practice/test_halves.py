"""The two halves, first and last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from counterpoint.web.diary.looks import Half
from counterpoint.web.practice.halves import tell_half

SUNDAY = date(2026, 3, 8)


def answers(*given: tuple[int | None, str | None]) -> list[Half]:
    return [Half(SUNDAY + timedelta(weeks=at), tap, line) for at, (tap, line) in enumerate(given)]


def taps(*given: int | None) -> list[Half]:
    return answers(*((tap, "") for tap in given))


def test_nothing_answered_is_nothing_told() -> None:
    assert tell_half([]) is None
    assert tell_half(answers((None, ""))) is None


def test_first_and_last_words_pass_over_weeks_without_any() -> None:
    told = tell_half(answers((3, ""), (4, "One."), (None, "Two."), (5, "Three."), (6, "")))
    assert told is not None
    assert (told.first, told.last, told.answers) == ("One.", "Three.", 4)


def test_words_that_cannot_be_read_are_passed_over() -> None:
    told = tell_half(answers((3, None), (4, "One."), (5, None)))
    assert told is not None
    assert (told.first, told.last, told.answers) == ("One.", "", 3)


def test_one_line_alone_is_told_once() -> None:
    told = tell_half(answers((None, "Only this.")))
    assert told is not None
    assert (told.first, told.last, told.answers, told.then) == ("Only this.", "", 0, None)


def test_five_answers_are_too_few_and_six_are_three_on_either_side() -> None:
    few = tell_half(taps(1, 2, 3, 4, 5))
    assert few is not None
    assert (few.answers, few.then, few.now) == (5, None, None)
    enough = tell_half(taps(1, None, 3, 2, 7, 9, 8))
    assert enough is not None
    assert (enough.then, enough.now) == ((1, 3), (7, 9))


@pytest.mark.parametrize("middle", [0, 5, 10])
def test_of_an_odd_number_the_middle_one_belongs_to_neither_side(middle: int) -> None:
    told = tell_half(taps(1, 2, 3, middle, 7, 8, 9))
    assert told is not None
    assert (told.then, told.now) == ((1, 3), (7, 9))


def test_of_five_on_a_side_the_highest_and_the_lowest_are_set_aside() -> None:
    told = tell_half(taps(0, 4, 5, 6, 10, 1, 7, 7, 8, 10))
    assert told is not None
    assert (told.then, told.now) == ((4, 6), (7, 8))
