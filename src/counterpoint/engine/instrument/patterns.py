"""Answers that cannot mean what the items ask: one option all the way, or options anywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterpoint.engine.instrument.items import GradedItems, option_probs
from counterpoint.engine.states import Array

LEAST_ANSWERS = 12
"""So many answers it takes to judge."""
ONE_OPTION_SHARE = 0.9
UNLIKELY_ASSUMED = -2.4
"""Below this answers look unread while the items' parameters are only assumed: if items tell
people apart much less than assumed (x .7), honest answers reach -2.4 in one person of 200."""
UNLIKELY_LEARNED = -0.4
"""The same once the parameters are learned from real answers."""


@dataclass(frozen=True, eq=False)
class AnswerPattern:
    """How a person's answers hang together.

    Parameters
    ----------
    one_option
        Whether nine in ten answers, before keying, are the same option although items are keyed
        both ways, shape (people,).
    anywhere
        Whether answers are so unlikely under any place of this person that they look unread.
    fit_z
        Standardised log-likelihood of the answers at the person's own scores, shape (people,);
        NaN below 12 answers.
    """

    one_option: npt.NDArray[np.bool_]
    anywhere: npt.NDArray[np.bool_]
    fit_z: Array


def pattern_of(
    answers: Array,
    reverse_keyed: npt.ArrayLike,
    items: GradedItems,
    scores: Array,
    *,
    unlikely: float = UNLIKELY_ASSUMED,
) -> AnswerPattern:
    """Judge keyed answers against the scores they led to.

    Parameters
    ----------
    answers
        Keyed, shape (people, items), NaN where skipped.
    reverse_keyed
        Shape (items,).
    items
        Parameters.
    scores
        Posterior means, shape (people, scales).
    unlikely
        Below which `fit_z` answers look unread.

    References
    ----------
    Drasgow, F., Levine, M. V. & Williams, E. A. (1985). Appropriateness measurement with
    polychotomous item response models. British Journal of Mathematical and Statistical
    Psychology 38, 67-86.
    """
    known = ~np.isnan(answers)
    enough = known.sum(axis=1) >= LEAST_ANSWERS
    reverse = np.asarray(reverse_keyed, dtype=np.bool_)
    raw = np.where(reverse, items.options - 1 - answers, answers)
    counts = np.stack([(raw == option).sum(axis=1) for option in range(items.options)], axis=1)
    most = counts.max(axis=1) / np.maximum(known.sum(axis=1), 1)
    both_ways = known[:, reverse].any(axis=1) & known[:, ~reverse].any(axis=1)
    probs = option_probs(scores[:, items.scale], items)
    logs = np.log(probs)
    expected = np.sum(probs * logs, axis=2)
    var = np.sum(probs * logs**2, axis=2) - expected**2
    chosen = np.take_along_axis(logs, np.nan_to_num(answers).astype(int)[..., None], axis=2)[..., 0]
    excess = np.sum(np.where(known, chosen - expected, 0.0), axis=1)
    spread = np.sqrt(np.maximum(np.sum(np.where(known, var, 0.0), axis=1), 1e-12))
    fit_z = np.where(enough, excess / spread, np.nan)
    return AnswerPattern(
        one_option=enough & both_ways & (most >= ONE_OPTION_SHARE),
        anywhere=enough & (np.nan_to_num(fit_z) < unlikely),
        fit_z=fit_z,
    )
