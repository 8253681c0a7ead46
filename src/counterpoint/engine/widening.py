"""How much wider a place is told where the scale ends or the level moved."""

from __future__ import annotations

import numpy as np

from counterpoint.engine.diagnostics import Diagnostics
from counterpoint.engine.states import Array

AT_AN_END = 1.15
"""More than a quarter of the answers at an end of the scale, and the diary knows its ends."""
AT_UNKNOWN_END = 2.0
"""The same, the answers taken at their word (`DyadDiary.ends` not given)."""
MOVED = 1.5
"""The last two weeks lie off: an even trend lags behind a jump."""


def widening_of(diagnostics: Diagnostics, *, knows_ends: bool) -> Array:
    """Return by how much the spread of each state's place is stretched, shape (4,), 1 or more.

    Parameters
    ----------
    diagnostics
        Of the fit.
    knows_ends
        Whether the sampler knew where the scale ends.

    Returns
    -------
    ndarray
        The larger factor where both hold; 1 where none does.

    Notes
    -----
    Rounded up from the 90 % quantile of |truth - mean| / sd over 1.645 among simulated places so
    flagged (``bench/flags.py``, table in ``docs/model/flags.md``: 1.08, 1.99 and 1.21; among the
    series that really moved by 15 points about 1.5). Means do not move: a place at the top of the
    scale stays a little too low. Couplings are not stretched.
    """
    end = AT_AN_END if knows_ends else AT_UNKNOWN_END
    at_end = np.array(diagnostics.at_ceiling) | np.array(diagnostics.at_floor)
    factors = np.where(at_end, end, 1.0)
    return np.maximum(factors, np.where(diagnostics.has_moved, MOVED, 1.0))


def stretched(draws: Array, factors: Array) -> Array:
    """Return draws of shape (n, 4) with each column's spread about its mean multiplied."""
    if np.all(factors == 1.0):
        return draws
    mean = draws.mean(axis=0)
    return np.asarray(mean + factors * (draws - mean))
