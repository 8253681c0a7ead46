"""Whether the last two weeks lay lower or higher than the four before: no forecast."""

from __future__ import annotations

import numpy as np

from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.prior import Prior
from counterpoint.engine.states import Array
from counterpoint.engine.units import POINTS_PER_UNIT

LAST_DAYS = 14
BEFORE_DAYS = 28
LAST_NEEDED = 7
BEFORE_NEEDED = 14
ALARM_AT = 2.5
"""Size of the difference, in its own standard errors, that annotates; see `level_moves`."""


def daily_scores(diary: DyadDiary, prior: Prior) -> Array:
    """Return the mean of a row's answers to each state, items made alike, shape (days, 4)."""
    loading = prior.item_rows(prior.loading)
    scaled = (diary.items - prior.item_rows(prior.intercept)) / loading
    known = ~np.isnan(scaled)
    counts = known.sum(axis=2)
    total = np.where(known, scaled, 0.0).sum(axis=2)
    return np.where(counts > 0, total / np.maximum(counts, 1), np.nan)


def level_moves(diary: DyadDiary, prior: Prior) -> tuple[Array, Array]:
    r"""Compare the last 14 days of each state with the 28 before.

    .. math:: z = (\bar y_{last} - \bar y_{before}) / (s \sqrt{1/n_{last} + 1/n_{before}})

    with s the pooled standard deviation within the two stretches.

    Parameters
    ----------
    diary
        Answers.
    prior
        Makes the items of a state alike.

    Returns
    -------
    tuple of ndarray
        Difference in points, and z, both shape (4,); 0 where there are fewer than 7 answered
        rows in the last stretch or 14 in the one before.

    Notes
    -----
    Days carry over to each other, so z is wider than a standard normal: among series that do not
    move, 8 to 10 in a hundred lie beyond 2.5 (``bench/flags.py``). A drop by 15 points is found in
    a little more than half of the series, a slow decline in a quarter: silence means nothing.
    """
    scores = daily_scores(diary, prior)
    steps = diary.steps_a_day
    last = scores[-LAST_DAYS * steps :]
    before = scores[-(LAST_DAYS + BEFORE_DAYS) * steps : -LAST_DAYS * steps]
    change, z = np.zeros(4), np.zeros(4)
    for j in range(4):
        late = last[~np.isnan(last[:, j]), j]
        early = before[~np.isnan(before[:, j]), j]
        if late.size < LAST_NEEDED or early.size < BEFORE_NEEDED:
            continue
        squares = np.sum((late - late.mean()) ** 2) + np.sum((early - early.mean()) ** 2)
        spread = np.sqrt(squares / (late.size + early.size - 2))
        difference = late.mean() - early.mean()
        change[j] = POINTS_PER_UNIT * difference
        if spread > 0:
            z[j] = difference / (spread * np.sqrt(1.0 / late.size + 1.0 / early.size))
    return change, z
