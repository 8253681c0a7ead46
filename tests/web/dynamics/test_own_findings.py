"""Further words of a person's own fit: said from days that show them, and not from others."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from counterpoint.domain.dyad import Member
from counterpoint.engine import fit_dyad, shipped_prior
from counterpoint.engine.repair import repair_of
from counterpoint.engine.room import fit_room, room_slopes
from counterpoint.web.diary.between import EveningBetween
from counterpoint.web.diary.queries import EngineDay
from counterpoint.web.dynamics.results import read_result
from counterpoint.web.dynamics.services.own_findings import own_findings
from counterpoint.web.dynamics.services.reading import read_days, solo_diary

FIRST = date(2027, 1, 4)
DAYS = 70


def days_and_evenings(
    slope: float, *, carry: float = 0.4, friction: bool = True
) -> tuple[list[EngineDay], list[EveningBetween]]:
    """Simulate evenings whose wish for closeness follows yesterday's nearness."""
    rng = np.random.default_rng(3)
    near, before = 0.0, 0.0
    days, evenings = [], []
    for offset in range(DAYS):
        near, before = carry * near + rng.normal(), near
        myself = rng.normal()
        taps = {
            "c1": 6 + 1.4 * near + rng.normal(0, 0.4),
            "c2": 6 + 1.4 * near + rng.normal(0, 0.4),
            "s1": 6 + 1.4 * myself + rng.normal(0, 0.4),
            "s2": 6 + 1.4 * myself + rng.normal(0, 0.4),
        }
        day = FIRST + timedelta(days=offset)
        values = {item: float(np.clip(round(tap), 0, 10)) for item, tap in taps.items()}
        is_friction = friction and offset % 6 == 0
        days.append(EngineDay(day, values, None, 0.5 if is_friction else 0.0))
        room = float(np.clip(round(slope * before + rng.normal(0, 0.8)), -5, 5))
        evenings.append(EveningBetween(day, room, is_friction, frozenset(), None))
    return days, evenings


def read(slope: float, *, friction: bool = True):
    days, evenings = days_and_evenings(slope, friction=friction)
    diary = solo_diary(days, name="somebody")
    return read_days(diary, days, evenings=evenings, backend="portable"), evenings


@pytest.mark.parametrize(
    ("slope", "word"), [(-2.0, "room_after_near"), (2.0, "closeness_after_near")]
)
def test_room_after_nearness_is_found_both_ways(slope: float, word: str) -> None:
    found, _ = read(slope)
    assert found.result.findings["room_after_nearness"] == word


def test_words_are_those_of_the_engine_and_of_nothing_else() -> None:
    found, evenings = read(0.0)
    fit = found.fit
    room = np.array([evening.room for evening in evenings])
    own, _ = room_slopes(fit_room(room, fit, Member.A), fit)
    repair = repair_of(fit, Member.A).after_two_days
    expected = {
        name: one.word
        for name, one in (("room_after_nearness", own), ("after_friction", repair))
        if one.said
    }
    told = dict(found.result.findings)
    told.pop("self_after_nearness", None)
    assert told == expected


def test_without_friction_or_wishes_nothing_is_said_of_them() -> None:
    days, _ = days_and_evenings(0.0, friction=False)
    found = read_days(solo_diary(days, name="somebody"), days, backend="portable")
    assert set(found.result.findings) <= {"self_after_nearness"}


def test_before_the_gate_nothing_is_said() -> None:
    days, evenings = days_and_evenings(-2.0)
    few = days[:20]
    diary = solo_diary(few, name="somebody")
    fit = fit_dyad(diary, prior=shipped_prior(items=3, inputs=1), backend="portable")
    found = own_findings(fit, evenings, first=FIRST, conflict=0)
    assert "room_after_nearness" not in found
    assert "self_after_nearness" not in found


def test_a_fit_stored_before_there_were_findings_is_still_read() -> None:
    found, _ = read(-2.0)
    stored = found.result.to_json()
    assert read_result(stored).findings == found.result.findings
    del stored["findings"]
    assert read_result(stored).findings == {}
