"""The lab as a game: four sentences become a couple of dials, and one hard day moves through it.

The engine is loaded when the first map is drawn; it needs no compiler and reads nobody's days.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from counterpoint.domain.couplings import STATES, Cost
from counterpoint.domain.dyad import Member
from counterpoint.pictures import PushDay

HOLDS = 0.5
"""Dial of the own carry-over of both: a usual day halves what is left (.45)."""
WIDEST = 0.6
"""Dial of a coupling at either end of its five steps (.27); every map settles."""
MIDDLE = 2
DAYS = 10
HARD_DAY = (-0.5, -1.0, 0.0, 0.0)
"""Further away and, twice as much, less oneself: the first of the two, in shares of the push."""


def play_map(steps: Mapping[Cost, int]) -> tuple[PushDay, ...]:
    """Return how one hard day moves on if four sentences hold for both of the two.

    Parameters
    ----------
    steps
        Step 0 to 4 of each sentence; 2 is the middle, 4 the end that costs.
    """
    return _play(tuple(steps[cost] for cost in Cost))


@lru_cache(maxsize=625)
def _play(steps: tuple[int, ...]) -> tuple[PushDay, ...]:
    import numpy as np  # noqa: PLC0415 - pages without a map need no numbers

    from counterpoint.engine import path_after_push, transition_from_dials  # noqa: PLC0415 - same
    from counterpoint.engine.prior import PARTNER_ORDER  # noqa: PLC0415 - same

    dials = []
    for member, order in zip(Member, PARTNER_ORDER, strict=True):
        of_pair = {
            _positions(cost, member): cost.sign * WIDEST * (step - MIDDLE) / MIDDLE
            for cost, step in zip(Cost, steps, strict=True)
        }
        dials.append(
            [HOLDS if effect == cause else of_pair.get((effect, cause), 0.0)
             for effect, cause in order]
        )  # fmt: skip
    transition = transition_from_dials(dials[0], dials[1])
    path = path_after_push(transition, np.array(HARD_DAY), DAYS)
    return tuple(
        PushDay((float(day[0]), float(day[2])), (float(day[1]), float(day[3]))) for day in path
    )


def _positions(cost: Cost, member: Member) -> tuple[int, int]:
    effect, cause = cost.coupling(member)
    return STATES.index(effect), STATES.index(cause)
