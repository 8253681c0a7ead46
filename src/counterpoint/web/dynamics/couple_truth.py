"""How many of the sentences said of the simulated couple are true of its simulation."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoint.domain.couplings import state_of
from counterpoint.domain.dyad import Member
from counterpoint.domain.gates import NEAR_POINTS, SURE_DIRECTION
from counterpoint.domain.plane import Axis
from counterpoint.web.dynamics.simulated import SimulatedCouple


def count_true(couple: SimulatedCouple) -> tuple[int, int]:
    """Count the said sentences, and those of them that are true of the simulation."""
    said = [*_place_truths(couple), *_direction_truths(couple)]
    return sum(said), len(said)


def _place_truths(couple: SimulatedCouple) -> Iterator[bool]:
    for member in Member:
        partner = couple.partner(member)
        for axis, finding in zip(Axis, partner.against, strict=True):
            place = couple.finding("level", state_of(axis, member).value, "").truth
            wish = partner.wish.along(axis)
            if finding == "near":
                yield abs(place - wish) <= NEAR_POINTS
            elif finding:
                yield (place > wish) is (finding == "above")
    if max(couple.nearer_prob, 1 - couple.nearer_prob) >= SURE_DIRECTION:
        one, two = (
            couple.finding("level", state_of(Axis.CONNECTION, member).value, "").truth
            for member in Member
        )
        yield (one > two) is (couple.nearer_prob > 0.5)


def _direction_truths(couple: SimulatedCouple) -> Iterator[bool]:
    directions = [couple.own_same_day(member) for member in Member]
    directions += [couple.between(axis) for axis in Axis]
    directions += couple.of("cost")
    for found in directions:
        if found.said:
            yield (found.truth > 0) is (found.mean > 0)
