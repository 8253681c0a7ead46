"""Answers of people to a whole questionnaire: scores, what they mean in options, and patterns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterpoint.engine.instrument.items import GradedItems, expected_option, key_answers
from counterpoint.engine.instrument.patterns import UNLIKELY_ASSUMED, AnswerPattern, pattern_of
from counterpoint.engine.instrument.scoring import Scores, score_jointly
from counterpoint.engine.states import Array


@dataclass(frozen=True, eq=False)
class Weighed:
    """What answers say about every scale.

    Parameters
    ----------
    scores
        Per person and scale.
    options
        5, 50 and 95 % points as expected options, shape (3, people, scales).
    pattern
        Whose answers cannot mean what the items ask.
    """

    scores: Scores
    options: Array
    pattern: AnswerPattern


def weigh_answers(
    answers: Array,
    reverse_keyed: npt.ArrayLike,
    items: GradedItems,
    correlation: Array,
    *,
    unlikely: float = UNLIKELY_ASSUMED,
) -> Weighed:
    """Score all scales of everybody jointly, from answers as they were given.

    Parameters
    ----------
    answers
        Before keying, shape (people, items), NaN where skipped.
    reverse_keyed
        Shape (items,).
    items, correlation
        Shipped or learned.
    unlikely
        From where on answers that do not hang together are told, as in `pattern_of`.

    Raises
    ------
    DataError
        An answer that is no option.
    """
    reverse = np.asarray(reverse_keyed, dtype=np.bool_)
    keyed = key_answers(answers, reverse, items.options)
    scores = score_jointly(keyed, items, correlation)
    scales = range(scores.mean.shape[1])
    options = np.stack(
        [
            np.stack([expected_option(part[:, scale], items, scale) for scale in scales], axis=1)
            for part in (scores.q05, scores.q50, scores.q95)
        ]
    )
    return Weighed(
        scores, options, pattern_of(keyed, reverse, items, scores.mean, unlikely=unlikely)
    )
