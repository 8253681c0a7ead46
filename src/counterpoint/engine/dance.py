"""What the two of them do together: who feels closer, who moves whom, in step, how long it lasts.

Each is a function of posterior draws with its own gate (MODEL sections 6 and 7). None of them is
a label for a person or a couple.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.engine.finding import Finding, Truth, find
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.gates import (
    DAYS_CLOSER,
    DAYS_COUPLING,
    DAYS_MOVES,
    DAYS_SAME_DAY,
    SURE_BAND,
    SURE_COST,
    SURE_DIRECTION,
    SURE_MOVES,
    Reason,
    refusal,
)
from counterpoint.engine.modes import half_life_days
from counterpoint.engine.quantities import COST_PAIRS, COST_SIGNS, COST_THRESHOLD, COSTS
from counterpoint.engine.states import STATE_NAMES, Array, rows_of
from counterpoint.engine.stationary import correlations
from counterpoint.engine.units import POINTS_PER_UNIT, to_points

ALL_STATES = (0, 1, 2, 3)
LITTLE_IN_STEP = 0.2
MUCH_IN_STEP = 0.5
ALONE_BORDERS = (0.1, 0.3)
"""Shares of days between hardly ever, now and then, and often."""
STEADY_SD_POINTS = 13.0
SURFACE_CONNECTION_POINTS = 60.0
SURFACE_SELF_POINTS = 62.0
SURFACE_STEP = 0.3
ENGULFMENT = "engulfment"
THREATENED = "threatened_by_partners_self"


def who_feels_closer(fit: DyadFit) -> Finding:
    """Return connection of a minus connection of b in points; words ``a``, ``b``."""
    gap = POINTS_PER_UNIT * (fit.place[:, 0] - fit.place[:, 2])
    return find(
        gap,
        quantity="who_feels_closer",
        about="connection_a,connection_b",
        days=fit.known_days,
        needed=DAYS_CLOSER,
        words={"a": gap > 0, "b": gap < 0},
        sure=SURE_DIRECTION,
        refused=refusal(fit, (0, 2), sentence=True),
        notes=fit.notes_of((0, 2)),
    )


def who_moves_whom(fit: DyadFit) -> Finding:
    r"""Return ``|A[b<-a]| - |A[a<-b]|`` (Frobenius); word: from whom more of the after-effects run.

    Words are ``a`` and ``b``. It is about after-effects from one day to the next, never about
    power, and it is a difference of two sizes that are never negative.
    """
    from_a = np.sqrt(np.sum(fit.transition[:, 2:, :2] ** 2, axis=(1, 2)))
    from_b = np.sqrt(np.sum(fit.transition[:, :2, 2:] ** 2, axis=(1, 2)))
    lead = from_a - from_b
    return find(
        lead,
        quantity="who_moves_whom",
        days=fit.known_days,
        needed=DAYS_MOVES,
        words={"a": lead > 0, "b": lead < 0},
        sure=SURE_MOVES,
        refused=refusal(fit, ALL_STATES, sentence=True),
        notes=fit.notes_of(ALL_STATES),
    )


def half_life(fit: DyadFit) -> Finding:
    """Return after how many days a shake has halved: a band from the 5 to the 95 % draw.

    For the diary of a person alone it is that of their own two states.
    """
    states = [row for row in ALL_STATES if fit.observed[row // 2]]
    block = fit.transition[:, states][:, :, states] if states else fit.transition
    return find(
        half_life_days(block, steps_a_day=fit.steps_a_day),
        quantity="half_life_days",
        days=fit.known_days,
        needed=DAYS_COUPLING,
        refused=refusal(fit, states or ALL_STATES, sentence=True),
        notes=fit.notes_of(states),
    )


def in_step(fit: DyadFit) -> tuple[Finding, Finding]:
    """Return same-day correlations of the two connections and of the two selves.

    Words are ``little`` (below .2), ``some``, ``much`` (.5 and above). None of them is better.
    """
    correlation = _same_day(fit)
    found = []
    for name, i, j in (("connections_in_step", 0, 2), ("selves_in_step", 1, 3)):
        value = correlation[:, i, j]
        found.append(
            find(
                value,
                quantity=name,
                about=f"{STATE_NAMES[i]},{STATE_NAMES[j]}",
                days=fit.known_days,
                needed=DAYS_SAME_DAY,
                words={
                    "little": value < LITTLE_IN_STEP,
                    "some": (value >= LITTLE_IN_STEP) & (value < MUCH_IN_STEP),
                    "much": value >= MUCH_IN_STEP,
                },
                sure=SURE_BAND,
                refused=refusal(fit, (i, j), sentence=True),
                notes=fit.notes_of((i, j)),
            )
        )
    return found[0], found[1]


def alone_together(fit: DyadFit) -> Finding:
    """Return the share of days on which both felt far apart, both connections below 45 points.

    Words are ``hardly_ever`` (less than a tenth), ``now_and_then``, ``often`` (more than three
    tenths).
    """
    share = fit.quantities.alone_share
    low, high = ALONE_BORDERS
    return find(
        share,
        quantity="alone_together",
        about="connection_a,connection_b",
        days=fit.known_days,
        needed=DAYS_SAME_DAY,
        words={
            "hardly_ever": share < low,
            "now_and_then": (share >= low) & (share <= high),
            "often": share > high,
        },
        sure=SURE_BAND,
        refused=refusal(fit, (0, 2), sentence=True),
        notes=fit.notes_of((0, 2)),
    )


def trade_off(fit: DyadFit, member: Member) -> Finding:
    """Return minus the same-day correlation of a member's connection and self.

    Words: ``take_turns`` when above zero, ``go_together`` below. Which of the two makes way
    cannot be told from it.
    """
    rows = rows_of(member)
    value = -_same_day(fit)[:, rows[0], rows[1]]
    return find(
        value,
        quantity="trade_off",
        about=f"{STATE_NAMES[rows[0]]},{STATE_NAMES[rows[1]]}",
        days=fit.days_of(member),
        needed=DAYS_SAME_DAY,
        words={"take_turns": value > 0, "go_together": value < 0},
        sure=SURE_DIRECTION,
        refused=refusal(fit, rows, sentence=True),
        notes=fit.notes_of(rows),
    )


def surface_parts(fit: DyadFit, member: Member) -> tuple[Finding, ...]:
    """Return the four parts of "steady on the surface", side by side and never summed up.

    The day-to-day sd of connection in points, the level of connection, the level of self, and
    how far the two connections are in step. Each is an interval with the probability that the
    part holds (`Finding.prob`: sd below 13 points, connection below 60, self above 62,
    correlation below .3); none is ever said, and together they say nothing about meaning or depth.
    """
    c, s = rows_of(member)
    cov = fit.stationary_cov
    spread = POINTS_PER_UNIT * np.sqrt(cov[:, c, c])
    place = to_points(fit.place)
    step = correlations(cov)[:, 0, 2]
    parts: tuple[tuple[str, tuple[int, ...], Array, Truth], ...] = (
        ("connection_sd", (c,), spread, spread < STEADY_SD_POINTS),
        ("connection_level", (c,), place[:, c], place[:, c] < SURFACE_CONNECTION_POINTS),
        ("self_level", (s,), place[:, s], place[:, s] > SURFACE_SELF_POINTS),
        ("connections_in_step", (0, 2), step, step < SURFACE_STEP),
    )
    return tuple(
        find(
            values,
            quantity=f"surface_{name}",
            about=",".join(STATE_NAMES[row] for row in rows),
            days=fit.known_days,
            needed=DAYS_SAME_DAY,
            words={name: holds},
            refused=refusal(fit, rows, sentence=True) or Reason.INTERVAL_ONLY,
            notes=fit.notes_of(rows),
        )
        for name, rows, values, holds in parts
    )


def further_costs(fit: DyadFit) -> tuple[Finding, ...]:
    """Return engulfment and being threatened by the partner's self, both for a and b.

    Engulfment is ``-A[S_p, C_q]``, the other ``-A[C_p, S_q]``; word ``costs`` at P(> .075) >= .8.
    They are the weakest of the named couplings.
    """
    found = []
    for member in Member:
        (c, s), (partner_c, partner_s) = rows_of(member), rows_of(member.other)
        for quantity, effect, cause in ((ENGULFMENT, s, partner_c), (THREATENED, c, partner_s)):
            cost = -fit.transition[:, effect, cause]
            found.append(
                find(
                    cost,
                    quantity=quantity,
                    about=f"{STATE_NAMES[effect]},{STATE_NAMES[cause]}",
                    days=fit.known_days,
                    needed=DAYS_COUPLING,
                    words={"costs": cost > COST_THRESHOLD},
                    sure=SURE_COST,
                    refused=refusal(fit, (effect, cause), sentence=True),
                    notes=fit.notes_of((effect, cause)),
                )
            )
    return tuple(found)


def bearings(fit: DyadFit) -> tuple[Finding, ...]:
    """Return for each of the four costs of a, then of b, whether it ``costs`` or ``supports``.

    The default release of a couple carries these words alone: P >= .8 beyond .075 on either side.
    """
    return tuple(_bearings(fit))


def _bearings(fit: DyadFit) -> Iterator[Finding]:
    for (cost, _), (effect, cause), sign in zip(COSTS, COST_PAIRS, COST_SIGNS, strict=True):
        value = sign * fit.transition[:, effect, cause]
        yield find(
            value,
            quantity=cost.value,
            about=f"{STATE_NAMES[effect]},{STATE_NAMES[cause]}",
            days=fit.known_days,
            needed=DAYS_COUPLING,
            words={"costs": value > COST_THRESHOLD, "supports": value < -COST_THRESHOLD},
            sure=SURE_COST,
            refused=refusal(fit, (effect, cause), sentence=True),
            notes=fit.notes_of((effect, cause)),
        )


def _same_day(fit: DyadFit) -> Array:
    return correlations(fit.stationary_cov)
