"""The three movements of answering daily: two, two and six weeks by the calendar.

A movement is a stretch of days, not a number of answers: days without an answer belong to it as
rests belong to music, and nobody has to catch up. Pausing moves no date.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Movement(StrEnum):
    """One of the three movements."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"

    @property
    def weeks(self) -> int:
        """How long it lasts."""
        return _WEEKS[self]

    @property
    def following(self) -> Movement | None:
        """The movement after it, ``None`` after the last."""
        rest = tuple(Movement)[tuple(Movement).index(self) + 1 :]
        return rest[0] if rest else None

    def begins_on(self, began_on: date) -> date:
        """Return its first day.

        Parameters
        ----------
        began_on
            The first day the person answered.
        """
        before = tuple(Movement)[: tuple(Movement).index(self)]
        return began_on + timedelta(weeks=sum(one.weeks for one in before))

    def ends_on(self, began_on: date) -> date:
        """Return its last day; `began_on` as in `begins_on`."""
        return self.begins_on(began_on) + timedelta(weeks=self.weeks, days=-1)

    def is_over(self, began_on: date, today: date) -> bool:
        """Tell whether its last day can no longer be written.

        Parameters
        ----------
        began_on
            The first day the person answered.
        today
            The person's local day; today and yesterday are open.
        """
        return self.ends_on(began_on) < today - timedelta(days=1)


_WEEKS = {Movement.FIRST: 2, Movement.SECOND: 2, Movement.THIRD: 6}

COMPARED = (Movement.SECOND, Movement.THIRD)
"""Laid beside all the weeks before them; the first movement has none."""


def movements_over(began_on: date | None, today: date) -> tuple[Movement, ...]:
    """Return the movements that are over, in order; none for who never answered."""
    if began_on is None:
        return ()
    return tuple(one for one in Movement if one.is_over(began_on, today))
