"""A person's own days as notes: one for each calendar day, known or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from counterpoint.pictures import DayNotes
from counterpoint.web.core.day_words import day_and_month
from counterpoint.web.diary.queries import EngineDay

POINTS_A_TAP = 10.0


def days_with_a_mark(days: Iterable[EngineDay]) -> list[EngineDay]:
    """Return the days on which nearness or being oneself was answered."""
    return [day for day in days if {"c1", "s1"} & day.values.keys()]


def day_notes(days: Iterable[EngineDay], first: date, last: date) -> list[DayNotes]:
    """Return every day from ``first`` to ``last``, taps as points."""
    of_day = {day.day: day.values for day in days}
    notes = []
    for offset in range((last - first).days + 1):
        on = first + timedelta(days=offset)
        taps = of_day.get(on, {})
        notes.append(
            DayNotes(
                day_and_month(on),
                connection=taps["c1"] * POINTS_A_TAP if "c1" in taps else None,
                self=taps["s1"] * POINTS_A_TAP if "s1" in taps else None,
            )
        )
    return notes
