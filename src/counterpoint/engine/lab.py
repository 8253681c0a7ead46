"""The lab: couples made of dials, one push, and what if a coupling were smaller.

Teaching on transitions that somebody set by hand; nothing here is an answer about a real couple.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import numpy as np

from counterpoint.domain.couplings import STATES, State
from counterpoint.engine.modes import modes_of
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.prior import PARTNER_ORDER, Prior, base_population
from counterpoint.engine.simulate import simulate_dyads
from counterpoint.engine.states import Array
from counterpoint.engine.stationary import is_stable, stationary_cov
from counterpoint.engine.units import POINTS_PER_UNIT, to_points
from counterpoint.errors import DataError

DIAL = 0.45
"""A dial at 1 is a coupling of .45, an own carry-over ("holds") twice that."""
HOLDS = 0.9
SETTLED_SHARE = 0.1
LONGEST_DAYS = 365
PUSH_UNITS = 2.0
"""How large a whole push is, units u: thirty points."""
USUAL_UNITS = 0.0
"""Usual level of everybody in the lab, units u: the middle of the plane, with room on all sides."""
SLOW_HALF_LIFE_DAYS = 4.0
"""From here on a push that halves so slowly is told as lasting."""
TOGETHER = (0.2, 0.8)
"""Shares of the slowest mode in which both move alike: below apart, above together."""
HARDLY_CROSSES = 0.1
"""Frobenius norm of both cross blocks up to which the two go side by side."""

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


class Plays(StrEnum):
    """How a couple of dials plays out, from the modes of its transition; for the lab only."""

    CHASES = "chases"
    """It swings so that an eye can see it."""

    SIDE_BY_SIDE = "side_by_side"
    """What moves one hardly reaches the other."""

    SETTLES = "settles"
    """The slowest mode halves within four days."""

    PULLED_ALONG = "pulled_along"
    """It lasts, and both move alike."""

    DRIFTS_APART = "drifts_apart"
    """It lasts, and as one goes up the other goes down."""

    SPIRALS = "spirals"
    """It lasts, and runs round through both."""


@dataclass(frozen=True)
class Regime:
    """How a couple of dials plays out.

    Parameters
    ----------
    plays
        The kind.
    period_days
        How long one round takes where it swings visibly.
    """

    plays: Plays
    period_days: float | None = None


def plays_out(transition: Array) -> Regime:
    """Return how a transition plays out; never to be said of a real couple.

    The first that holds, in the order of `Plays`: a visible cycle (`Mode.is_visible_cycle`); cross
    blocks within `HARDLY_CROSSES`; a slowest half-life under `SLOW_HALF_LIFE_DAYS`; else by the
    share of the slowest eigenvector in which both members move alike.

    Parameters
    ----------
    transition
        Shape (4, 4), stable.
    """
    modes = modes_of(transition)
    swinging = [mode for mode in modes if mode.is_visible_cycle]
    if swinging:
        return Regime(Plays.CHASES, swinging[0].period_days)
    crossing = max(np.linalg.norm(transition[:2, 2:]), np.linalg.norm(transition[2:, :2]))
    if crossing <= HARDLY_CROSSES:
        return Regime(Plays.SIDE_BY_SIDE)
    if modes[0].half_life_days < SLOW_HALF_LIFE_DAYS:
        return Regime(Plays.SETTLES)
    share = _share_alike(transition)
    if share < TOGETHER[0]:
        return Regime(Plays.DRIFTS_APART)
    return Regime(Plays.PULLED_ALONG if share > TOGETHER[1] else Plays.SPIRALS)


def _share_alike(transition: Array) -> float:
    values, vectors = np.linalg.eig(transition)
    slowest = vectors[:, np.argmax(np.abs(values))]
    alike = np.linalg.norm(slowest[:2] + slowest[2:]) ** 2
    apart = np.linalg.norm(slowest[:2] - slowest[2:]) ** 2
    return float(alike / (alike + apart))


def diary_days(transition: Array, days: int, *, seed: int) -> Array:
    """Return evenings as a diary of this couple would hold them, points, shape (days, 4).

    The marker answers of both members on eleven taps, every evening answered, with day-to-day
    shocks and answering noise as the base population has them on average. The same seed gives the
    same chance to every transition.

    Parameters
    ----------
    transition
        Shape (4, 4), stable.
    days
        How many evenings.
    seed
        Of the chance.
    """
    (diary,), _ = simulate_dyads(
        1,
        days,
        rng=np.random.default_rng(seed),
        design="checkin",
        missing=0.0,
        trend=False,
        prior=_population(),
        parameters=(_ordinary_couple(transition),),
    )
    return to_points(diary.items[:, :, 0])


def path_in_points(path: Array) -> Array:
    """Return a path after a push as places, points, shape (days, 4); see `PUSH_UNITS`."""
    return to_points(USUAL_UNITS + PUSH_UNITS * path)


def usual_place() -> Array:
    """Return where everybody in the lab is on a usual day, points, shape (4,)."""
    return to_points(np.full(4, USUAL_UNITS))


def ordinary_spread(transition: Array) -> Array:
    """Return the covariance of ordinary days of both members, points squared, shape (2, 2, 2)."""
    cov = POINTS_PER_UNIT**2 * stationary_cov(transition, _ordinary_shocks())
    return np.stack([cov[:2, :2], cov[2:, 2:]])


@cache
def _population() -> Prior:
    return base_population()


def _ordinary_shocks() -> Array:
    prior = _population()
    return np.asarray(prior.process_scale / (prior.process_df - 5.0))


def _ordinary_couple(transition: Array) -> DyadParameters:
    prior = _population()
    return DyadParameters(
        level=np.full(4, USUAL_UNITS),
        transition=transition,
        process_cov=_ordinary_shocks(),
        loading=prior.item_rows(prior.loading),
        intercept=prior.item_rows(prior.intercept),
        measurement_var=prior.item_rows(prior.measurement_rate) / (prior.measurement_shape - 1.0),
    )
