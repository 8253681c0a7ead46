"""The items of one state and day reduced to one number and its precision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.states import Array
from counterpoint.errors import DataError


@dataclass(frozen=True, eq=False)
class Composite:
    r"""What a day's items say about each state.

    .. math::

        p_{tj} = \sum_k \lambda_{jk}^2 / r_{jk}, \qquad
        z_{tj} = \sum_k \lambda_{jk} (y_{tjk} - \nu_{jk} - \delta_{jk}) / r_{jk} / p_{tj}

    Parameters
    ----------
    value
        z, shape (days, 4), 0 where nothing was answered.
    precision
        p, shape (days, 4), 0 where nothing was answered.
    loglik
        Sum over days and states of the terms that turn the density of z into that of the items.
    """

    value: Array
    precision: Array
    loglik: float


def reduce_items(diary: DyadDiary, parameters: DyadParameters) -> Composite:
    r"""Reduce all items of a state and day to a composite, without loss.

    ``log p(items) = log p(z) + log(2 pi / p)/2 - sum log(2 pi r)/2 - (sum e^2/r - p z^2)/2`` with
    ``e = y - nu - delta``.

    Raises
    ------
    DataError
        If diary and parameters disagree on the number of items.
    """
    if parameters.loading.shape != (4, diary.item_count):
        raise DataError(
            f"the diary has {diary.item_count} items a state, the parameters "
            f"{parameters.loading.shape[-1]}."
        )
    known = ~np.isnan(diary.items)
    residual = np.where(known, diary.items - parameters.intercept - parameters.offset, 0.0)
    weight = np.where(known, parameters.loading / parameters.measurement_var, 0.0)
    precision = np.sum(weight * parameters.loading, axis=2)
    seen = precision > 0
    safe = np.where(seen, precision, 1.0)
    value = np.sum(weight * residual, axis=2) / safe
    squares = np.sum(residual**2 / parameters.measurement_var, axis=2) - precision * value**2
    constants = np.sum(np.where(known, np.log(2 * np.pi * parameters.measurement_var), 0.0), axis=2)
    terms = 0.5 * (np.log(2 * np.pi / safe) - constants - squares)
    return Composite(value=value, precision=precision, loglik=float(np.sum(terms[seen])))
