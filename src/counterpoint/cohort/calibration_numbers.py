"""The numbers whose ranks are counted: every named quantity, and what the model is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counterpoint.engine import DyadFit, DyadParameters, quantities_of
from counterpoint.engine.quantities import COUPLING_PAIRS, SAME_DAY_PAIRS
from counterpoint.engine.states import STATE_NAMES
from counterpoint.engine.stationary import correlations, stationary_cov

Draws = NDArray[np.float64]

CONFLICT, OFFER = 0, 1
"""Columns of the events."""


@dataclass(frozen=True, eq=False)
class ParameterDraws:
    """Draws of the parameters of one dyad, or its truth as one draw; shapes as in a fit."""

    level: Draws
    trend: Draws
    transition: Draws
    process_cov: Draws
    input_effect: Draws
    offset: Draws
    measurement_var: Draws

    @classmethod
    def of_fit(cls, fit: DyadFit, every: int) -> ParameterDraws:
        """Take every so manieth draw of a fit."""
        part = slice(None, None, every)
        return cls(
            level=fit.level[part],
            trend=fit.trend[part],
            transition=fit.transition[part],
            process_cov=fit.process_cov[part],
            input_effect=fit.input_effect[part],
            offset=fit.offset[part],
            measurement_var=fit.measurement_var[part],
        )

    @classmethod
    def of_truth(cls, truth: DyadParameters) -> ParameterDraws:
        """Take a truth as one draw."""
        return cls(
            level=truth.level[None],
            trend=truth.trend[None],
            transition=truth.transition[None],
            process_cov=truth.process_cov[None],
            input_effect=truth.input_effect[None],
            offset=truth.offset[None],
            measurement_var=truth.measurement_var[None],
        )


def numbers_of(draws: ParameterDraws, *, trend: bool) -> tuple[tuple[str, ...], Draws]:
    """Return names, and numbers of shape (draws, names).

    Parameters
    ----------
    draws
        Of parameters with a conflict and an offer among the events.
    trend
        Whether the level moves.

    Notes
    -----
    What is only another way of telling a number has the same ranks and is not here: costs,
    bearings, engulfment and threat are couplings with a sign, trade-off and in step are same-day
    correlations, the half-life is the memory, a place against a wish is the place.
    """
    step, chance, effect = draws.transition, draws.process_cov, draws.input_effect
    found = quantities_of(draws.level, draws.trend, step, chance)
    upper = np.triu_indices(4, 1)
    pair = [f"{STATE_NAMES[i]} ~ {STATE_NAMES[j]}" for i, j in SAME_DAY_PAIRS]
    arrow = [f"{STATE_NAMES[i]} <- {STATE_NAMES[j]}" for i, j in COUPLING_PAIRS]
    from_a = np.linalg.norm(step[:, 2:, :2], axis=(1, 2))
    from_b = np.linalg.norm(step[:, :2, 2:], axis=(1, 2))
    later = np.einsum("nij,njk,nk->ni", step, step, effect[:, :, CONFLICT])
    next_day = np.einsum("nij,nj->ni", step, effect[:, :, OFFER])
    spread = np.diagonal(stationary_cov(step, chance), axis1=1, axis2=2)
    giving = 0.5 * (step[:, 1, 3] - step[:, 1, 0])
    keeping = -0.5 * (step[:, 0, 1] + step[:, 0, 2])
    states = STATE_NAMES
    blocks: list[tuple[list[str], Draws]] = [
        ([f"place {state}" for state in states], found.level),
        ([f"same day {words}" for words in pair], found.same_day),
        ([f"coupling {words}" for words in arrow], found.coupling),
        (["share of days far apart"], found.alone_share[:, None]),
        (["who feels closer"], (found.level[:, 0] - found.level[:, 2])[:, None]),
        (["who moves whom"], (from_a - from_b)[:, None]),
        (["memory (spectral radius)"], np.abs(np.linalg.eigvals(step)).max(axis=1)[:, None]),
        (["contagion of a less that of b"], (found.cost[:, 0] - found.cost[:, 4])[:, None]),
        (["costs of self, both (a)"], giving[:, None]),
        (["costs of closeness, both (a)"], keeping[:, None]),
        ([f"day-to-day spread of {state}" for state in states], spread),
        ([f"conflict on {state}" for state in states], effect[:, :, CONFLICT]),
        ([f"conflict on {state}, 2 days later" for state in states], later),
        ([f"offer on {state}" for state in states], effect[:, :, OFFER]),
        ([f"offer on {state}, next day" for state in states], next_day),
        (
            [f"own chance {state}" for state in states],
            np.log(np.diagonal(chance, axis1=1, axis2=2)),
        ),
        ([f"chance {words}" for words in pair], correlations(chance)[:, upper[0], upper[1]]),
        (
            ["offset of a first item", "offset of a second item"],
            draws.offset[:, [0, 1], [0, 1]],
        ),
        (
            ["error of a first item", "error of a last item"],
            draws.measurement_var[:, [0, 3], [0, -1]],
        ),
    ]
    if trend:
        blocks.append(([f"change of {state}" for state in states], draws.trend))
    names = tuple(name for block, _ in blocks for name in block)
    return names, np.concatenate([values for _, values in blocks], axis=1)
