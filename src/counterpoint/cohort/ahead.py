"""Tomorrow's answers as a fit expects them, from the answers up to today."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from counterpoint.engine import DyadDiary, DyadFit, Prior


def predict_items(
    fit: DyadFit, diary: DyadDiary, prior: Prior, *, learned_days: int
) -> NDArray[np.float64]:
    r"""Return the expected answer to every item on every day from the answers before it.

    .. math::

        E[y_{tjk} \mid y_{1:t-1}] = \nu_{jk} +
        \frac1n \sum_i \delta^{(i)}_{jk} + \lambda_{jk} (m^{(i)}_t + A^{(i)} d^{(i)}_{t-1|t-1})_j

    over the n draws of the parameters, each with its own filter.

    Parameters
    ----------
    fit
        Draws of the parameters, learned on the first days of this diary.
    diary
        The diary with the days to predict, no events, (days, 4, items).
    prior
        The population the fit started from: loadings, intercepts, first day.
    learned_days
        Calendar days the fit was learned on. A trend of the level stops at their end.

    Returns
    -------
    ndarray
        Shape (days, 4, items), units u.

    References
    ----------
    Durbin and Koopman (2012), Time Series Analysis by State Space Methods, section 4.3.
    """
    draws = len(fit.level)
    known = ~np.isnan(diary.items)
    loading, intercept = prior.item_rows(prior.loading), prior.item_rows(prior.intercept)
    weight = loading / fit.measurement_var
    clock = np.minimum(np.arange(diary.days) / max(learned_days - 1, 1), 1.0) - 0.5
    mean = np.zeros((draws, 4))
    cov = np.broadcast_to(prior.initial_cov, (draws, 4, 4)).copy()
    expected = np.empty(diary.items.shape)
    for day in range(diary.days):
        if day:
            mean = np.einsum("nij,nj->ni", fit.transition, mean)
            cov = fit.transition @ cov @ np.swapaxes(fit.transition, 1, 2) + fit.process_cov
        level = fit.level + clock[day] * fit.trend
        state = (level + mean)[:, :, None]
        expected[day] = (intercept + fit.offset + loading * state).mean(axis=0)
        told = np.where(known[day], diary.items[day] - intercept, 0.0)
        for j in range(4):
            if not known[day, j].any():
                continue
            used = weight[:, j] * known[day, j]
            precision = used @ loading[j]
            composite = (used * (told[j] - fit.offset[:, j])).sum(axis=1) / precision
            column = cov[:, :, j].copy()
            variance = column[:, j] + 1.0 / precision
            gain = column / variance[:, None]
            mean = mean + gain * (composite - level[:, j] - mean[:, j])[:, None]
            cov = cov - gain[:, :, None] * column[:, None, :]
    return expected
