"""Answers that stand still: the same again, oftener than a person's own days would repeat."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from counterpoint.domain.dyad import Member
from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.states import Array, rows_of
from counterpoint.engine.units import CEILING_POINTS, FLOOR_POINTS, to_units

Flags = npt.NDArray[np.bool_]

PARKED_PAIRS = 14
"""So many pairs of consecutive answered rows it takes to judge."""
PARKED_SHARE = 0.40
PARKED_ANYWHERE = 0.90
BEYOND_CHANCE = 0.30
BEYOND_CHANCE_Z = 4.0
FAR_APART = (4, 60)
"""Rows so far apart, counted in answered rows, show how often answers are alike by chance."""


def is_parked(diary: DyadDiary, member: Member) -> bool:
    r"""Whether a member's answers stand still: the same every time, item by item.

    A pair of consecutive answered rows *repeats* when every item answered on both is the same.
    Of 14 pairs or more,

    - more than 40 % repeat, pairs that lie wholly at an end of the scale left out: there an
      honest diary stands still too, and the end is told of in its own right; or
    - more than 90 % repeat, wherever they lie; or
    - repeats go beyond chance: with o their share and c the share expected by chance,
      :math:`(o - c) / (1 - c) > .3` and o lies more than 4 standard errors above c.

    Parameters
    ----------
    diary
        Answers.
    member
        Whose.

    Returns
    -------
    bool

    Notes
    -----
    Chance is the person's own: how often pairs of rows 4 to 60 answered rows apart repeat that
    share as many items. A person whose answers hardly ever move repeats by chance and is not
    blamed for it. The ratio is the share of days on which the last answers would have to be given
    again for nothing to explain what chance does not (Cohen's kappa).

    References
    ----------
    Cohen (1960), Educational and Psychological Measurement 20, 37-46.
    """
    items = diary.items[:, rows_of(member), :].reshape(diary.days, -1)
    items = items[~np.all(np.isnan(items), axis=1)]
    still, compared = _repeats(items, 1)
    at_end = (items <= to_units(FLOOR_POINTS)) | (items >= to_units(CEILING_POINTS))
    both = ~np.isnan(items[1:]) & ~np.isnan(items[:-1])
    within = np.any(both & ~(at_end[1:] & at_end[:-1]), axis=1)
    return (
        _is_still(still[within], PARKED_SHARE)
        or _is_still(still[compared > 0], PARKED_ANYWHERE)
        or _is_beyond_chance(items, still[compared > 0], compared[compared > 0])
    )


def _is_still(still: Flags, share: float) -> bool:
    return bool(still.size >= PARKED_PAIRS and np.mean(still) > share)


def _repeats(rows: Array, apart: int) -> tuple[Flags, npt.NDArray[np.int64]]:
    """Return, for every pair of rows so far apart, whether it repeats and in how many items."""
    early, late = rows[:-apart], rows[apart:]
    both = ~np.isnan(early) & ~np.isnan(late)
    return ~np.any(both & (early != late), axis=1), both.sum(axis=1)


def _is_beyond_chance(rows: Array, still: Flags, compared: npt.NDArray[np.int64]) -> bool:
    """Judge pairs of consecutive rows against pairs far apart that compare as many items."""
    if not _is_still(still, BEYOND_CHANCE):  # the ratio never exceeds the share itself
        return False
    width = rows.shape[1] + 1
    alike, pairs = np.zeros(width), np.zeros(width)
    for apart in range(FAR_APART[0], min(FAR_APART[1] + 1, len(rows))):
        far, count = _repeats(rows, apart)
        alike += np.bincount(count, weights=far, minlength=width)
        pairs += np.bincount(count, minlength=width)
    chance = ((alike + 0.1) / (pairs + 0.2))[compared]
    expected = float(chance.mean())
    error = float(np.sqrt(np.sum(chance * (1.0 - chance)))) / still.size
    beyond = float(still.mean()) - expected
    return beyond > BEYOND_CHANCE * (1.0 - expected) and beyond > BEYOND_CHANCE_Z * error
