"""The lab: couples made of dials, one push, and what if a coupling were smaller.

Teaching on transitions that somebody set by hand; nothing here is an answer about a real couple.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from counterpoint.domain.couplings import STATES, State
from counterpoint.engine.prior import PARTNER_ORDER
from counterpoint.engine.states import Array
from counterpoint.engine.stationary import is_stable
from counterpoint.errors import DataError

DIAL = 0.45
"""A dial at 1 is a coupling of .45, an own carry-over ("holds") twice that."""
HOLDS = 0.9
SETTLED_SHARE = 0.1
LONGEST_DAYS = 365

DIALS: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]] = MappingProxyType(
    {
        "steady_two": (
            (0.5, 0.2, 0.4, 0.5, 0.5, 0.1, 0.2, 0.1),
            (0.5, 0.2, 0.4, 0.5, 0.5, 0.1, 0.2, 0.1),
        ),
        "chase": (
            (0.8, 0.0, -0.3, 0.5, 0.9, 0.0, 0.0, 0.2),
            (0.8, -0.1, 0.0, 0.5, -0.9, 0.0, -0.2, 0.0),
        ),
        "protest_and_retreat": (
            (0.75, 0.0, -0.2, 0.5, -0.5, 0.0, 0.0, 0.3),
            (0.75, -0.2, 0.0, 0.5, -0.5, 0.0, -0.2, 0.0),
        ),
        "fused": (
            (0.5, 0.0, -0.3, 0.3, 0.7, 0.0, 0.0, 0.9),
            (0.5, 0.0, -0.3, 0.3, 0.7, 0.0, 0.0, 0.9),
        ),
        "parallel_lives": (
            (0.4, -0.2, 0.0, 0.5, 0.05, 0.0, 0.0, 0.0),
            (0.4, -0.2, 0.0, 0.5, 0.05, 0.0, 0.0, 0.0),
        ),
        "adapt_and_detach": (
            (0.4, 0.0, -0.2, 0.5, 0.4, 0.0, 0.9, 0.3),
            (0.6, -0.2, 0.0, 0.5, 0.2, 0.9, 0.0, 0.0),
        ),
    }
)
"""Invented couples of the lab, eight dials a member in `PARTNER_ORDER` (MODEL section 10)."""


def transition_from_dials(dials_a: Sequence[float], dials_b: Sequence[float]) -> Array:
    """Return the transition that dials from -1 to 1 stand for, shape (4, 4).

    Raises
    ------
    DataError
        If a member does not have eight dials within -1 and 1, or together they run away.
    """
    transition = np.empty((4, 4))
    for order, dials in zip(PARTNER_ORDER, (dials_a, dials_b), strict=True):
        if len(dials) != 8 or not all(-1.0 <= dial <= 1.0 for dial in dials):
            raise DataError("each member has eight dials between -1 and 1.")
        for (effect, cause), dial in zip(order, dials, strict=True):
            transition[effect, cause] = (HOLDS if effect == cause else DIAL) * dial
    if not is_stable(transition):
        raise DataError("these dials run away: nothing would ever settle. Turn some of them down.")
    return transition


def what_if(transition: Array, effect: State, cause: State, *, times: float) -> Array:
    """Return the transition with one coupling made smaller, the rest as it is.

    Parameters
    ----------
    transition
        A ``[effect, cause]``, shape (4, 4).
    effect, cause
        Which coupling.
    times
        By what it is multiplied, 0 (cut) to 1 (left).

    Raises
    ------
    DataError
        If ``times`` lies outside 0 and 1, or the smaller coupling makes the couple unstable:
        a brake that is taken away can do that.
    """
    if not 0.0 <= times <= 1.0:
        raise DataError("a coupling can be made smaller: times lies between 0 and 1.")
    changed = transition.copy()
    changed[STATES.index(effect), STATES.index(cause)] *= times
    if not is_stable(changed):
        raise DataError("without this coupling nothing would ever settle.")
    return changed


def path_after_push(transition: Array, push: Array, days: int) -> Array:
    """Return where one push leaves the couple on each day, shape (days + 1, 4).

    Parameters
    ----------
    transition
        Shape (4, 4).
    push
        The push on day 0, units u, shape (4,).
    days
        How many days to follow it.
    """
    path = np.empty((days + 1, 4))
    path[0] = push
    for day in range(days):
        path[day + 1] = transition @ path[day]
    return path


@dataclass(frozen=True)
class Settling:
    """How long one push is felt.

    Parameters
    ----------
    days
        The first day from which on no state is moved by more than a tenth of the push's largest
        part.
    largest
        The largest move of any state on the way, in parts of the push's largest part.
    """

    days: int
    largest: float


def settle_time(transition: Array, push: Array) -> Settling:
    """Return how many days pass until a push has settled to a tenth.

    Parameters
    ----------
    transition
        Shape (4, 4), stable.
    push
        Units u, shape (4,), not all zero.

    Raises
    ------
    DataError
        If there is no push, or it has not settled within a year.
    """
    size = float(np.max(np.abs(push)))
    if size == 0.0:
        raise DataError("without a push there is nothing to settle.")
    moved = np.max(np.abs(path_after_push(transition, push, LONGEST_DAYS)), axis=1) / size
    unsettled = np.flatnonzero(moved > SETTLED_SHARE)
    days = int(unsettled[-1]) + 1
    if days > LONGEST_DAYS:
        raise DataError("this push has not settled within a year.")
    return Settling(days=days, largest=float(moved.max()))
