"""One row a person and pair of neighbouring days: what regression packages are given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from result import Array

EFFECTS = ("connection", "self")
CAUSES = ("own_connection", "own_self", "partner_connection", "partner_self")


@dataclass(frozen=True, eq=False)
class LaggedRows:
    """Rows of both members of every couple, partners exchangeable.

    Parameters
    ----------
    person
        ``2 * couple + member``, shape (rows,).
    effect
        Today's connection and self of the person, shape (rows, 2).
    cause
        Yesterday's four numbers in the order `CAUSES`, minus each one's mean over the diary, shape
        (rows, 4).
    """

    person: np.ndarray[tuple[int], np.dtype[np.int64]]
    effect: Array
    cause: Array


def state_scores(items: Array) -> Array:
    """Return the mean of the items of every state and day, shape (couples, days, 4)."""
    return np.asarray(items.mean(axis=3))


def lagged_rows(items: Array) -> LaggedRows:
    """Return every pair of neighbouring days on which all that is needed was answered."""
    scores = state_scores(items)
    people, effects, causes = [], [], []
    for couple, days in enumerate(scores):
        centred = days - np.nanmean(days, axis=0)
        for member, order in enumerate(([0, 1, 2, 3], [2, 3, 0, 1])):
            today, yesterday = days[1:, order[:2]], centred[:-1][:, order]
            whole = ~(np.isnan(today).any(axis=1) | np.isnan(yesterday).any(axis=1))
            people.append(np.full(int(whole.sum()), 2 * couple + member))
            effects.append(today[whole])
            causes.append(yesterday[whole])
    return LaggedRows(np.concatenate(people), np.concatenate(effects), np.concatenate(causes))


def coupling_places(effect: int, member: int) -> list[tuple[int, int]]:
    """Return ``[effect, cause]`` of the four slopes of one equation in the order `CAUSES`."""
    causes = (0, 1, 2, 3) if member == 0 else (2, 3, 0, 1)
    return [(2 * member + effect, cause) for cause in causes]


def place_in_order(effect: int, cause: int) -> int:
    """Return which of the eight couplings into a member (`partner_order`) a slope is."""
    return (0, 1, 4, 5)[cause] + 2 * effect


def empty_couplings(couples: int) -> tuple[Array, Array]:
    """Return arrays for estimates and standard errors, all missing."""
    return np.full((couples, 4, 4), np.nan), np.full((couples, 4, 4), np.nan)
