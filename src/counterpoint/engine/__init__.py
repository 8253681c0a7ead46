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

from counterpoint.engine.alarm import level_moves
from counterpoint.engine.answers import (
    AgainstWish,
    Answer,
    PlaceAnswer,
    against_wish,
    answers_of,
    place_answer,
)
from counterpoint.engine.dance import (
    alone_together,
    bearings,
    further_costs,
    half_life,
    in_step,
    surface_parts,
    trade_off,
    who_feels_closer,
    who_moves_whom,
)
from counterpoint.engine.diagnostics import Diagnostics
from counterpoint.engine.diary import DyadDiary, seed_of
from counterpoint.engine.finding import Finding
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.gates import Reason
from counterpoint.engine.kalman import Filtered, Smoothed, filter_diary, smooth_diary
from counterpoint.engine.lab import (
    DIALS,
    Plays,
    Regime,
    Settling,
    diary_days,
    ordinary_spread,
    path_after_push,
    path_in_points,
    plays_out,
    settle_time,
    transition_from_dials,
    usual_place,
    what_if,
)
from counterpoint.engine.loops import AdaptDetach, Frequency, adapt_detach, frequency_of
from counterpoint.engine.modes import Mode, half_life_days, modes_of
from counterpoint.engine.mood import own_mood_slope, pooled_mood_slope, set_mood_apart
from counterpoint.engine.movement import Movement, fit_movement, item_change, level_changes
from counterpoint.engine.offers import OfferEffect, effect_of_offers
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.prior import Prior, base_population, shipped_prior
from counterpoint.engine.quantities import Quantities, quantities_of, quantities_of_truth
from counterpoint.engine.readiness import WarmUp, backend_ready, kernel_folder, warm_up
from counterpoint.engine.recovery import Recovery, RecoveryRow, score_recovery
from counterpoint.engine.repair import DirectAnswers, Repair, direct_answers, repair_of
from counterpoint.engine.roles import RoleTest, compare_roles, prior_with_roles
from counterpoint.engine.room import RoomFit, fit_room, room_gap, room_level, room_slopes
from counterpoint.engine.sampling import fit_dyad, fit_dyads
from counterpoint.engine.simulate import draw_parameters, simulate_dyads
from counterpoint.engine.states import STATE_NAMES
from counterpoint.engine.stationary import stationary_cov
from counterpoint.engine.steps import prior_per_step
from counterpoint.engine.units import to_points, to_units
from counterpoint.engine.window import last_days

__all__ = [
    "DIALS",
    "STATE_NAMES",
    "AdaptDetach",
    "AgainstWish",
    "Answer",
    "Diagnostics",
    "DirectAnswers",
    "DyadDiary",
    "DyadFit",
    "DyadParameters",
    "Filtered",
    "Finding",
    "Frequency",
    "Mode",
    "Movement",
    "OfferEffect",
    "PlaceAnswer",
    "Plays",
    "Prior",
    "Quantities",
    "Reason",
    "Recovery",
    "RecoveryRow",
    "Regime",
    "Repair",
    "RoleTest",
    "RoomFit",
    "Settling",
    "Smoothed",
    "WarmUp",
    "adapt_detach",
    "against_wish",
    "alone_together",
    "answers_of",
    "backend_ready",
    "base_population",
    "bearings",
    "compare_roles",
    "diary_days",
    "direct_answers",
    "draw_parameters",
    "effect_of_offers",
    "filter_diary",
    "fit_dyad",
    "fit_dyads",
    "fit_movement",
    "fit_room",
    "frequency_of",
    "further_costs",
    "half_life",
    "half_life_days",
    "in_step",
    "item_change",
    "kernel_folder",
    "last_days",
    "level_changes",
    "level_moves",
    "modes_of",
    "ordinary_spread",
    "own_mood_slope",
    "path_after_push",
    "path_in_points",
    "place_answer",
    "plays_out",
    "pooled_mood_slope",
    "prior_per_step",
    "prior_with_roles",
    "quantities_of",
    "quantities_of_truth",
    "repair_of",
    "room_gap",
    "room_level",
    "room_slopes",
    "score_recovery",
    "seed_of",
    "set_mood_apart",
    "settle_time",
    "shipped_prior",
    "simulate_dyads",
    "smooth_diary",
    "stationary_cov",
    "surface_parts",
    "to_points",
    "to_units",
    "trade_off",
    "transition_from_dials",
    "usual_place",
    "warm_up",
    "what_if",
    "who_feels_closer",
    "who_moves_whom",
]
