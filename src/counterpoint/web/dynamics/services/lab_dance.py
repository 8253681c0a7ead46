"""The lab's numbers: dials become a couple, a push runs through it; all by the engine's functions.

The engine is loaded when the first frame is drawn; it needs no compiler and reads nobody's days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from counterpoint.domain.couplings import State, state_of
from counterpoint.domain.plane import Place
from counterpoint.errors import DataError
from counterpoint.pictures import PushDay, Trail
from counterpoint.web.dynamics.lab_dials import TURNED, Dials, Pair, Push, Smaller

if TYPE_CHECKING:
    from counterpoint.engine.states import Array

PATH_DAYS = 21
DIARY_DAYS = 60
DIARY_SEED = 1
PUSHES: Mapping[Push, tuple[float, float, float, float]] = MappingProxyType(
    {
        Push.A_HARD: (-0.5, -1.0, 0.0, 0.0),
        Push.B_HARD: (0.0, 0.0, -0.5, -1.0),
        Push.A_NEAR: (1.0, 0.0, 0.0, 0.0),
        Push.B_NEAR: (0.0, 0.0, 1.0, 0.0),
    }
)
"""What the first day moves, in shares of the push, in state order."""
BEST_SEEN = MappingProxyType(
    {
        "chase": Push.A_NEAR,
        "steady_two": Push.A_HARD,
        "protest_and_retreat": Push.A_NEAR,
        "fused": Push.A_HARD,
        "parallel_lives": Push.A_HARD,
        "adapt_and_detach": Push.B_NEAR,
    }
)
"""The invented couples in the order they are shown, each with the push that shows it best."""


@dataclass(frozen=True)
class Path:
    """What follows a push.

    Parameters
    ----------
    days
        Moves away from the usual in shares of the push, the first person's before the second's.
    settles
        Days until all are within a tenth of the push; ``None`` beyond a year.
    """

    days: tuple[PushDay, ...]
    settles: int | None


@dataclass(frozen=True)
class Played:
    """How a couple of dials plays out.

    Parameters
    ----------
    path
        After the push.
    plays
        The kind, an id of `counterpoint.engine.Plays`.
    period_days
        Days of one round where it swings visibly.
    trails
        The push on the plane, the first person's and the second's.
    usual
        Where both come from.
    evenings
        Sixty evenings of a diary, points in state order.
    """

    path: Path
    plays: str
    period_days: float | None
    trails: tuple[Trail, Trail]
    usual: Place
    evenings: tuple[tuple[float, ...], ...]


@lru_cache(maxsize=1)
def invented_pairs() -> Mapping[str, Pair]:
    """Return the invented couples of the engine with their dials in hundredths."""
    from counterpoint.engine import DIALS  # noqa: PLC0415 - pages without a lab need no numbers

    return MappingProxyType(
        {
            name: Pair(name, (_hundredths(DIALS[name][0]), _hundredths(DIALS[name][1])), push)
            for name, push in BEST_SEEN.items()
        }
    )


def play(dials: Dials, push: Push) -> Played | None:
    """Return how dials play out after a push, ``None`` if nothing would come to rest."""
    from counterpoint.engine import (  # noqa: PLC0415 - pages without a lab need no numbers
        diary_days,
        ordinary_spread,
        path_after_push,
        path_in_points,
        plays_out,
        usual_place,
    )

    transition = _transition(dials)
    if transition is None:
        return None
    places = path_in_points(path_after_push(transition, _array(push), PATH_DAYS))
    spread = ordinary_spread(transition)
    home = usual_place()
    regime = plays_out(transition)
    return Played(
        path=_follow(transition, push),
        plays=regime.plays.value,
        period_days=regime.period_days,
        trails=(_trail(places[:, :2], spread[0]), _trail(places[:, 2:], spread[1])),
        usual=Place(float(home[0]), float(home[1])),
        evenings=tuple(
            tuple(float(value) for value in evening)
            for evening in diary_days(transition, DIARY_DAYS, seed=DIARY_SEED)
        ),
    )


def play_smaller(dials: Dials, push: Push, smaller: Smaller) -> Path | None:
    """Return what follows the push with one dial made smaller.

    ``None`` if nothing would come to rest then: the dial works as a brake.
    """
    from counterpoint.engine import what_if  # noqa: PLC0415 - pages without a lab need no numbers

    transition = _transition(dials)
    if transition is None:
        return None
    effect, cause = _states(smaller)
    try:
        changed = what_if(transition, effect, cause, times=smaller.left.times)
    except DataError:
        return None
    return _follow(changed, push)


def _follow(transition: Array, push: Push) -> Path:
    from counterpoint.engine import path_after_push, settle_time  # noqa: PLC0415 - as above

    pushed = _array(push)
    try:
        settles: int | None = settle_time(transition, pushed).days
    except DataError:
        settles = None
    path = path_after_push(transition, pushed, PATH_DAYS).tolist()
    return Path(tuple(PushDay((c_a, c_b), (s_a, s_b)) for c_a, s_a, c_b, s_b in path), settles)


def _transition(dials: Dials) -> Array | None:
    from counterpoint.engine import transition_from_dials  # noqa: PLC0415 - as above

    first, second = ([value / TURNED for value in own] for own in dials)
    try:
        return transition_from_dials(first, second)
    except DataError:
        return None


def _array(push: Push) -> Array:
    import numpy as np  # noqa: PLC0415 - as above

    return np.array(PUSHES[push])


def _hundredths(dials: tuple[float, ...]) -> tuple[int, ...]:
    return tuple(round(TURNED * value) for value in dials)


def _states(smaller: Smaller) -> tuple[State, State]:
    member = smaller.member
    cause = member.other if smaller.dial.is_from_other else member
    return state_of(smaller.dial.effect, member), state_of(smaller.dial.cause, cause)


def _trail(places: Array, spread: Array) -> Trail:
    (a, b), (c, d) = spread.tolist()
    return Trail(
        tuple(Place(connection, own) for connection, own in places.tolist()), ((a, b), (c, d))
    )
