"""The engine: how two people move each other, with honest uncertainty.

Pure functions with named results over numpy arrays. Knows no rows, no files, no content. The
compiler is imported only when a compiled fit is asked for.

Examples
--------
>>> import numpy as np
>>> from counterpoint.engine import fit_dyad, simulate_dyads
>>> diaries, _ = simulate_dyads(1, 28, rng=np.random.default_rng(1))
>>> fit = fit_dyad(diaries[0], sweeps=200, dropped=50, backend="portable")
>>> [answer.effect for answer in fit.answers() if answer.quantity == "level"]
['connection_a', 'self_a', 'connection_b', 'self_b']
"""

from counterpoint.engine.answers import (
    AgainstWish,
    Answer,
    PlaceAnswer,
    Reason,
    against_wish,
    answers_of,
    place_answer,
)
from counterpoint.engine.diagnostics import Diagnostics
from counterpoint.engine.diary import DyadDiary, seed_of
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.kalman import Filtered, Smoothed, filter_diary, smooth_diary
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.prior import Prior, shipped_prior
from counterpoint.engine.quantities import Quantities, quantities_of, quantities_of_truth
from counterpoint.engine.readiness import WarmUp, backend_ready, kernel_folder, warm_up
from counterpoint.engine.recovery import Recovery, RecoveryRow, score_recovery
from counterpoint.engine.sampling import fit_dyad, fit_dyads
from counterpoint.engine.simulate import draw_parameters, simulate_dyads
from counterpoint.engine.states import STATE_NAMES
from counterpoint.engine.stationary import stationary_cov
from counterpoint.engine.steps import prior_per_step
from counterpoint.engine.units import to_points, to_units

__all__ = [
    "STATE_NAMES",
    "AgainstWish",
    "Answer",
    "Diagnostics",
    "DyadDiary",
    "DyadFit",
    "DyadParameters",
    "Filtered",
    "PlaceAnswer",
    "Prior",
    "Quantities",
    "Reason",
    "Recovery",
    "RecoveryRow",
    "Smoothed",
    "WarmUp",
    "against_wish",
    "answers_of",
    "backend_ready",
    "draw_parameters",
    "filter_diary",
    "fit_dyad",
    "fit_dyads",
    "kernel_folder",
    "place_answer",
    "prior_per_step",
    "quantities_of",
    "quantities_of_truth",
    "score_recovery",
    "seed_of",
    "shipped_prior",
    "simulate_dyads",
    "smooth_diary",
    "stationary_cov",
    "to_points",
    "to_units",
    "warm_up",
]
