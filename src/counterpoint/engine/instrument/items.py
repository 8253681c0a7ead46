"""The response model of graded answers, the population of scales, and answers drawn from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from counterpoint.engine.states import Array
from counterpoint.errors import DataError

SHIPPED_DISCRIMINATION = 1.7
SHIPPED_THRESHOLDS = (-1.2, -0.3, 0.6, 1.6)
"""Where one option gives way to the next, in population sds; five options."""
SCALES_A_STYLE = 5
WITHIN_STYLE = 0.45
BETWEEN_COSTLY = 0.10
AGAINST_INTERDEPENDENCE = -0.30


@dataclass(frozen=True, eq=False)
class GradedItems:
    """Parameters of graded items, each on one scale.

    Parameters
    ----------
    discrimination
        How sharply an item tells people apart, shape (items,), positive.
    thresholds
        Trait value at which the next option becomes as likely as not, shape (items, options - 1),
        rising along a row, population sds.
    scale
        Position of the scale each item belongs to, shape (items,), from 0.

    Raises
    ------
    DataError
        Shapes that do not fit, a discrimination that is not positive, thresholds that do not rise.
    """

    discrimination: Array
    thresholds: Array
    scale: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        items = len(self.scale)
        if self.discrimination.shape != (items,) or len(self.thresholds) != items:
            raise DataError(
                f"{items} items need as many discriminations and rows of thresholds, not "
                f"{len(self.discrimination)} and {len(self.thresholds)}."
            )
        if not np.all(self.discrimination > 0.0):
            raise DataError("A discrimination must be positive: turn the item's answers round.")
        if not np.all(np.diff(self.thresholds, axis=1) > 0.0):
            raise DataError("Thresholds must rise from the first option to the last.")

    @property
    def options(self) -> int:
        """Number of options of every item."""
        return int(self.thresholds.shape[1]) + 1

    @property
    def scales(self) -> int:
        """Number of scales."""
        return int(self.scale.max()) + 1


def shipped_items(scale: Sequence[int]) -> GradedItems:
    """Return the parameters assumed until real answers teach others.

    Parameters
    ----------
    scale
        Scale of each item, from 0.

    Notes
    -----
    An assumption, not a finding: 1.7 is a middling to strong discrimination for a self-report
    item (Baker, 2001, calls 1.35-1.69 high), and the thresholds put answers a little below the
    middle, as reports of "how often" mostly lie.

    References
    ----------
    Baker, F. B. (2001). The basics of item response theory (2nd ed.), chapter 2.
    """
    count = len(scale)
    return GradedItems(
        discrimination=np.full(count, SHIPPED_DISCRIMINATION),
        thresholds=np.tile(np.array(SHIPPED_THRESHOLDS), (count, 1)),
        scale=np.array(scale, dtype=np.int64),
    )


def shipped_correlation(styles: int = 3) -> Array:
    """Return how scales are assumed to go together until real answers teach otherwise.

    Five scales a style, the last style interdependence; shape (5 styles, 5 styles). Scales of one
    style correlate .45; the other styles with each other .10 and with interdependence -.30.
    """
    style = np.repeat(np.arange(styles), SCALES_A_STYLE)
    last = style == styles - 1
    correlation = np.full((style.size, style.size), BETWEEN_COSTLY)
    correlation[last[:, None] ^ last[None, :]] = AGAINST_INTERDEPENDENCE
    correlation[style[:, None] == style[None, :]] = WITHIN_STYLE
    np.fill_diagonal(correlation, 1.0)
    return correlation


def option_probs(trait: Array, items: GradedItems) -> Array:
    """Return the probability of each option; trait (n, items) gives (n, items, options).

    ``P(y >= k) = 1 / (1 + exp(-a (trait - b_k)))`` and differences of neighbours.

    References
    ----------
    Samejima, F. (1969). Estimation of latent ability using a response pattern of graded scores.
    Psychometrika Monograph 17.
    """
    reached = expit(items.discrimination[:, None] * (trait[..., None] - items.thresholds))
    edge = np.ones((*reached.shape[:-1], 1))
    cumulative = np.concatenate([edge, reached, 0.0 * edge], axis=-1)
    return np.asarray(np.maximum(cumulative[..., :-1] - cumulative[..., 1:], 1e-12))


def expected_option(trait: Array, items: GradedItems, scale: int) -> Array:
    """Return the option expected on average over a scale's items; trait (n,) gives (n,)."""
    of_scale = items.scale == scale
    chosen = GradedItems(
        items.discrimination[of_scale],
        items.thresholds[of_scale],
        np.zeros(int(of_scale.sum()), dtype=np.int64),
    )
    probs = option_probs(np.repeat(trait[:, None], int(of_scale.sum()), axis=1), chosen)
    expected: Array = (probs @ np.arange(items.options)).mean(axis=1)
    return expected


def key_answers(answers: Array, reverse_keyed: npt.ArrayLike, options: int) -> Array:
    """Turn reverse-keyed items round; answers (people, items) from 0, NaN where skipped.

    Raises
    ------
    DataError
        An answer that is no option; person and item counted from 1 in the message.
    """
    known = ~np.isnan(answers)
    wrong = known & ~np.isin(answers, np.arange(options))
    if wrong.any():
        person, item = (int(position) + 1 for position in np.argwhere(wrong)[0])
        raise DataError(
            f"Answer {answers[person - 1, item - 1]:g} of person {person} to item {item} is no "
            f"option: options are 0 to {options - 1}, an empty cell for a skipped item."
        )
    return np.where(np.asarray(reverse_keyed, dtype=np.bool_), options - 1 - answers, answers)


def draw_traits(people: int, correlation: Array, *, rng: np.random.Generator) -> Array:
    """Draw people from the population; shape (people, scales), mean 0, sd 1."""
    root = np.linalg.cholesky(correlation)
    return np.asarray(rng.normal(size=(people, len(correlation))) @ root.T)


def draw_answers(
    traits: Array, items: GradedItems, *, rng: np.random.Generator, skipped: float = 0.0
) -> Array:
    """Draw keyed answers; traits (people, scales) give (people, items), NaN where skipped."""
    probs = option_probs(traits[:, items.scale], items)
    uniform = rng.random(probs.shape[:-1])
    answers = (uniform[..., None] > np.cumsum(probs, axis=-1)[..., :-1]).sum(axis=-1).astype(float)
    answers[rng.random(answers.shape) < skipped] = np.nan
    return np.asarray(answers)
