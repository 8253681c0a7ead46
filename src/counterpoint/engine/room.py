"""More room or more closeness: the evening answer W, a model of its own (MODEL section 6).

W is on neither axis. Its level says what a person would like; the gap between the two says how
far their wishes lie apart; its slope says whether the wish for closeness grows after the partner
was far. Nothing here names a pursuer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.engine.finding import Finding, find
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.gates import (
    DAYS_COUPLING,
    DAYS_LEVEL,
    DAYS_NEAR_WISH,
    SURE_BAND,
    SURE_DIRECTION,
    refusal,
)
from counterpoint.engine.states import STATE_NAMES, Array, rows_of
from counterpoint.errors import DataError

WIDEST = 5.0
LEVEL_SPREAD = 2.0
SLOPE_SPREAD = 0.5
NOISE_DF = 4.0
NOISE_SCALE = 4.0
SAME_GAP = 1.0
MEMORY_SHARES = (0.0, 0.3, 0.6, 0.9)
CARRY_OVERS = (0.2, 0.5, 0.8, 0.95)
ROOM_DRAWS = 2000


@dataclass(frozen=True, eq=False)
class RoomFit:
    """What one member would like: posterior draws.

    Parameters
    ----------
    member
        Whose answers.
    level
        Mean answer, taps from -5 (more room) over 0 (as it is) to 5 (more closeness), shape (n,).
    slope
        Taps per unit (15 points) of yesterday's connection, own and the partner's, shape (n, 2).
    days
        Days with an answer.
    pairs
        Of those, days whose day before lies in the window.
    """

    member: Member
    level: Array
    slope: Array
    days: int
    pairs: int


def fit_room(
    room: Array, fit: DyadFit, member: Member, *, rng: np.random.Generator | None = None
) -> RoomFit:
    r"""Fit one member's room-closeness answers.

    .. math::

        w_t = \alpha + \beta_{own} c_{p,t-1} + \beta_{partner} c_{q,t-1} + e_t, \qquad
        cov(e_t, e_s) = \sigma^2 ((1 - k) 1_{t=s} + k \rho^{|t-s|})

    with c the smoothed connection of the fit less its mean, so that alpha is the level. Given
    (k, rho) the model is conjugate (normal and inverse gamma); (k, rho) is averaged over a grid
    of 4 x 4 values of equal prior weight by its exact marginal likelihood.

    Parameters
    ----------
    room
        Answers in taps -5 to 5, one a row of the fitted diary, ``NaN`` where missing.
    fit
        The fit of the same rows. W did not enter it.
    member
        Whose.
    rng
        Source of chance; by default from the seed of the fit.

    Raises
    ------
    DataError
        If there is not one answer a row, or one lies outside -5 and 5.

    Notes
    -----
    Prior: alpha ~ N(0, (2 sigma)^2), beta ~ N(0, (sigma/2)^2), sigma^2 ~ InvGamma(2, 8). A day
    with no row before it teaches the level only. The uncertainty of the smoothed connections is
    not carried on: the mean of a state given the answers is what regression on the state itself
    needs (Berkson error), but slopes of couples with few answers come out a little too sure.

    References
    ----------
    Gelman and others (2013), Bayesian Data Analysis, chapter 14 (conjugate regression);
    Carroll and others (2006), Measurement Error in Nonlinear Models, chapter 4.
    """
    days = fit.smoothed_mean.shape[0]
    if room.shape != (days,):
        raise DataError(f"room must have the shape ({days},), one answer a row of the fit.")
    if np.any(np.abs(room[~np.isnan(room)]) > WIDEST):
        raise DataError("room-closeness answers lie between -5 (room) and 5 (closeness).")
    rng = np.random.default_rng(fit.seed) if rng is None else rng
    own, partner = rows_of(member)[0], rows_of(member.other)[0]
    before = np.zeros((days, 2))
    before[1:] = fit.smoothed_mean[:-1][:, [own, partner]]
    before[1:] -= before[1:].mean(axis=0) if days > 1 else 0.0
    at = np.flatnonzero(~np.isnan(room))
    design = np.column_stack([np.ones(at.size), before[at]])
    spread = np.array([LEVEL_SPREAD, SLOPE_SPREAD, SLOPE_SPREAD]) ** 2
    if not fit.observed[partner // 2]:
        design[:, 2] = 0.0
    answers = room[at]
    apart = np.abs(at[:, None] - at[None, :])
    cells = [
        _Cell.of(answers, design, spread, apart=apart, share=share, carry=carry)
        for share in MEMORY_SHARES
        for carry in (CARRY_OVERS if share else CARRY_OVERS[:1])
    ]
    weight = np.array([cell.log_evidence for cell in cells])
    prior_weight = np.array([1.0 if cell.share else len(CARRY_OVERS) for cell in cells])
    weight = prior_weight * np.exp(weight - weight.max())
    counts = rng.multinomial(ROOM_DRAWS, weight / weight.sum())
    draws = np.concatenate(
        [cell.draw(int(count), rng) for cell, count in zip(cells, counts, strict=True)]
    )
    draws = draws[rng.permutation(ROOM_DRAWS)]
    return RoomFit(
        member=member,
        level=draws[:, 0],
        slope=draws[:, 1:],
        days=int(at.size),
        pairs=int(np.sum(at > 0)),
    )


@dataclass(frozen=True, eq=False)
class _Cell:
    """The conjugate posterior at one memory of the noise."""

    share: float
    mean: Array
    root: Array
    shape: float
    rate: float
    log_evidence: float

    @classmethod
    def of(
        cls,
        answers: Array,
        design: Array,
        spread: Array,
        *,
        apart: np.ndarray,
        share: float,
        carry: float,
    ) -> _Cell:
        cov = share * carry ** apart.astype(np.float64)
        cov[np.diag_indices_from(cov)] += 1.0 - share
        lower = np.linalg.cholesky(cov) if answers.size else np.zeros((0, 0))
        x = np.linalg.solve(lower, design) if answers.size else design
        y = np.linalg.solve(lower, answers) if answers.size else answers
        precision = x.T @ x + np.diag(1.0 / spread)
        root = np.linalg.cholesky(precision)
        mean = np.linalg.solve(precision, x.T @ y)
        shape = 0.5 * (NOISE_DF + answers.size)
        rate = 0.5 * (NOISE_DF * NOISE_SCALE + float(y @ y - mean @ precision @ mean))
        log = -shape * np.log(rate) - np.sum(np.log(np.diag(root)))
        log -= np.sum(np.log(np.diag(lower))) if answers.size else 0.0
        return cls(share, mean, root, shape, rate, float(log))

    def draw(self, n: int, rng: np.random.Generator) -> Array:
        sigma = np.sqrt(self.rate / rng.gamma(self.shape, size=n))
        noise = np.linalg.solve(self.root.T, rng.standard_normal((3, n)))
        return np.asarray(self.mean + sigma[:, None] * noise.T)


def room_level(room: RoomFit, fit: DyadFit) -> Finding:
    """Return what a member would like on the whole; words ``more_room``, ``more_closeness``."""
    row = rows_of(room.member)[0]
    return find(
        room.level,
        quantity="room_level",
        about=STATE_NAMES[row],
        days=room.days,
        needed=DAYS_LEVEL,
        words={"more_room": room.level < 0, "more_closeness": room.level > 0},
        sure=SURE_DIRECTION,
        refused=refusal(fit, (row,), sentence=True),
    )


def room_gap(room_a: RoomFit, room_b: RoomFit, fit: DyadFit) -> Finding:
    """Return how far the wishes lie apart, a minus b, in taps: three bands.

    Words: ``a_closer`` (a would like more closeness than b, by more than one tap), ``alike``
    (within one tap), ``b_closer``; said at P >= .8 from 11 days of each.
    """
    gap = room_a.level - room_b.level
    return find(
        gap,
        quantity="room_gap",
        about="connection_a,connection_b",
        days=min(room_a.days, room_b.days),
        needed=DAYS_NEAR_WISH,
        words={
            "a_closer": gap > SAME_GAP,
            "alike": np.abs(gap) <= SAME_GAP,
            "b_closer": gap < -SAME_GAP,
        },
        sure=SURE_BAND,
        refused=refusal(fit, (0, 2), sentence=True),
    )


def room_slopes(room: RoomFit, fit: DyadFit) -> tuple[Finding, Finding]:
    """Return how the wish follows yesterday's connection, own and the partner's.

    Taps per unit of 15 points. Words ``room_after_near`` (below zero: nearer days are followed
    by a wish for more room, farther ones by one for closeness) and ``closeness_after_near``.
    The same number is read both ways. Said at P >= .9 from 42 days.
    """
    own, partner = rows_of(room.member)[0], rows_of(room.member.other)[0]
    found = []
    for column, (quantity, cause) in enumerate(
        (("room_on_own", own), ("room_on_partner", partner))
    ):
        slope = room.slope[:, column]
        refused = refusal(fit, (own, cause), sentence=True)
        found.append(
            find(
                slope,
                quantity=quantity,
                about=f"{STATE_NAMES[own]},{STATE_NAMES[cause]}",
                days=min(room.pairs, fit.known_days),
                needed=DAYS_COUPLING,
                words={"room_after_near": slope < 0, "closeness_after_near": slope > 0},
                sure=SURE_DIRECTION,
                refused=refused,
            )
        )
    return found[0], found[1]
