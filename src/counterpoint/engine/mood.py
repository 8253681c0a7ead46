"""The day apart from the two: a mood that colours every answer, set aside (MODEL section 9)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from counterpoint.engine.states import Array
from counterpoint.errors import DataError

SHIPPED_SLOPE = 0.2
"""Points an item rises per point of the day apart, before anything is known of a person."""
OWN_SLOPE_SD = 0.2
"""How much people's slopes are taken to differ, before their own days are asked."""
LEARNED_FROM_PEOPLE = 50


def set_mood_apart(items: Array, mood: Array, *, slope: Array | float = SHIPPED_SLOPE) -> Array:
    r"""Return a person's answers without what their day apart explains.

    .. math:: y_{tk} - b_k (g_t - \bar g)

    Parameters
    ----------
    items
        Answers of one person, shape (days, ...), any unit, ``NaN`` where missing.
    mood
        How the day was, the two of them aside, in the same unit, shape (days,); ``NaN`` on days
        it was not told, which are left as they are.
    slope
        b, a number or one for every item, shape (...).

    Raises
    ------
    DataError
        If there is not one mood a day.

    Notes
    -----
    Good days together may also make the day good; then this takes true signal away. The picture
    is therefore shown with and without it.
    """
    if mood.shape != items.shape[:1]:
        raise DataError(f"mood must have the shape {items.shape[:1]}, one number a day.")
    known = ~np.isnan(mood)
    if not known.any():
        return items.copy()
    centred = np.where(known, mood - mood[known].mean(), 0.0)
    shaped = centred.reshape(-1, *(1,) * (items.ndim - 1))
    return np.asarray(items - shaped * np.asarray(slope))


def own_mood_slope(items: Array, mood: Array) -> float:
    r"""Return one person's slope of all items on the day apart, drawn towards the shipped one.

    .. math:: \hat b = \sum_{tk} (y_{tk} - \bar y_k)(g_t - \bar g_k) / \sum_{tk} (g_t - \bar g_k)^2,
              \quad b = .2 + \frac{.2^2}{.2^2 + s^2} (\hat b - .2)

    Parameters
    ----------
    items
        Answers of one person, shape (days, ...), ``NaN`` where missing.
    mood
        How the day was, in the same unit, shape (days,); ``NaN`` where not told.

    Returns
    -------
    float
        b. The shipped slope where no day has both, or the day apart never varies.

    Raises
    ------
    DataError
        If there is not one mood a day.

    Notes
    -----
    s is the standard error of the slope with the items of one day taken together (their errors
    go along with each other). Six weeks of check-ins give one of about .15.

    References
    ----------
    Liang and Zeger (1986), Biometrika 73, 13-22 (the standard error).
    """
    if mood.shape != items.shape[:1]:
        raise DataError(f"mood must have the shape {items.shape[:1]}, one number a day.")
    y = items.reshape(len(items), -1)
    both = ~np.isnan(y) & ~np.isnan(mood)[:, None]
    count = np.maximum(both.sum(axis=0), 1)
    y = np.where(both, y, 0.0)
    g = np.where(both, mood[:, None], 0.0)
    y = np.where(both, y - y.sum(axis=0) / count, 0.0)
    g = np.where(both, g - g.sum(axis=0) / count, 0.0)
    squares = float(np.sum(g * g))
    if squares <= 0.0:
        return SHIPPED_SLOPE
    slope = float(np.sum(y * g)) / squares
    error = np.sum(g * (y - slope * g), axis=1) / squares
    weight = OWN_SLOPE_SD**2 / (OWN_SLOPE_SD**2 + float(error @ error))
    return SHIPPED_SLOPE + weight * (slope - SHIPPED_SLOPE)


def pooled_mood_slope(people: Iterable[tuple[Array, Array]]) -> Array:
    r"""Return the slope of every item on the day apart, pooled over people within person.

    .. math:: b_k = \sum_p \sum_t (y_{ptk} - \bar y_{pk})(g_{pt} - \bar g_{pk})
              / \sum_p \sum_t (g_{pt} - \bar g_{pk})^2

    Parameters
    ----------
    people
        Answers, shape (days, ...), and mood, shape (days,), of each person in the same unit. Both
        are centred within person on the days that have both.

    Returns
    -------
    ndarray
        b, shape (...).

    Raises
    ------
    DataError
        If fewer than 50 people have an item and a mood that varies: then the shipped slope stays.
    """
    products: Array | float = 0.0
    squares: Array | float = 0.0
    used: Array | float = 0.0
    for items, mood in people:
        if mood.shape != items.shape[:1]:
            raise DataError("mood needs one number a day for each person.")
        shaped = mood.reshape(-1, *(1,) * (items.ndim - 1))
        both = ~np.isnan(items) & ~np.isnan(shaped)
        count = np.maximum(both.sum(axis=0), 1)
        y = np.where(both, items, 0.0)
        g = np.where(both, shaped, 0.0)
        y = np.where(both, y - y.sum(axis=0) / count, 0.0)
        g = np.where(both, g - g.sum(axis=0) / count, 0.0)
        products = products + np.sum(y * g, axis=0)
        own = np.sum(g * g, axis=0)
        squares = squares + own
        used = used + (own > 0)
    if np.any(np.asarray(used) < LEARNED_FROM_PEOPLE):
        raise DataError(
            f"a slope of one's own takes {LEARNED_FROM_PEOPLE} people who told item and day; "
            f"until then it is {SHIPPED_SLOPE}."
        )
    return np.asarray(products / np.asarray(squares), dtype=np.float64)
