"""The filter of `counterpoint.engine.kalman` as compiled code."""

from __future__ import annotations

from typing import Any

# kernel functions take flat arrays, since objects cost compile time
# ruff: noqa: PLR0912, PLR0915, PLR0917
import numpy as np
from numba import njit

from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.kalman import Filtered
from counterpoint.engine.kernel.algebra import weigh
from counterpoint.engine.kernel.arrays import owned
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.prior import shipped_prior
from counterpoint.engine.readiness import kernel_version
from counterpoint.engine.states import Array


def _build(version: int) -> Any:
    """Return the filter; ``version`` is frozen into it, as into the chains."""

    @njit(nogil=True, cache=True, error_model="numpy")
    def run(
        items: Any,
        shift: Any,
        loading: Any,
        r: Any,
        level: Any,
        coef: Any,
        inputs: Any,
        h: Any,
        Q: Any,
        first: Any,
    ) -> Any:
        """Reduce the items of every day, then predict and update one state after another."""
        days, _, count = items.shape
        m = inputs.shape[1]
        predicted = np.empty((days, 4))
        predicted_cov = np.empty((days, 4, 4))
        means = np.empty((days, 4))
        covs = np.empty((days, 4, 4))
        scores = np.full((days, 4), np.nan)
        steps = np.empty((days, 4, 4))
        weight = np.empty((4, count))
        constant = np.empty((4, count))
        for j in range(4):
            for k in range(count):
                weight[j, k] = loading[j, k] / r[j, k]
                constant[j, k] = np.log(2.0 * np.pi * r[j, k])
        x = np.zeros(4)
        P = first.copy()
        ahead = np.zeros(4)
        left = np.zeros((4, 4))
        gain = np.zeros(4)
        column = np.zeros(4)
        loglik = 0.0 * version
        for t in range(days):
            A = steps[t]
            weigh(coef, h[t], A)
            if t > 0:
                for i in range(4):
                    s = 0.0
                    for k in range(4):
                        s += A[i, k] * x[k]
                    for k in range(m):
                        s += coef[i, 4 + k] * inputs[t, k]
                    ahead[i] = s
                    for j in range(4):
                        s = 0.0
                        for k in range(4):
                            s += A[i, k] * P[k, j]
                        left[i, j] = s
                for i in range(4):
                    x[i] = ahead[i]
                    for j in range(i + 1):
                        s = Q[i, j]
                        for k in range(4):
                            s += left[i, k] * A[j, k]
                        P[i, j] = s
                        P[j, i] = s
            for i in range(4):
                predicted[t, i] = level[t, i] + x[i]
                for j in range(4):
                    predicted_cov[t, i, j] = P[i, j]
            for j in range(4):
                precision = 0.0
                weighted = 0.0
                squares = 0.0
                constants = 0.0
                for k in range(count):
                    y = items[t, j, k] - shift[j, k]
                    if not np.isnan(y):
                        precision += weight[j, k] * loading[j, k]
                        weighted += weight[j, k] * y
                        squares += y * y / r[j, k]
                        constants += constant[j, k]
                if precision <= 0.0:
                    continue
                z = weighted / precision
                spread = P[j, j] + 1.0 / precision
                e = z - level[t, j] - x[j]
                scores[t, j] = e / np.sqrt(spread)
                loglik += 0.5 * (np.log(2.0 * np.pi / precision) - constants)
                loglik -= 0.5 * (squares - precision * z * z)
                loglik -= 0.5 * (np.log(2.0 * np.pi * spread) + e * e / spread)
                for i in range(4):
                    column[i] = P[i, j]
                    gain[i] = column[i] / spread
                for i in range(4):
                    x[i] += gain[i] * e
                    for k in range(4):
                        P[i, k] -= gain[i] * column[k]
            for i in range(4):
                means[t, i] = level[t, i] + x[i]
                for k in range(4):
                    covs[t, i, k] = P[i, k]
        return predicted, predicted_cov, means, covs, loglik, scores, steps

    return run


run_filter = _build(kernel_version())
"""One pass: `filter_arguments` in, what `Filtered` holds out."""


def filter_compiled(
    diary: DyadDiary, parameters: DyadParameters, *, initial_cov: Array
) -> Filtered:
    """Return what `counterpoint.engine.kalman.filter_diary` returns, equal but for rounding.

    Parameters
    ----------
    diary, parameters
        Of the same items and events.
    initial_cov
        Covariance of the first day's deviation, shape (4, 4).
    """
    return Filtered(*run_filter(*filter_arguments(diary, parameters, initial_cov)))


def filter_arguments(
    diary: DyadDiary, parameters: DyadParameters, initial_cov: Array
) -> tuple[Array, ...]:
    """Return the arrays one pass is given; what is left to time is the pass itself."""
    given = (
        diary.items,
        parameters.intercept + parameters.offset,
        parameters.loading,
        parameters.measurement_var,
        parameters.means(diary.days),
        np.concatenate([parameters.transition, parameters.input_effect], axis=1),
        diary.centred_inputs,
        diary.time_together,
        parameters.process_cov,
        initial_cov,
    )
    return tuple(owned(array) for array in given)


def compile_filter() -> None:
    """Compile the filter, or load it from the compiler's cache, and run it once."""
    prior = shipped_prior(items=1)
    nobody = DyadParameters(
        level=np.zeros(4),
        transition=np.zeros((4, 4)),
        process_cov=np.eye(4),
        loading=prior.item_rows(prior.loading),
        intercept=prior.item_rows(prior.intercept),
        measurement_var=np.ones((4, 1)),
    )
    diary = DyadDiary(items=np.zeros((3, 4, 1)))
    filter_compiled(diary, nobody, initial_cov=prior.initial_cov)
