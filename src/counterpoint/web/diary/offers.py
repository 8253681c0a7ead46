"""Evenings on which an exercise is offered by chance: when it is drawn, when looked at. Pure.

An evening is *eligible* when its day lies in the ten weeks of the series, the drawing is on, and
no check-in about the day is written yet when the person opens *today*. On an eligible evening a
coin is drawn once. All other evenings are unknown to the model: neither with an offer nor without.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from counterpoint.domain.gates import LOOK_WEEKS

CHANCE = 0.5
"""Probability of an offer on an eligible evening (MODEL section 15)."""

DAYS_A_WEEK = 7
DAYS_DRAWN = DAYS_A_WEEK * LOOK_WEEKS[-1]


@dataclass(frozen=True, slots=True)
class Series:
    """One exercise that one person finds out about.

    Parameters
    ----------
    id
        Its row.
    exercise_id, exercise_version
        What is offered.
    axis, shows
        The one outcome named beforehand: `Axis` and `OutcomeTime` by value.
    chance
        Probability of an offer on an eligible evening.
    began_on
        Local day of its first possible offer.
    is_on
        Whether offers are drawn.
    is_current
        Whether no other series followed it.
    """

    id: uuid.UUID
    exercise_id: str
    exercise_version: int
    axis: str
    shows: str
    chance: float
    began_on: date
    is_on: bool
    is_current: bool

    def is_drawn_on(self, day: date) -> bool:
        """Whether a coin may be drawn on a day."""
        begins, ends = self.began_on, self.began_on + timedelta(days=DAYS_DRAWN)
        return self.is_current and self.is_on and begins <= day < ends

    def look_ends(self, week: int) -> date:
        """Return the last day that the look after some weeks rests on."""
        return self.began_on + timedelta(days=DAYS_A_WEEK * week - 1)

    def looks_due(self, today: date, made: Collection[int]) -> tuple[int, ...]:
        """Return the weeks whose look may be made: when no day of it can be written any more."""
        if not self.is_current:
            return ()
        return tuple(
            week
            for week in LOOK_WEEKS
            if week not in made and self.look_ends(week) < today - timedelta(days=1)
        )

    def is_over(self, today: date) -> bool:
        """Whether the ten weeks have passed."""
        return today > self.look_ends(LOOK_WEEKS[-1])

    def next_look(self, made: Collection[int]) -> int | None:
        """Return the week of the next look, ``None`` after the last or in a series left early."""
        if not self.is_current:
            return None
        return next((week for week in LOOK_WEEKS if week > max(made, default=0)), None)


@dataclass(frozen=True, slots=True)
class Tonight:
    """An offer of today.

    Parameters
    ----------
    series
        Of which series.
    day
        The local day.
    is_let_lie
        Whether the person said: not today.
    """

    series: Series
    day: date
    is_let_lie: bool
