"""A joint picture of the simulated couple: what one may look like, before anybody shares."""

from __future__ import annotations

from functools import lru_cache

from counterpoint.domain.bearings import Bearing, InStep, Often, Room, SameDay
from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.web.dynamics.release_content import Bands, JointPicture, day_gate
from counterpoint.web.dynamics.simulated import Finding, simulated_couple

STEP_BORDERS = (0.2, 0.5)
"""Correlations between little, some and much in step, as the engine has them."""


@lru_cache(maxsize=1)
def example_picture() -> JointPicture:
    """Return the simulated couple's findings in the words of a joint picture.

    Its file holds no evenings of room and closeness and no words about friction; these stay open.
    """
    couple = simulated_couple()
    costs: dict[Member, dict[Cost, Bearing]] = {member: {} for member in Member}
    for member in Member:
        for cost in Cost:
            effect, cause = cost.coupling(member)
            found = couple.finding("cost", effect.value, cause.value)
            costs[member][cost] = Bearing.COSTS if found.said else Bearing.NOT_SAID
    bands = Bands(
        days=day_gate(couple.known_days) or 0,
        costs=costs,
        own_same_day={member: _same_day(couple.own_same_day(member)) for member in Member},
        in_step={axis: _in_step(couple.between(axis)) for axis in Axis},
        room=Room.NOT_SAID,
        alone=Often.NOT_SAID,
        adapt_detach=Often.NOT_SAID,
        repair=Often.NOT_SAID,
        fields=None,
    )
    return JointPicture(bands)


def _same_day(found: Finding) -> SameDay:
    if not found.said:
        return SameDay.NOT_SAID
    return SameDay.TOGETHER if found.mean > 0 else SameDay.TURNS


def _in_step(found: Finding) -> InStep:
    if not found.said:
        return InStep.NOT_SAID
    low, high = STEP_BORDERS
    if found.mean < low:
        return InStep.LITTLE
    return InStep.SOME if found.mean < high else InStep.MUCH
