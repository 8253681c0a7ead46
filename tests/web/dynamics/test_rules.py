from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.engine import answers as engine_answers
from counterpoint.web.dynamics import rules
from counterpoint.web.dynamics.rules import Told

SUNDAY = date(2026, 3, 8)


@dataclass(frozen=True)
class Head:
    made_on: date
    answered_days: int = 10
    provisional: bool = False


def test_gates_are_those_of_the_engine() -> None:
    assert rules.PLACE_FROM_DAYS == engine_answers.DAYS_LEVEL == 6
    assert rules.ABOUT_FROM_DAYS == engine_answers.DAYS_NEAR_WISH == 11
    assert rules.SAME_DAY_FROM_DAYS == engine_answers.DAYS_SAME_DAY == 21
    assert rules.COUPLINGS_FROM_DAYS == engine_answers.DAYS_COUPLING == 42


@pytest.mark.parametrize("days", range(14))
def test_last_sunday_is_today_or_before(days: int) -> None:
    today = SUNDAY + timedelta(days=days)
    sunday = rules.last_sunday(today)
    assert sunday.weekday() == 6
    assert 0 <= (today - sunday).days < 7
    assert rules.last_sunday(SUNDAY) == SUNDAY


def test_first_picture_opens_at_once_and_then_stays_until_sunday() -> None:
    wednesday = SUNDAY + timedelta(days=3)
    first = Head(wednesday, 6)
    later = Head(wednesday + timedelta(days=2), 8)
    assert rules.shown_fit([first], wednesday) is first
    assert rules.shown_fit([first, later], wednesday + timedelta(days=2)) is first
    assert rules.shown_fit([first, later], wednesday + timedelta(days=3)) is first
    assert rules.shown_fit([first, later], SUNDAY + timedelta(days=7)) is later


def test_a_picture_made_after_sunday_waits_for_the_next() -> None:
    old, new = Head(SUNDAY, 9), Head(SUNDAY + timedelta(days=1), 21)
    for days in range(1, 7):
        assert rules.shown_fit([old, new], SUNDAY + timedelta(days=days)) is old
    assert rules.shown_fit([old, new], SUNDAY + timedelta(days=7)) is new


def test_on_sunday_the_newest_of_sunday_is_shown() -> None:
    morning, evening = Head(SUNDAY, 9), Head(SUNDAY, 10)
    assert rules.shown_fit([morning, evening], SUNDAY) is evening


def test_nothing_before_six_answered_days() -> None:
    assert rules.shown_fit([], SUNDAY) is None
    assert rules.shown_fit([Head(SUNDAY, 5)], SUNDAY) is None


def test_a_provisional_picture_gives_way_on_any_day() -> None:
    tuesday = SUNDAY + timedelta(days=2)
    rough, full = Head(tuesday, 6, provisional=True), Head(tuesday, 6)
    assert rules.shown_fit([rough], tuesday) is rough
    assert rules.shown_fit([rough, full], tuesday) is full
    later_rough = Head(tuesday + timedelta(days=1), 7, provisional=True)
    assert rules.shown_fit([rough, later_rough], tuesday + timedelta(days=1)) is rough
    assert rules.shown_fit([full, later_rough], SUNDAY + timedelta(days=14)) is full


heads = st.lists(
    st.builds(
        Head,
        made_on=st.integers(0, 40).map(lambda d: SUNDAY + timedelta(days=d)),
        answered_days=st.integers(4, 60),
        provisional=st.booleans(),
    ),
    max_size=25,
).map(lambda rows: sorted(rows, key=lambda head: head.made_on))


@given(heads, st.integers(0, 60))
def test_what_is_let_go_would_never_have_been_shown_again(fits: list[Head], ahead: int) -> None:
    if not fits:
        return
    today = fits[-1].made_on
    gone = {id(head) for head in rules.superseded(fits, today)}
    kept = [head for head in fits if id(head) not in gone]
    assert fits[-1] in kept
    for days in range(ahead + 1):
        on = today + timedelta(days=days)
        assert rules.shown_fit(kept, on) is rules.shown_fit(fits, on)


@given(heads, st.integers(0, 6))
def test_within_a_week_a_full_picture_does_not_change(fits: list[Head], ahead: int) -> None:
    today = SUNDAY + timedelta(days=7)
    shown = rules.shown_fit([fit for fit in fits if fit.made_on <= today], today)
    if shown is None or shown.provisional:
        return
    later = today + timedelta(days=ahead)
    assert rules.shown_fit([fit for fit in fits if fit.made_on <= later], later) is shown


def test_told_only_at_four_in_five() -> None:
    draws = [float(value) for value in range(100)]
    assert rules.tell(rules.against_wish(draws, 19.0), 30) is Told.ABOVE
    assert rules.tell(rules.against_wish(draws, 20.0), 30) is Told.OPEN
    assert rules.tell(rules.against_wish(draws, 80.0), 30) is Told.BELOW
    assert rules.tell(rules.against_wish(draws, 50.0), 30) is Told.OPEN


def test_about_where_you_wished_needs_eleven_days() -> None:
    draws = [58.0, 59.0, 60.0, 61.0, 62.0]
    assert rules.tell(rules.against_wish(draws, 60.0), 10) is Told.OPEN
    assert rules.tell(rules.against_wish(draws, 60.0), 11) is Told.ABOUT
    assert rules.tell(rules.against_wish(draws, 55.0), 10) is Told.ABOVE
    assert rules.tell(rules.against_wish(draws, 55.0), 11) is Told.ABOUT


@given(st.lists(st.floats(-20, 120), min_size=1, max_size=60), st.floats(0, 100))
def test_mirrored_numbers_are_told_mirrored(draws: list[float], wish: float) -> None:
    away = [draw for draw in draws if draw != wish] or [wish + 1]
    mirrored = [2 * wish - draw for draw in away]
    straight = rules.against_wish(away, wish)
    other = rules.against_wish(mirrored, wish)
    assert other.above_prob == pytest.approx(straight.below_prob)


@pytest.mark.parametrize(
    ("days", "expected"), [(0, (6, 6)), (5, (6, 1)), (6, (11, 5)), (20, (21, 1)), (42, None)]
)
def test_next_opening_counts_what_is_ahead(days: int, expected: tuple[int, int] | None) -> None:
    assert rules.next_opening(days) == expected
