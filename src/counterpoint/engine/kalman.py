"""Filter and smoother of one dyad's states, any pattern of missing days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoint.engine.composite import reduce_items
from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.prior import shipped_prior
from counterpoint.engine.states import Array
from counterpoint.engine.stationary import is_stable, stationary_cov
from counterpoint.errors import DataError

LOG_2_PI = float(np.log(2 * np.pi))


@dataclass(frozen=True, eq=False)
class Filtered:
    """States as known on each day from the answers up to it.

    Parameters
    ----------
    predicted_mean, predicted_cov
        From the answers before the day, shape (days, 4) and (days, 4, 4), units u.
    filtered_mean, filtered_cov
        From the answers up to and with the day.
    loglik
        Log density of all answers, constants included.
    innovation_z
        One-step prediction errors in standard deviations, one per answered state and day in
        index order, ``NaN`` where nothing was answered, shape (days, 4). Independent standard
        normal when the model is right.
    transitions
        A_t of every day, shape (days, 4, 4).
    """

    predicted_mean: Array
    predicted_cov: Array
    filtered_mean: Array
    filtered_cov: Array
    loglik: float
    innovation_z: Array
    transitions: Array


@dataclass(frozen=True, eq=False)
class Smoothed:
    """States as known on each day from all answers.

    Parameters
    ----------
    smoothed_mean, smoothed_cov
        Shape (days, 4) and (days, 4, 4), units u.
    filtered
        The filter pass it rests on.
    """

    smoothed_mean: Array
    smoothed_cov: Array
    filtered: Filtered

    @property
    def loglik(self) -> float:
        """Log density of all answers, constants included."""
        return self.filtered.loglik


def filter_diary(
    diary: DyadDiary,
    parameters: DyadParameters,
    *,
    initial_cov: Array | str | None = None,
) -> Filtered:
    r"""Filter the states day by day, one scalar update per answered state.

    .. math::

        P_t = A_t P_{t-1} A_t' + Q, \qquad
        K = P_{\cdot j} / (P_{jj} + 1/p_{tj}), \quad x \leftarrow x + K (z_{tj} - x_j)

    Parameters
    ----------
    diary
        Answers.
    parameters
        Parameters of this dyad.
    initial_cov
        Covariance of the first day's deviation, shape (4, 4); ``"stationary"`` for the stationary
        law; by default that of the shipped prior.

    Raises
    ------
    DataError
        If shapes disagree, or the stationary law is asked for and there is none.

    References
    ----------
    Durbin and Koopman (2012), Time Series Analysis by State Space Methods, sections 4.3 and 6.4.
    """
    composite = reduce_items(diary, parameters)
    days = diary.days
    inputs = diary.centred_inputs
    if parameters.input_effect.shape != (4, inputs.shape[1]):
        raise DataError(
            f"the diary has {inputs.shape[1]} events, the parameters "
            f"{parameters.input_effect.shape[-1]}."
        )
    means = parameters.means(days)
    transitions = parameters.transitions(diary.time_together)
    pushes = inputs @ parameters.input_effect.T
    mean = np.zeros(4)
    cov = _initial_cov(parameters, initial_cov)
    predicted_mean = np.empty((days, 4))
    predicted_cov = np.empty((days, 4, 4))
    filtered_mean = np.empty((days, 4))
    filtered_cov = np.empty((days, 4, 4))
    scores = np.full((days, 4), np.nan)
    loglik = composite.loglik
    observed = composite.precision > 0
    deviation = composite.value - means
    error_var = 1.0 / np.where(observed, composite.precision, 1.0)
    for t in range(days):
        if t > 0:
            step = transitions[t]
            mean = step @ mean + pushes[t]
            cov = step @ cov @ step.T + parameters.process_cov
            cov = 0.5 * (cov + cov.T)
        predicted_mean[t] = mean
        predicted_cov[t] = cov
        for j in np.flatnonzero(observed[t]):
            column = cov[:, j].copy()
            variance = float(column[j] + error_var[t, j])
            innovation = float(deviation[t, j] - mean[j])
            scores[t, j] = innovation / np.sqrt(variance)
            loglik -= 0.5 * (LOG_2_PI + np.log(variance) + innovation * innovation / variance)
            mean = mean + column * (innovation / variance)
            cov = cov - np.outer(column, column) / variance
        filtered_mean[t] = mean
        filtered_cov[t] = cov
    return Filtered(
        predicted_mean=predicted_mean + means,
        predicted_cov=predicted_cov,
        filtered_mean=filtered_mean + means,
        filtered_cov=filtered_cov,
        loglik=float(loglik),
        innovation_z=scores,
        transitions=transitions,
    )


def smooth_diary(
    diary: DyadDiary,
    parameters: DyadParameters,
    *,
    initial_cov: Array | str | None = None,
) -> Smoothed:
    r"""Smooth the states: Rauch, Tung and Striebel's backward pass over the filter.

    .. math::

        J_t = P_{t|t} A_{t+1}' P_{t+1|t}^{-1}, \quad
        \hat x_t = x_{t|t} + J_t (\hat x_{t+1} - x_{t+1|t}), \quad
        \hat P_t = P_{t|t} + J_t (\hat P_{t+1} - P_{t+1|t}) J_t'

    Parameters and errors as in `filter_diary`.

    References
    ----------
    Rauch, Tung and Striebel (1965), AIAA Journal 3(8).
    """
    filtered = filter_diary(diary, parameters, initial_cov=initial_cov)
    mean = filtered.filtered_mean.copy()
    cov = filtered.filtered_cov.copy()
    for t in range(diary.days - 2, -1, -1):
        ahead = filtered.predicted_cov[t + 1]
        gain = np.linalg.solve(ahead, filtered.transitions[t + 1] @ filtered.filtered_cov[t]).T
        mean[t] += gain @ (mean[t + 1] - filtered.predicted_mean[t + 1])
        change = gain @ (cov[t + 1] - ahead) @ gain.T
        cov[t] += 0.5 * (change + change.T)
    return Smoothed(smoothed_mean=mean, smoothed_cov=cov, filtered=filtered)


def _initial_cov(parameters: DyadParameters, initial_cov: Array | str | None) -> Array:
    if initial_cov is None:
        return np.array(shipped_prior().initial_cov)
    if isinstance(initial_cov, str):
        if initial_cov != "stationary":
            raise DataError("initial_cov must be a (4, 4) array or the word 'stationary'.")
        if not is_stable(parameters.transition):
            raise DataError("a transition that is not stable has no stationary law.")
        return stationary_cov(parameters.transition, parameters.process_cov)
    cov = np.array(initial_cov, dtype=np.float64)
    if cov.shape != (4, 4):
        raise DataError(f"initial_cov must have the shape (4, 4); it has {cov.shape}.")
    return cov
