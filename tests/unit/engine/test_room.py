import numpy as np
import pytest

from counterpoint.domain.dyad import Member
from counterpoint.engine import fit_room, room_gap, room_level, room_slopes
from counterpoint.errors import DataError
from engine_cases import fit_of_numbers


def answers(seed: int, level: float, slope: float, days: int = 80) -> np.ndarray:
    """Wishes that follow the partner's (b's) connection of the day before."""
    rng = np.random.default_rng(seed)
    fit = fit_of_numbers(days=(days, days))
    before = np.concatenate([[0.0], fit.smoothed_mean[:-1, 2]])
    return np.clip(level + slope * before + rng.normal(0, 0.7, days), -5, 5)


def test_level_gap_and_slope_are_found() -> None:
    fit = fit_of_numbers(days=(80, 80))
    one = fit_room(answers(1, 2.0, -1.0), fit, Member.A)
    other = fit_room(answers(2, -1.0, 0.0), fit, Member.B)
    assert room_level(one, fit).word == "more_closeness"
    assert room_level(other, fit).word == "more_room"
    assert one.level.mean() == pytest.approx(2.0, abs=0.3)
    own, partner = room_slopes(one, fit)
    assert partner.word == "room_after_near"
    assert partner.mean == pytest.approx(-1.0, abs=0.25)
    assert own.q05 < 0 < own.q95
    gap = room_gap(one, other, fit)
    assert gap.word == "a_closer"
    assert room_gap(other, one, fit).word == "b_closer"
    assert room_gap(one, one, fit).word == "alike"


def test_days_gate_the_room_answers() -> None:
    fit = fit_of_numbers(days=(80, 80))
    room = answers(1, 2.0, -1.0)
    room[10:] = np.nan
    few = fit_room(room, fit, Member.A)
    assert few.days == 10
    assert room_level(few, fit).said
    assert room_gap(few, few, fit).reason == "too_few_days"
    assert room_slopes(few, fit)[1].reason == "too_few_days"


def test_without_answers_the_level_is_open_and_alone_there_is_no_partner() -> None:
    fit = fit_of_numbers(days=(80, 0), observed=(True, False))
    nothing = fit_room(np.full(80, np.nan), fit, Member.A)
    assert nothing.days == 0
    assert nothing.level.std() > 2.0
    alone = fit_room(answers(1, 2.0, 0.0), fit, Member.A)
    assert room_slopes(alone, fit)[1].reason == "never_observed"
    assert room_level(alone, fit).said


def test_answers_out_of_range_or_of_other_days_are_refused() -> None:
    fit = fit_of_numbers(days=(80, 80))
    with pytest.raises(DataError, match="between -5"):
        fit_room(np.full(80, 6.0), fit, Member.A)
    with pytest.raises(DataError, match="one answer a row"):
        fit_room(np.zeros(79), fit, Member.A)
