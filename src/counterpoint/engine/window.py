"""The last days of a long diary: couples change, and a fit is about now."""

from __future__ import annotations

from dataclasses import replace

from counterpoint.engine.diary import DyadDiary
from counterpoint.errors import DataError

WINDOW_DAYS = 120


def last_days(diary: DyadDiary, days: int = WINDOW_DAYS) -> DyadDiary:
    """Return the last calendar days of a diary; a shorter diary as it is.

    Parameters
    ----------
    diary
        Answers.
    days
        Length of the window in calendar days.

    Raises
    ------
    DataError
        If the window holds no day.
    """
    if days < 1:
        raise DataError("a window holds at least one day.")
    rows = days * diary.steps_a_day
    if diary.days <= rows:
        return diary
    return replace(
        diary,
        items=diary.items[-rows:],
        inputs=None if diary.inputs is None else diary.inputs[-rows:],
        together=None if diary.together is None else diary.together[-rows:],
    )
