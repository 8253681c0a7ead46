"""An oracle for the state-space model: the joint normal law of everything, solved densely.

Written from the definition of the model alone: it builds the covariance of all states and answers
by propagating each independent shock, and conditions by one solve. It shares nothing with the
engine but the classes that carry numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterpoint.engine import DyadDiary, DyadParameters

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class DenseAnswer:
    """Mean (days, 4) and covariance (days, 4, 4) of the states given all answers; log density."""

    mean: Array
    cov: Array
    loglik: float


def solve_densely(diary: DyadDiary, parameters: DyadParameters, initial_cov: Array) -> DenseAnswer:
    """Condition the states on the answers without any recursion over days."""
    days = diary.days
    hours = np.ones(days) if diary.together is None else np.nan_to_num(diary.together, nan=1.0)
    size = 4 * days
    # d = response @ shocks, shocks independent between days
    response = np.zeros((size, size))
    drift = np.zeros(size)
    shock_cov = np.zeros((size, size))
    inputs = np.zeros((days, 0)) if diary.inputs is None else np.array(diary.inputs)
    for k in range(inputs.shape[1]):
        column = inputs[:, k]
        column[:] = column - np.nanmean(column)
        column[np.isnan(column)] = 0.0
    for t in range(days):
        here = slice(4 * t, 4 * t + 4)
        shock_cov[here, here] = initial_cov if t == 0 else parameters.process_cov
        response[here, here] = np.eye(4)
        if t == 0:
            continue
        step = parameters.transition.copy()
        step[:2, 2:] *= hours[t]
        step[2:, :2] *= hours[t]
        before = slice(4 * t - 4, 4 * t)
        response[here] += step @ response[before]
        drift[here] = step @ drift[before] + parameters.input_effect @ inputs[t]
    clock = np.linspace(-0.5, 0.5, days) if days > 1 else np.zeros(1)
    means = parameters.level + np.outer(clock, parameters.trend)
    state_mean = means.ravel() + drift
    state_cov = response @ shock_cov @ response.T
    rows, values, noise, shift = [], [], [], []
    for t in range(days):
        for j in range(4):
            for k in range(diary.item_count):
                if not np.isnan(diary.items[t, j, k]):
                    row = np.zeros(size)
                    row[4 * t + j] = parameters.loading[j, k]
                    rows.append(row)
                    values.append(diary.items[t, j, k])
                    noise.append(parameters.measurement_var[j, k])
                    shift.append(parameters.intercept[j, k] + parameters.offset[j, k])
    if not rows:
        blocks = np.array([state_cov[4 * t : 4 * t + 4, 4 * t : 4 * t + 4] for t in range(days)])
        return DenseAnswer(state_mean.reshape(days, 4), blocks, 0.0)
    design = np.array(rows)
    residual = np.array(values) - np.array(shift) - design @ state_mean
    total = design @ state_cov @ design.T + np.diag(noise)
    gain = np.linalg.solve(total, design @ state_cov).T
    mean = state_mean + gain @ residual
    cov = state_cov - gain @ design @ state_cov
    _, logdet = np.linalg.slogdet(total)
    quadratic = residual @ np.linalg.solve(total, residual)
    loglik = -0.5 * (len(values) * np.log(2 * np.pi) + logdet + quadratic)
    blocks = np.array([cov[4 * t : 4 * t + 4, 4 * t : 4 * t + 4] for t in range(days)])
    return DenseAnswer(mean.reshape(days, 4), blocks, float(loglik))
