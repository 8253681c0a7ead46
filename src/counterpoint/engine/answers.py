"""What may be said from a fit, and when (MODEL sections 6 and 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.domain.gates import NEAR_POINTS
from counterpoint.domain.plane import Place
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.gates import (
    DAYS_COUPLING,
    DAYS_LEVEL,
    DAYS_NEAR_WISH,
    DAYS_SAME_DAY,
    SURE_COST,
    SURE_DIRECTION,
    SURE_WISH,
    Reason,
    refusal,
)
from counterpoint.engine.quantities import (
    COST_PAIRS,
    COST_THRESHOLD,
    COUPLING_PAIRS,
    OFTEN_ALONE_SHARE,
    SAME_DAY_PAIRS,
)
from counterpoint.engine.states import STATE_NAMES, Array, rows_of
from counterpoint.engine.units import to_points


@dataclass(frozen=True)
class Answer:
    """One named quantity of one dyad.

    Parameters
    ----------
    quantity
        ``level``, ``same_day``, ``coupling``, ``cost`` or ``share``.
    effect, cause
        Names of states; of a pair that has no direction the two in index order; ``""`` where
        there is none. The share ``alone_together`` carries the two connections it is about.
    mean, sd, q05, q50, q95
        Posterior summary; level in points, others in their natural unit.
    prob
        same_day and coupling: P(> 0). cost: P(> .075). share: P(> .15 of days). level: ``None``.
    days
        Answered days it rests on.
    said
        Whether a person may be told.
    reason
        Why not (a `Reason`), ``""`` when said.
    """

    quantity: str
    effect: str
    cause: str
    mean: float
    sd: float
    q05: float
    q50: float
    q95: float
    prob: float | None
    days: int
    said: bool
    reason: str


@dataclass(frozen=True)
class _Gate:
    days: int
    level: float | None = None
    one_sided: bool = False
    never: bool = False


_GATES = {
    "level": _Gate(DAYS_LEVEL),
    "same_day": _Gate(DAYS_SAME_DAY, SURE_DIRECTION),
    "coupling": _Gate(DAYS_COUPLING, never=True),
    "cost": _Gate(DAYS_COUPLING, SURE_COST, one_sided=True),
    "share": _Gate(DAYS_SAME_DAY),
}


def answers_of(fit: DyadFit, *, day_gate: bool = True) -> tuple[Answer, ...]:
    """Return every named quantity of a fit with its gate.

    Parameters
    ----------
    fit
        A fit.
    day_gate
        ``False`` leaves out the count of days, for research on the gates themselves.

    Returns
    -------
    tuple of Answer
        4 levels, 6 same-day pairs, 16 couplings, 8 costs, 1 share.
    """
    return tuple(_answers(fit, day_gate))


def _answers(fit: DyadFit, day_gate: bool) -> Iterator[Answer]:
    found = fit.quantities
    days = fit.known_days
    blocks: tuple[tuple[str, Array, tuple[tuple[int, ...], ...], float | None], ...] = (
        ("level", found.level, tuple((i,) for i in range(4)), None),
        ("same_day", found.same_day, SAME_DAY_PAIRS, 0.0),
        ("coupling", found.coupling, COUPLING_PAIRS, 0.0),
        ("cost", found.cost, COST_PAIRS, COST_THRESHOLD),
        ("share", found.alone_share[:, None], ((0, 2),), OFTEN_ALONE_SHARE),
    )
    draws = np.concatenate([block[1] for block in blocks], axis=1)
    mean = draws.mean(axis=0)
    sd = draws.std(axis=0, ddof=1)
    quantiles = quantiles_of(draws, (0.05, 0.5, 0.95))
    column = 0
    for quantity, values, places, border in blocks:
        above = None if border is None else np.mean(values > border, axis=0)
        for k, place in enumerate(places):
            prob = None if above is None else float(above[k])
            reason = _reason(fit, quantity, place, prob, days if day_gate else None)
            yield Answer(
                quantity=quantity,
                effect=STATE_NAMES[place[0]],
                cause=STATE_NAMES[place[1]] if len(place) > 1 else "",
                mean=float(mean[column]),
                sd=float(sd[column]),
                q05=float(quantiles[0, column]),
                q50=float(quantiles[1, column]),
                q95=float(quantiles[2, column]),
                prob=prob,
                days=days,
                said=reason == "",
                reason=reason,
            )
            column += 1


def quantiles_of(draws: Array, shares: tuple[float, ...]) -> Array:
    """Return what `numpy.quantile` along the draws returns, a few times as fast.

    Sorting is many times as fast where a quantity's draws lie side by side.

    Parameters
    ----------
    draws
        Shape (n, quantities), no ``NaN``.
    shares
        From 0 to 1.

    Returns
    -------
    ndarray
        Shape (shares, quantities).

    References
    ----------
    Hyndman and Fan (1996), The American Statistician 50(4), definition 7.
    """
    ordered = np.sort(np.ascontiguousarray(draws.T), axis=1)
    last = ordered.shape[1] - 1
    found = np.empty((len(shares), len(ordered)))
    for row, share in enumerate(shares):
        below = min(int(share * last), max(last - 1, 0))
        weight = share * last - below
        low, high = ordered[:, below], ordered[:, min(below + 1, last)]
        # from the nearer of the two, as numpy does it
        found[row] = low + (high - low) * weight
        if weight >= 0.5:
            found[row] = high - (high - low) * (1.0 - weight)
    return found


def _reason(
    fit: DyadFit, quantity: str, place: tuple[int, ...], prob: float | None, days: int | None
) -> str:
    gate = _GATES[quantity]
    refused = refusal(fit, place, sentence=quantity != "level")
    if refused:
        return refused
    if gate.never:
        return Reason.INTERVAL_ONLY
    if days is not None and days < gate.days:
        return Reason.TOO_FEW_DAYS
    if gate.level is not None and prob is not None:
        sure = prob if gate.one_sided else max(prob, 1.0 - prob)
        if sure < gate.level:
            return Reason.NOT_SURE
    return ""


@dataclass(frozen=True, eq=False)
class PlaceAnswer:
    """Where one member is on the plane.

    Parameters
    ----------
    place
        Posterior mean in points.
    cov
        Posterior covariance of connection and self in points squared, shape (2, 2), for the
        ellipse.
    days
        Days this member answered.
    said, reason
        Whether it may be shown, and if not why.
    notes
        What to know beside it, see `DyadFit.notes_of`.
    """

    place: Place
    cov: Array
    days: int
    said: bool
    reason: str
    notes: tuple[str, ...] = ()


def place_answer(fit: DyadFit, member: Member) -> PlaceAnswer:
    """Return a member's place at the end of the window with its uncertainty."""
    rows = rows_of(member)
    points = to_points(fit.place[:, rows])
    mean = points.mean(axis=0)
    days = fit.days_of(member)
    reason = refusal(fit, rows, sentence=False)
    if not reason and days < DAYS_LEVEL:
        reason = Reason.TOO_FEW_DAYS
    return PlaceAnswer(
        place=Place(float(mean[0]), float(mean[1])),
        cov=np.cov(points, rowvar=False),
        days=days,
        said=reason == "",
        reason=reason,
        notes=fit.notes_of(rows),
    )


