"""Answers given without looking at the question: one tap all the way down, or taps anywhere."""

from __future__ import annotations

import math

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.states import Array, rows_of
from counterpoint.engine.units import CEILING_POINTS, FLOOR_POINTS, POINTS_PER_UNIT, to_units

CARELESS_DAYS = 14
"""So many rows with three answers or more it takes to judge."""
ANSWERS_A_DAY = 3
LINED_SHARE = 0.20
LINED_ROWS = 8
SCATTERED_SD_POINTS = 25.0
SCATTERED_AGREEMENT = 0.30
_BOTTOM, _TOP = to_units([FLOOR_POINTS, CEILING_POINTS])


def is_careless(diary: DyadDiary, member: Member) -> bool:
    """Whether a member's answers cannot mean what the items ask.

    Parameters
    ----------
    diary
        Answers.
    member
        Whose.

    Returns
    -------
    bool
        ``True`` when, on 14 rows or more with three answers or more, either

        - *lined*: more than 20 % of those rows give every item the same answer, rows at either
          end of the scale not counted (8 others needed); or
        - *scattered*: marker answers spread by more than 25 points (one member, pooled over both
          states) and agree less than .30 with the further items of the same state and row.

    Notes
    -----
    Measured on the daily check-in (``counterpoint check robustness``): taps anywhere spread by 31
    points and agree by 0; honest diaries spread by 18 and agree by .5.
    """
    items = diary.items[:, rows_of(member), :]
    flat = items.reshape(diary.days, -1)
    flat = flat[np.sum(~np.isnan(flat), axis=1) >= ANSWERS_A_DAY]
    if len(flat) < CARELESS_DAYS:
        return False
    return lined_share(flat) > LINED_SHARE or _is_scattered(items)


def lined_share(rows: Array) -> float:
    """Return the share of rows (rows, answers) whose answers are all one, ends not counted."""
    low, high = np.nanmin(rows, axis=1), np.nanmax(rows, axis=1)
    within = (high > _BOTTOM) & (low < _TOP)
    if within.sum() < LINED_ROWS:
        return 0.0
    return float(np.mean((low == high)[within]))


def _is_scattered(items: Array) -> bool:
    """Judge one member's items, shape (days, 2, items)."""
    marker = items[:, :, 0]
    spread = POINTS_PER_UNIT * np.sqrt(np.mean([_var(marker[:, state]) for state in (0, 1)]))
    if spread <= SCATTERED_SD_POINTS:
        return False
    products = squares = others = 0.0
    for state in (0, 1):
        for k in range(1, items.shape[2]):
            both = ~np.isnan(marker[:, state]) & ~np.isnan(items[:, state, k])
            if both.sum() < 2:
                continue
            x = marker[both, state] - marker[both, state].mean()
            y = items[both, state, k] - items[both, state, k].mean()
            products += float(x @ y)
            squares += float(x @ x)
            others += float(y @ y)
    if squares <= 0.0 or others <= 0.0:
        return False
    return products / math.sqrt(squares * others) < SCATTERED_AGREEMENT


def _var(values: Array) -> float:
    known = values[~np.isnan(values)]
    return float(known.var()) if known.size else 0.0
