"""Scores with ranges: each scale alone by quadrature, or all jointly by expectation propagation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoint.engine.instrument.items import GradedItems, option_probs
from counterpoint.engine.states import Array
from counterpoint.errors import DataError, NotConvergedError

NODES = np.linspace(-4.5, 4.5, 91)
"""Trait values at which likelihoods are kept, population sds; step .1."""
ROUNDS = 100
DAMPING = 0.7
SETTLED = 1e-5
_LEAST_PRECISION = 1e-10


@dataclass(frozen=True, eq=False)
class Scores:
    """Posterior of every person's scales.

    Parameters
    ----------
    mean, sd, q05, q50, q95
        Shape (people, scales), population sds.
    weights
        Posterior weight of each of `NODES`, shape (people, scales, nodes); rows sum to 1.
    cov
        Covariance of a person's scales, shape (people, scales, scales); diagonal when scored alone.
    answered
        Answers each rests on, shape (people, scales).
    """

    mean: Array
    sd: Array
    q05: Array
    q50: Array
    q95: Array
    weights: Array
    cov: Array
    answered: Array


def scale_logliks(answers: Array, items: GradedItems) -> Array:
    """Return the log-likelihood of each scale at `NODES`, shape (people, scales, nodes).

    Parameters
    ----------
    answers
        Keyed, shape (people, items), options from 0, NaN where skipped (skipping is taken to say
        nothing about the trait).
    items
        Their parameters.

    Raises
    ------
    DataError
        Another number of items than parameters.
    """
    if answers.ndim != 2 or answers.shape[1] != len(items.scale):
        raise DataError(
            f"Answers to {len(items.scale)} items are needed, one column each; got a table of "
            f"shape {answers.shape}."
        )
    at_nodes = np.log(option_probs(np.repeat(NODES[:, None], len(items.scale), axis=1), items))
    total = np.zeros((len(answers), items.scales, NODES.size))
    for item, scale in enumerate(items.scale):
        known = ~np.isnan(answers[:, item])
        total[known, scale] += at_nodes[:, item, answers[known, item].astype(int)].T
    return total


def count_answers(answers: Array, items: GradedItems) -> Array:
    """Return how many items of each scale a person answered, shape (people, scales)."""
    known = ~np.isnan(answers)
    return np.stack(
        [known[:, items.scale == scale].sum(axis=1) for scale in range(items.scales)], axis=1
    ).astype(float)


def score_alone(answers: Array, items: GradedItems) -> Scores:
    """Score each scale from its own items, population N(0, 1).

    Parameters
    ----------
    answers, items
        As in `scale_logliks`.

    Returns
    -------
    Scores
        Exact up to the grid of `NODES`.

    References
    ----------
    Bock, R. D. & Mislevy, R. J. (1982). Adaptive EAP estimation of ability in a microcomputer
    environment. Applied Psychological Measurement 6, 431-444.
    """
    logliks = scale_logliks(answers, items)
    weights = _normalised(logliks - 0.5 * NODES**2)
    mean, var = _moments(weights)
    cov = np.zeros((*mean.shape, mean.shape[1]))
    rows = np.arange(mean.shape[1])
    cov[:, rows, rows] = var
    return _summary(weights, cov, count_answers(answers, items))


def score_jointly(answers: Array, items: GradedItems, correlation: Array) -> Scores:
    """Score all scales together under a normal population with correlated scales.

    Each scale's likelihood depends on its own trait alone, so the posterior is a correlated normal
    times one function per scale: expectation propagation replaces each by a normal whose first two
    moments are exact given the others, in parallel with damping, until nothing moves. Ranges are
    read from the tilted marginals on the grid, not from the normals.

    Parameters
    ----------
    answers, items
        As in `scale_logliks`.
    correlation
        Of the population, shape (scales, scales), positive definite, unit diagonal.

    Raises
    ------
    DataError
        A correlation of another shape or not positive definite.
    NotConvergedError
        The iteration did not settle.

    References
    ----------
    Minka, T. (2001). Expectation propagation for approximate Bayesian inference. UAI 17.
    """
    if correlation.shape != (items.scales, items.scales):
        raise DataError(
            f"{items.scales} scales need a correlation of that size, not {correlation.shape}."
        )
    try:
        np.linalg.cholesky(correlation)
    except np.linalg.LinAlgError:
        raise DataError("The correlation of the scales is not positive definite.") from None
    logliks = scale_logliks(answers, items)
    weights, cov = propagate(logliks, np.asarray(np.linalg.inv(correlation)))
    return _summary(weights, cov, count_answers(answers, items))


def propagate(logliks: Array, prior_precision: Array) -> tuple[Array, Array]:
    """Run expectation propagation; logliks (people, scales, nodes).

    Returns
    -------
    weights : Array
        Tilted marginals on `NODES`, shape (people, scales, nodes).
    cov : Array
        Covariance of the normal approximation, shape (people, scales, scales).

    Raises
    ------
    NotConvergedError
        Not settled after 100 rounds.
    """
    people, scales, _ = logliks.shape
    precision = np.zeros((people, scales))
    shift = np.zeros((people, scales))
    rows = np.arange(scales)
    silent = logliks.max(axis=2) == logliks.min(axis=2)
    for _ in range(ROUNDS):
        whole = np.repeat(prior_precision[None], people, axis=0)
        whole[:, rows, rows] += precision
        cov = np.linalg.inv(whole)
        mean = np.einsum("pij,pj->pi", cov, shift)
        own_var = cov[:, rows, rows]
        left_precision = np.maximum(1.0 / own_var - precision, _LEAST_PRECISION)
        left_mean = (mean / own_var - shift) / left_precision
        tilted = logliks - 0.5 * left_precision[..., None] * (NODES - left_mean[..., None]) ** 2
        weights = _normalised(tilted)
        tilted_mean, tilted_var = _moments(weights)
        new_precision = np.where(silent, 0.0, np.maximum(1.0 / tilted_var - left_precision, 0.0))
        new_shift = np.where(silent, 0.0, tilted_mean / tilted_var - left_precision * left_mean)
        moved = max(
            float(np.max(np.abs(new_precision - precision), initial=0.0)),
            float(np.max(np.abs(new_shift - shift), initial=0.0)),
        )
        precision += DAMPING * (new_precision - precision)
        shift += DAMPING * (new_shift - shift)
        if moved < SETTLED:
            return weights, np.asarray(cov)
    raise NotConvergedError(
        f"Joint scoring did not settle in {ROUNDS} rounds: score each scale alone instead."
    )


def _normalised(logs: Array) -> Array:
    weights = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def _moments(weights: Array) -> tuple[Array, Array]:
    mean = weights @ NODES
    return mean, np.maximum(weights @ NODES**2 - mean**2, 1e-9)


def _summary(weights: Array, cov: Array, answered: Array) -> Scores:
    mean, var = _moments(weights)
    q05, q50, q95 = (_quantiles(weights, share) for share in (0.05, 0.5, 0.95))
    return Scores(mean, np.sqrt(var), q05, q50, q95, weights, cov, answered)


def _quantiles(weights: Array, share: float) -> Array:
    """Read a quantile from weights on `NODES`, each spread evenly over its cell."""
    step = NODES[1] - NODES[0]
    upper = np.cumsum(weights, axis=-1)
    cell = np.minimum((upper < share).sum(axis=-1), NODES.size - 1)
    inside = np.take_along_axis(weights, cell[..., None], axis=-1)[..., 0]
    below = np.take_along_axis(upper, cell[..., None], axis=-1)[..., 0] - inside
    part = np.divide(share - below, inside, out=np.full(cell.shape, 0.5), where=inside > 0.0)
    return np.asarray(NODES[cell] + step * (part - 0.5))
