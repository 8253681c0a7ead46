"""Whether the last seven days lay below a person's own usual. Pure, and no forecast.

A day is the mean of its two marker answers, near and yourself, in taps 0-10. What is usual is the
median of the six weeks before the seven days, and how far days lie about it their median absolute
deviation, made alike to a standard deviation.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from datetime import date, timedelta

LAST_DAYS = 7
LAST_NEEDED = 5
BEFORE_DAYS = 42
BEFORE_NEEDED = 14
LOWER_BY = 1.5
"""How many of the person's own spreads the seven days lie lower on average."""
MAD_TO_SD = 1.4826
LEAST_SPREAD = 0.5
"""Taps: where days hardly differ, half a tap counts as one spread."""
RESTS_FOR_DAYS = 28
"""Once answered, in whichever way, the offer is not made again for so long."""


def is_hard_week(days: Mapping[date, float], today: date) -> bool:
    """Tell whether each known one of the seven days before today was below the own usual.

    Parameters
    ----------
    days
        Mean of the two marker answers by answered day, taps 0-10.
    today
        The local day; today counts as soon as it is answered.

    Returns
    -------
    bool
        Whether at least `LAST_NEEDED` of the last seven days are known, none of them lies on or
        above the median of at least `BEFORE_NEEDED` known days of the six weeks before, and they
        lie `LOWER_BY` spreads below it on average. Few days are no hard week: they say nothing.
    """
    ends = today if today in days else today - timedelta(days=1)
    begins = ends - timedelta(days=LAST_DAYS - 1)
    last = [value for day, value in days.items() if begins <= day <= ends]
    before = [
        value for day, value in days.items() if begins - timedelta(days=BEFORE_DAYS) <= day < begins
    ]
    if len(last) < LAST_NEEDED or len(before) < BEFORE_NEEDED:
        return False
    usual = statistics.median(before)
    away = statistics.median(abs(value - usual) for value in before)
    spread = max(MAD_TO_SD * away, LEAST_SPREAD)
    return max(last) < usual and statistics.fmean(last) <= usual - LOWER_BY * spread


def is_resting(answered_on: date | None, today: date) -> bool:
    """Tell whether the offer was answered so lately that it is not made again."""
    return answered_on is not None and today < answered_on + timedelta(days=RESTS_FOR_DAYS)
