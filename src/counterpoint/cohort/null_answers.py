"""Links between partners computed from their answers alone, without the engine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from counterpoint.engine import DyadDiary
from counterpoint.engine.states import STATE_NAMES

FEWEST_PAIRS = 8
"""A couple with fewer pairs of days has no link."""

Values = NDArray[np.float64]

_SAME = tuple((i, j) for i in (0, 1) for j in (2, 3))
_NEXT = tuple((i, j) for i in range(4) for j in range(4) if (i < 2) != (j < 2))
ANSWER_QUANTITIES: tuple[tuple[str, str, str], ...] = (
    *(("same_day", STATE_NAMES[i], STATE_NAMES[j]) for i, j in _SAME),
    *(("next_day", STATE_NAMES[i], STATE_NAMES[j]) for i, j in _NEXT),
)
"""Quantity, effect and cause. ``same_day``: correlation within the couple. ``next_day``: slope on
the partner's day before, with the own day before and the partner's other state held, both in
standard deviations within the couple."""


def answer_quantities(diaries: Sequence[DyadDiary]) -> Values:
    """Return the links of every couple.

    Parameters
    ----------
    diaries
        Couples.

    Returns
    -------
    ndarray
        Shape (couples, 12), ``NaN`` where a couple has too few days or answers that never change.
    """
    return np.stack([_links(_day_values(diary)) for diary in diaries])


def _day_values(diary: DyadDiary) -> Values:
    """Mean of each state's answered items, in sd within the couple, shape (days, 4)."""
    known = ~np.isnan(diary.items)
    counts = known.sum(axis=2)
    sums = np.where(known, diary.items, 0.0).sum(axis=2)
    values = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    answered = (~np.isnan(values)).sum(axis=0)
    if np.any(answered < 2):
        return np.full_like(values, np.nan)
    centred = values - np.nanmean(values, axis=0)
    spread = np.nanstd(centred, axis=0)
    return np.asarray(np.where(spread > 0, centred / np.where(spread > 0, spread, 1.0), np.nan))


def _links(values: Values) -> Values:
    links = np.full(len(ANSWER_QUANTITIES), np.nan)
    whole = np.asarray(~np.isnan(values).any(axis=1))
    if whole.sum() >= FEWEST_PAIRS:
        today = values[whole]
        if np.all(today.std(axis=0) > 0):
            correlation = np.asarray(np.corrcoef(today.T))
            links[: len(_SAME)] = [correlation[i, j] for i, j in _SAME]
    paired = whole[1:] & whole[:-1]
    if paired.sum() >= FEWEST_PAIRS:
        before, after = values[:-1][paired], values[1:][paired]
        before = before - before.mean(axis=0)
        slope, _, rank, _ = np.linalg.lstsq(before, after - after.mean(axis=0), rcond=None)
        if rank == before.shape[1]:
            links[len(_SAME) :] = [slope[j, i] for i, j in _NEXT]
    return links