@dataclass(frozen=True)
class AgainstWish:
    """A member's place on one axis against their own wish.

    Parameters
    ----------
    above_prob, below_prob
        P(place above the wish), P(below).
    near_prob
        P(within 10 points of the wish).
    finding
        ``near``, ``above``, ``below``, or ``""`` when we cannot tell yet. Where both may be said,
        near goes first: it is the smaller claim.
    reason
        Why there is no finding, ``""`` when there is one.
    """

    above_prob: float
    below_prob: float
    near_prob: float
    finding: str
    reason: str


def against_wish(fit: DyadFit, member: Member, wish: Place) -> tuple[AgainstWish, AgainstWish]:
    """Return connection and self of a member against their own wish.

    Parameters
    ----------
    fit
        A fit.
    member
        Whose place.
    wish
        Where this member would like to be, in points.

    Returns
    -------
    tuple of AgainstWish
        For connection and for self. Said at a probability of .8; above or below from 6 answered
        days, near from 11.
    """
    rows = rows_of(member)
    points = to_points(fit.place[:, rows])
    days = fit.days_of(member)
    refused = refusal(fit, rows, sentence=True)
    return (
        _against(points[:, 0], wish.connection, days, refused),
        _against(points[:, 1], wish.self, days, refused),
    )


def _against(points: Array, wish: float, days: int, refused: str) -> AgainstWish:
    above = float(np.mean(points > wish))
    below = float(np.mean(points < wish))
    near = float(np.mean(np.abs(points - wish) <= NEAR_POINTS))
    finding, reason = "", refused
    if not refused:
        reason = Reason.NOT_SURE if days >= DAYS_LEVEL else Reason.TOO_FEW_DAYS
        if days >= DAYS_NEAR_WISH and near >= SURE_WISH:
            finding = "near"
        elif days >= DAYS_LEVEL and max(above, below) >= SURE_WISH:
            finding = "above" if above >= below else "below"
    return AgainstWish(
        above_prob=above,
        below_prob=below,
        near_prob=near,
        finding=finding,
        reason="" if finding else reason,
    )
