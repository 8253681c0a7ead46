"""Questionnaire answers as evidence: graded answers, scales that lean on each other, ranges.

A scale here is one sign; the engine knows positions only. The response model is the logistic
graded model of Samejima (1969); scales are scored alone by quadrature or jointly, under a normal
population in which scales are correlated, by expectation propagation.

Examples
--------
>>> import numpy as np
>>> from counterpoint.engine.instrument import draw_answers, draw_traits, score_jointly
>>> from counterpoint.engine.instrument import shipped_items, shipped_correlation
>>> rng = np.random.default_rng(1)
>>> traits = draw_traits(2, shipped_correlation(), rng=rng)
>>> items = shipped_items(tuple(scale for scale in range(15) for _ in range(3)))
>>> score_jointly(draw_answers(traits, items, rng=rng), items, shipped_correlation()).mean.shape
(2, 15)
"""

from counterpoint.engine.instrument.calibration import Calibration, calibrate_items
from counterpoint.engine.instrument.change import ScaleChange, score_change
from counterpoint.engine.instrument.items import (
    GradedItems,
    draw_answers,
    draw_traits,
    expected_option,
    key_answers,
    option_probs,
    shipped_correlation,
    shipped_items,
)
from counterpoint.engine.instrument.patterns import (
    UNLIKELY_ASSUMED,
    UNLIKELY_LEARNED,
    AnswerPattern,
    pattern_of,
)
from counterpoint.engine.instrument.quality import (
    Belonging,
    Structure,
    belonging,
    cronbach_alpha,
    marginal_reliability,
    structure_of,
)
from counterpoint.engine.instrument.scoring import Scores, score_alone, score_jointly
from counterpoint.engine.instrument.weighing import Weighed, weigh_answers

__all__ = [
    "UNLIKELY_ASSUMED",
    "UNLIKELY_LEARNED",
    "AnswerPattern",
    "Belonging",
    "Calibration",
    "GradedItems",
    "ScaleChange",
    "Scores",
    "Structure",
    "Weighed",
    "belonging",
    "calibrate_items",
    "cronbach_alpha",
    "draw_answers",
    "draw_traits",
    "expected_option",
    "key_answers",
    "marginal_reliability",
    "option_probs",
    "pattern_of",
    "score_alone",
    "score_change",
    "score_jointly",
    "shipped_correlation",
    "shipped_items",
    "structure_of",
    "weigh_answers",
]
