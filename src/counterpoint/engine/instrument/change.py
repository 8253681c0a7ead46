"""Whether a scale moved between two sittings, with the doubt of both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from counterpoint.engine.instrument.items import GradedItems
from counterpoint.engine.instrument.scoring import NODES, propagate, scale_logliks
from counterpoint.engine.states import Array

RETEST_CORRELATION = 0.7
"""Assumed correlation of a trait with itself ten weeks later."""
SURE = 0.9
SAME_WITHIN = 0.5
"""A move of less than half a population sd is about the same."""
SURE_SAME = 0.8


@dataclass(frozen=True, eq=False)
class ScaleChange:
    """Second sitting minus first, per person and scale.

    Parameters
    ----------
    mean, sd, q05, q95
        Shape (people, scales), population sds.
    up_prob
        Probability that it rose.
    same_prob
        Probability that it moved less than half a sd.
    word
        ``"more"``, ``"less"`` (at P >= .9), ``"about_the_same"`` (at P >= .8) or ``""``.
    reliable
        Reliable-change index: difference over its standard error with nothing assumed about the
        person's first place (each sitting scored alone).
    """

    mean: Array
    sd: Array
    q05: Array
    q95: Array
    up_prob: Array
    same_prob: Array
    word: tuple[tuple[str, ...], ...]
    reliable: Array


def score_change(
    first: Array, second: Array, items: GradedItems, correlation: Array
) -> ScaleChange:
    """Compare two sittings of the same people.

    Parameters
    ----------
    first, second
        Keyed answers of the same people, shape (people, items), NaN where skipped.
    items, correlation
        The population; a scale correlates .7 with itself later.

    Returns
    -------
    ScaleChange
        From one posterior over both sittings, not from two scores.

    References
    ----------
    Jacobson, N. S. & Truax, P. (1991). Clinical significance. Journal of Consulting and Clinical
    Psychology 59, 12-19 (the index `reliable`).
    """
    scales = items.scales
    later = np.array([[1.0, RETEST_CORRELATION], [RETEST_CORRELATION, 1.0]])
    both = np.concatenate([scale_logliks(first, items), scale_logliks(second, items)], axis=1)
    weights, cov = propagate(both, np.linalg.inv(np.kron(later, correlation)))
    mean = weights @ NODES
    rows = np.arange(scales)
    difference = mean[:, scales:] - mean[:, :scales]
    var = (
        cov[:, rows, rows]
        + cov[:, rows + scales, rows + scales]
        - 2.0 * cov[:, rows, rows + scales]
    )
    sd = np.sqrt(var)
    up = norm.sf(0.0, difference, sd)
    same = norm.cdf(SAME_WITHIN, difference, sd) - norm.cdf(-SAME_WITHIN, difference, sd)
    return ScaleChange(
        mean=difference,
        sd=sd,
        q05=difference + norm.ppf(0.05) * sd,
        q95=difference + norm.ppf(0.95) * sd,
        up_prob=up,
        same_prob=same,
        word=tuple(
            tuple(_word(rose, stayed) for rose, stayed in zip(*rows_, strict=True))
            for rows_ in zip(up, same, strict=True)
        ),
        reliable=_reliable(both, scales),
    )


def _word(up_prob: float, same_prob: float) -> str:
    if up_prob >= SURE:
        return "more"
    if up_prob <= 1.0 - SURE:
        return "less"
    return "about_the_same" if same_prob >= SURE_SAME else ""


def _reliable(both: Array, scales: int) -> Array:
    """Return the change of two scores scored alone over the error of their difference."""
    logs = both - 0.5 * NODES**2
    weights = np.exp(logs - logs.max(axis=2, keepdims=True))
    weights /= weights.sum(axis=2, keepdims=True)
    mean = weights @ NODES
    var = weights @ NODES**2 - mean**2
    information = np.maximum(1.0 / var - 1.0, 1e-6)
    plain = mean / (information * var)
    error = np.sqrt(1.0 / information[:, :scales] + 1.0 / information[:, scales:])
    return np.asarray((plain[:, scales:] - plain[:, :scales]) / error)
