"""Learning the items from answers: marginal maximum a posteriori by expectation-maximisation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from counterpoint.engine.instrument.items import (
    SHIPPED_DISCRIMINATION,
    SHIPPED_THRESHOLDS,
    GradedItems,
    option_probs,
    shipped_items,
)
from counterpoint.engine.instrument.scoring import NODES, propagate, scale_logliks
from counterpoint.engine.states import Array
from counterpoint.errors import DataError

LEAST_PEOPLE = 100
"""Fewer people teach nothing about items; 300 or more is what the how-to asks for."""
ROUNDS = 60
SETTLED = 0.002
LOG_DISCRIMINATION_SD = 0.5
THRESHOLD_SD = 1.5
CORRELATION_PEOPLE = 20.0
"""People that an uncorrelated population counts as in the learned correlation."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """What answers taught.

    Parameters
    ----------
    items
        Learned parameters.
    correlation
        Of the scales in the population, shape (scales, scales).
    people
        People it rests on.
    rounds
        Rounds of expectation-maximisation.
    settled
        Whether parameters stopped moving (by .002).
    """

    items: GradedItems
    correlation: Array
    people: int
    rounds: int
    settled: bool


def calibrate_items(answers: Array, scale: tuple[int, ...], options: int) -> Calibration:
    """Learn discriminations, thresholds and the scales' correlation from answers.

    Parameters
    ----------
    answers
        Keyed, shape (people, items), options from 0, NaN where skipped.
    scale
        Scale of each item, from 0.
    options
        Number of options.

    Returns
    -------
    Calibration
        The most probable parameters under log discrimination ~ N(log 1.7, .5) and thresholds
        ~ N(shipped, 1.5), traits integrated out jointly over scales.

    Raises
    ------
    DataError
        Fewer than 100 people, or an item that nobody answered.

    References
    ----------
    Bock, R. D. & Aitkin, M. (1981). Marginal maximum likelihood estimation of item parameters.
    Psychometrika 46, 443-459.
    """
    people = int((~np.isnan(answers)).any(axis=1).sum())
    if people < LEAST_PEOPLE:
        raise DataError(
            f"Items are learned from {LEAST_PEOPLE} people or more; {people} answered. Score with "
            "the shipped parameters until then."
        )
    unanswered = np.flatnonzero(np.isnan(answers).all(axis=0))
    if unanswered.size:
        raise DataError(f"Nobody answered item {int(unanswered[0]) + 1}: leave it out.")
    items = _start(scale, options)
    correlation = np.eye(items.scales)
    rounds, moved = 0, np.inf
    while rounds < ROUNDS and moved >= SETTLED:
        rounds += 1
        weights, cov = propagate(
            scale_logliks(answers, items), np.asarray(np.linalg.inv(correlation))
        )
        learned = GradedItems(*_improved(answers, items, weights), items.scale)
        new_correlation, sd = _population(weights, cov)
        learned = GradedItems(
            learned.discrimination * sd[items.scale],
            learned.thresholds / sd[items.scale, None],
            items.scale,
        )
        moved = max(
            float(np.max(np.abs(learned.discrimination - items.discrimination))),
            float(np.max(np.abs(learned.thresholds - items.thresholds))),
            float(np.max(np.abs(new_correlation - correlation))),
        )
        items, correlation = learned, new_correlation
    return Calibration(items, correlation, people, rounds, moved < SETTLED)


def _start(scale: tuple[int, ...], options: int) -> GradedItems:
    if options == len(SHIPPED_THRESHOLDS) + 1:
        return shipped_items(scale)
    return GradedItems(
        np.full(len(scale), SHIPPED_DISCRIMINATION),
        np.tile(np.linspace(-1.5, 1.5, options - 1), (len(scale), 1)),
        np.array(scale, dtype=np.int64),
    )


def _improved(answers: Array, items: GradedItems, weights: Array) -> tuple[Array, Array]:
    """Return the most probable parameters of each item given where people lie."""
    start = _start(tuple(int(scale) for scale in items.scale), items.options)
    discrimination = np.empty(len(items.scale))
    thresholds = np.empty_like(items.thresholds)
    for item, scale in enumerate(items.scale):
        counts = np.stack(
            [
                weights[answers[:, item] == option, scale].sum(axis=0)
                for option in range(items.options)
            ]
        )
        first = _packed(items.discrimination[item], items.thresholds[item])
        best = minimize(
            _loss,
            first,
            args=(counts, start.thresholds[item]),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": 5},
        ).x
        discrimination[item], thresholds[item] = _unpacked(best)
    return discrimination, thresholds


def _packed(discrimination: float, thresholds: Array) -> Array:
    return np.concatenate([[np.log(discrimination)], thresholds[:1], np.log(np.diff(thresholds))])


def _unpacked(packed: Array) -> tuple[float, Array]:
    steps = np.exp(packed[2:])
    return float(np.exp(packed[0])), np.concatenate([packed[1:2], packed[1] + np.cumsum(steps)])


def _loss(packed: Array, counts: Array, centre: Array) -> tuple[float, Array]:
    """Negative log posterior of one item and its gradient; counts (options, nodes)."""
    discrimination, thresholds = _unpacked(packed)
    one = GradedItems(np.array([discrimination]), thresholds[None], np.zeros(1, dtype=np.int64))
    probs = option_probs(NODES[:, None], one)[:, 0].T
    reached = 1.0 / (1.0 + np.exp(-discrimination * (NODES - thresholds[:, None])))
    slope = reached * (1.0 - reached)
    ratio = counts / probs
    pull = ratio[1:] - ratio[:-1]
    by_threshold = -discrimination * np.sum(pull * slope, axis=1)
    by_discrimination = float(np.sum(pull * slope * (NODES - thresholds[:, None])))
    away = thresholds - centre
    log_away = packed[0] - np.log(SHIPPED_DISCRIMINATION)
    loss = (
        -float(np.sum(counts * np.log(probs)))
        + 0.5 * float(np.sum(away**2)) / THRESHOLD_SD**2
        + 0.5 * log_away**2 / LOG_DISCRIMINATION_SD**2
    )
    threshold_gradient = -by_threshold + away / THRESHOLD_SD**2
    gradient = np.empty_like(packed)
    gradient[0] = -by_discrimination * discrimination + log_away / LOG_DISCRIMINATION_SD**2
    gradient[1] = threshold_gradient.sum()
    after = np.cumsum(threshold_gradient[::-1])[::-1][1:]
    gradient[2:] = after * np.exp(packed[2:])
    return loss, gradient


def _population(weights: Array, cov: Array) -> tuple[Array, Array]:
    """Return the scales' correlation and sd given everybody's posterior."""
    mean = weights @ NODES
    second = cov.sum(axis=0) + mean.T @ mean
    scales = mean.shape[1]
    second = (second + CORRELATION_PEOPLE * np.eye(scales)) / (len(mean) + CORRELATION_PEOPLE)
    sd = np.sqrt(np.diag(second))
    return second / np.outer(sd, sd), sd
