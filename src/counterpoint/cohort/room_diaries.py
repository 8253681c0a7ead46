"""Simulated answers to the evening question about more room or more closeness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counterpoint.engine.room import WIDEST

LEVEL_MEAN, LEVEL_SD = 0.5, 1.5
"""Taps: a little more closeness is what most would like."""

SLOPE_SD = 0.4
"""Taps a unit of yesterday's connection."""

NOISE = (0.8, 2.0)
MEMORY = (0.0, 0.8)
CARRY_OVER = (0.2, 0.95)
"""Ranges of a person's day-to-day spread in taps, of the share of it that carries over, and of
how much of that is left the day after. They lie between the values the engine averages over."""


@dataclass(frozen=True, eq=False)
class RoomTruth:
    """What a couple would like, and what they answered.

    Parameters
    ----------
    level
        Of each, taps, shape (2,).
    slope
        Of each on the own connection of yesterday and on the partner's, taps a unit, (2, 2).
    answers
        Whole taps from -5 to 5, ``NaN`` where missing, shape (days, 2).
    """

    level: NDArray[np.float64]
    slope: NDArray[np.float64]
    answers: NDArray[np.float64]


def simulate_room(
    states: NDArray[np.float64], answered: NDArray[np.bool_], *, rng: np.random.Generator
) -> RoomTruth:
    """Draw what two people would like and their answers, in whole taps within the scale.

    Parameters
    ----------
    states
        The couple's states in units u, shape (days, 4).
    answered
        Days with an answer, shape (days, 2).
    rng
        Source of chance.
    """
    days = states.shape[0]
    connection = states[:, [0, 2]] - states[:, [0, 2]].mean(axis=0)
    level = rng.normal(LEVEL_MEAN, LEVEL_SD, size=2)
    slope = rng.normal(0.0, SLOPE_SD, size=(2, 2))
    answers = np.full((days, 2), np.nan)
    for who in (0, 1):
        before = np.zeros((days, 2))
        before[1:] = connection[:-1][:, [who, 1 - who]]
        spread, memory = rng.uniform(*NOISE), rng.uniform(*MEMORY)
        noise = _noise(days, memory=memory, carry=rng.uniform(*CARRY_OVER), rng=rng)
        felt = level[who] + before @ slope[who] + spread * noise
        answers[:, who] = np.clip(np.round(felt), -WIDEST, WIDEST)
    answers[~answered] = np.nan
    return RoomTruth(level=level, slope=slope, answers=answers)


def _noise(
    days: int, *, memory: float, carry: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw noise of variance 1, a share of which carries over."""
    slow = np.empty(days)
    fresh = rng.standard_normal((days, 2))
    slow[0] = fresh[0, 0]
    for day in range(1, days):
        slow[day] = carry * slow[day - 1] + np.sqrt(1.0 - carry**2) * fresh[day, 0]
    return np.asarray(np.sqrt(memory) * slow + np.sqrt(1.0 - memory) * fresh[:, 1])
