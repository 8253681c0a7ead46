"""What the engine reads from two people's days: arrays in, a joint picture out, no database.

Imported by the worker only, and only when it makes a picture: it loads the engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from counterpoint.domain.bearings import Bearing, InStep, Often, Room, SameDay
from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.domain.gates import DAYS_CLOSER
from counterpoint.domain.plane import Axis
from counterpoint.engine import (
    DyadDiary,
    DyadFit,
    Finding,
    alone_together,
    bearings,
    fit_dyad,
    fit_room,
    in_step,
    room_gap,
    shipped_prior,
    to_points,
    to_units,
    trade_off,
)
from counterpoint.engine.diary import TAP_ENDS
from counterpoint.engine.quantities import COSTS
from counterpoint.web.diary.between import EveningBetween
from counterpoint.web.diary.queries import EngineDay
from counterpoint.web.dynamics import banding
from counterpoint.web.dynamics.release_content import (
    Bands,
    Fifths,
    JointPicture,
    day_gate,
)
from counterpoint.web.dynamics.services.joint_numbers import Frictions, exact_numbers

ITEMS = (("c1", "c2", "c3"), ("s1", "s2", "s3"))
POINTS_A_TAP = 10.0
FIFTH_POINTS = 20.0

_ROOM = {"a_closer": Room.A, "alike": Room.ALIKE, "b_closer": Room.B}
_SAME_DAY = {"go_together": SameDay.TOGETHER, "take_turns": SameDay.TURNS}


@dataclass(frozen=True)
class Voice:
    """What one of the two said.

    Parameters
    ----------
    days
        Days for the model, oldest first.
    evenings
        The same days' answers about the two of them.
    """

    days: Sequence[EngineDay]
    evenings: Sequence[EveningBetween]

    @property
    def held(self) -> frozenset[date]:
        """Every day something was said on: these go into the picture."""
        return frozenset(day.day for day in self.days)


def read_together(
    voices: Mapping[Member, Voice],
    *,
    name: str,
    seed: int,
    share_places: bool,
    is_exact: bool,
    backend: str = "auto",
) -> JointPicture | None:
    """Fit two people's days together and say what a joint picture may hold.

    Parameters
    ----------
    voices
        What each said, nothing after the day the picture may hold.
    name
        Name of the dyad for the engine.
    seed
        Seed of the chain. It is drawn by chance and kept nowhere: who knows it could try out
        which answers of a day give this very picture.
    share_places
        Whether each lets the other see where they are.
    is_exact
        Whether both share their days.
    backend
        Sampler, as in `counterpoint.engine.fit_dyad`.

    Returns
    -------
    JointPicture or None
        ``None`` where the days are too few, the answers do not fit the model, or only the slow
        sampler is there.
    """
    if not all(voices[member].days for member in Member):
        return None
    diary = joint_diary(voices, name=name)
    events = 0 if diary.inputs is None else diary.inputs.shape[1]
    prior = shipped_prior(items=3, inputs=events)
    fit = fit_dyad(diary, prior=prior, backend=backend, seed=seed)
    return picture_of(fit, diary, voices, share_places=share_places, is_exact=is_exact)


def picture_of(
    fit: DyadFit,
    diary: DyadDiary,
    voices: Mapping[Member, Voice],
    *,
    share_places: bool,
    is_exact: bool,
) -> JointPicture | None:
    """Return what a joint picture of a fit may hold, or ``None`` where there is nothing to say."""
    gate = day_gate(fit.known_days)
    if gate is None or fit.provisional or fit.diagnostics.charts_only:
        return None
    first = _first_day(voices)
    frictions = _frictions(voices)
    bands = Bands(
        days=gate,
        costs=_costs(fit),
        own_same_day={
            member: _SAME_DAY.get(trade_off(fit, member).word, SameDay.NOT_SAID)
            for member in Member
        },
        in_step={
            axis: InStep(found.word or InStep.NOT_SAID)
            for axis, found in zip(Axis, in_step(fit), strict=True)
        },
        room=_ROOM.get(_room(fit, voices, first).word, Room.NOT_SAID),
        alone=Often(alone_together(fit).word or Often.NOT_SAID),
        adapt_detach=banding.often_of(frictions.adapt_detach),
        repair=banding.often_of(frictions.way_back),
        fields={member: _field(fit, member) for member in Member}
        if share_places and fit.known_days >= DAYS_CLOSER
        else None,
    )
    numbers = exact_numbers(fit, diary, frictions, first) if is_exact else None
    return JointPicture(bands, numbers)


def joint_diary(voices: Mapping[Member, Voice], *, name: str) -> DyadDiary:
    """Turn two people's days into the diary of their dyad.

    Friction is the larger report of the two, time together the mean of their reports; both are
    unknown on a day on which neither said so.
    """
    first = _first_day(voices)
    last = max(voices[member].days[-1].day for member in Member)
    count = (last - first).days + 1
    points = np.full((count, 4, 3), np.nan)
    together: npt.NDArray[np.float64] = np.full((count, 2), np.nan)
    friction: npt.NDArray[np.float64] = np.full((count, 2), np.nan)
    for who, member in enumerate(Member):
        for day in voices[member].days:
            at = (day.day - first).days
            for axis, items in enumerate(ITEMS):
                for position, item in enumerate(items):
                    if item in day.values:
                        points[at, 2 * who + axis, position] = day.values[item] * POINTS_A_TAP
            if day.together is not None:
                together[at, who] = day.together
            if day.friction is not None:
                friction[at, who] = day.friction
    known = ~np.isnan(together)
    mean = np.where(known, together, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    larger = np.where(np.isnan(friction), -1.0, friction).max(axis=1)
    marked = np.where(larger < 0, np.nan, larger)[:, None]
    return DyadDiary(
        items=to_units(points),
        inputs=marked if np.nansum(marked) > 0 else None,
        together=np.where(known.any(axis=1), mean, np.nan),
        dyad_id=name,
        ends=TAP_ENDS,
    )


def _first_day(voices: Mapping[Member, Voice]) -> date:
    return min(voices[member].days[0].day for member in Member)


def _frictions(voices: Mapping[Member, Voice]) -> Frictions:
    """Put the two together on days on which both said that there was friction."""
    of_day = {
        member: {each.day: each for each in voices[member].evenings if each.is_friction}
        for member in Member
    }
    both = [
        (of_day[Member.A][day], of_day[Member.B][day])
        for day in sorted(of_day[Member.A].keys() & of_day[Member.B].keys())
    ]
    told = [(a, b) for a, b in both if a.ways and b.ways]
    return Frictions(
        banding.adapt_detach_days([a.ways for a, _ in told], [b.ways for _, b in told]),
        banding.way_back_days(
            (a.found_back, b.found_back)
            for a, b in both
            if a.found_back is not None and b.found_back is not None
        ),
    )


def _costs(fit: DyadFit) -> dict[Member, dict[Cost, Bearing]]:
    costs: dict[Member, dict[Cost, Bearing]] = {member: {} for member in Member}
    for (cost, member), found in zip(COSTS, bearings(fit), strict=True):
        costs[member][cost] = Bearing(found.word or Bearing.NOT_SAID)
    return costs


def _room(fit: DyadFit, voices: Mapping[Member, Voice], first: date) -> Finding:
    fits = []
    for member in Member:
        room = np.full(fit.smoothed_mean.shape[0], np.nan)
        for evening in voices[member].evenings:
            at = (evening.day - first).days
            if evening.room is not None and 0 <= at < len(room):
                room[at] = evening.room
        fits.append(fit_room(room, fit, member))
    return room_gap(fits[0], fits[1], fit)


def _field(fit: DyadFit, member: Member) -> Fifths:
    """Return the fifths that the middle nine of ten draws of the place touch."""
    rows = (0, 1) if member is Member.A else (2, 3)
    points = np.clip(to_points(fit.place[:, rows]), 0.0, 100.0 - 1e-9)
    low, high = np.quantile(points, (0.05, 0.95), axis=0)

    def fifth(value: float) -> int:
        return int(value // FIFTH_POINTS)

    return (
        (fifth(float(low[0])), fifth(float(high[0]))),
        (fifth(float(low[1])), fifth(float(high[1]))),
    )
