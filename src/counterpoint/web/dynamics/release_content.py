"""What a joint picture holds: bands, and in the open diary numbers. Stored as JSON, read back.

The default content is made of words from short lists and nothing else: no number of days, no
decimal, no date. What it does not hold cannot be read from the page, its source or its pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from counterpoint.domain.bearings import Bearing, InStep, Often, Room, SameDay
from counterpoint.domain.couplings import Cost, State
from counterpoint.domain.dyad import Member
from counterpoint.domain.gates import DAYS_CLOSER, DAYS_COUPLING, DAYS_MOVES, DAYS_SAME_DAY
from counterpoint.domain.plane import Axis
from counterpoint.web.dynamics.results import Quantity

FORM = 1
"""Version of the stored form; a form this code does not know is not shown."""

DAY_GATES = (DAYS_CLOSER, DAYS_SAME_DAY, DAYS_COUPLING, DAYS_MOVES)
"""Answered days of each are told as the highest of these that both passed."""

Fifths = tuple[tuple[int, int], tuple[int, int]]
"""First and last fifth (0 to 4) of connection and of self."""


@dataclass(frozen=True)
class Bands:
    """The whole of a default joint picture.

    Parameters
    ----------
    days
        The gate both passed.
    costs
        Where each coupling leans, by member and cost.
    own_same_day
        How nearness and self of each lie on the same day.
    in_step
        How far the two rise and fall on the same days, by axis.
    room
        Who would rather have had more closeness.
    alone, adapt_detach, repair
        How often both felt far apart; how often one gave in while the other shut down; how often
        both said that they found their way back.
    fields
        Where each most likely is, in fifths; ``None`` unless each lets the other see it.
    """

    days: int
    costs: Mapping[Member, Mapping[Cost, Bearing]]
    own_same_day: Mapping[Member, SameDay]
    in_step: Mapping[Axis, InStep]
    room: Room
    alone: Often
    adapt_detach: Often
    repair: Often
    fields: Mapping[Member, Fifths] | None

    def swapped(self) -> Bands:
        """Return the same picture with the two members exchanged."""
        room = {Room.A: Room.B, Room.B: Room.A}.get(self.room, self.room)
        return Bands(
            days=self.days,
            costs={member: self.costs[member.other] for member in Member},
            own_same_day={member: self.own_same_day[member.other] for member in Member},
            in_step=self.in_step,
            room=room,
            alone=self.alone,
            adapt_detach=self.adapt_detach,
            repair=self.repair,
            fields=None
            if self.fields is None
            else {member: self.fields[member.other] for member in Member},
        )


@dataclass(frozen=True)
class Numbers:
    """What an open diary adds: both share their days, so that nothing is left to work out.

    Parameters
    ----------
    first_on
        The day the notes begin.
    notes
        Nearness and self of each day in points, ``None`` where unknown, by member.
    answered
        Answered days of each.
    place, spread
        Mean place in points and its 2 × 2 covariance, by member; both ``None`` unless each lets
        the other see it.
    own_same_day
        Correlation of nearness and self of each.
    between
        Correlation of the two on each axis.
    couplings
        The 16 couplings by ``(effect, cause)``.
    alone_days
        Days of ten on which both felt far apart, 5 % and 95 % points.
    adapt_detach, repair
        Count and days it is out of.
    """

    first_on: date
    notes: Mapping[Member, tuple[tuple[float | None, float | None] | None, ...]]
    answered: Mapping[Member, int]
    place: Mapping[Member, tuple[float, float]] | None
    spread: Mapping[Member, tuple[tuple[float, float], tuple[float, float]]] | None
    own_same_day: Mapping[Member, Quantity]
    between: Mapping[Axis, Quantity]
    couplings: Mapping[tuple[State, State], Quantity]
    alone_days: tuple[float, float]
    adapt_detach: tuple[int, int]
    repair: tuple[int, int]

    def swapped(self) -> Numbers:
        """Return the same numbers with the two members exchanged."""
        return Numbers(
            first_on=self.first_on,
            notes=_swapped(self.notes),
            answered=_swapped(self.answered),
            place=None if self.place is None else _swapped(self.place),
            spread=None if self.spread is None else _swapped(self.spread),
            own_same_day=_swapped(self.own_same_day),
            between=self.between,
            couplings={
                (_other_state(effect), _other_state(cause)): quantity
                for (effect, cause), quantity in self.couplings.items()
            },
            alone_days=self.alone_days,
            adapt_detach=self.adapt_detach,
            repair=self.repair,
        )


@dataclass(frozen=True)
class JointPicture:
    """A joint picture: bands for both, numbers where the diary is open."""

    bands: Bands
    numbers: Numbers | None = None

    def seen_by(self, member: Member) -> JointPicture:
        """Return the picture with the viewer as member a."""
        if member is Member.A:
            return self
        return JointPicture(
            self.bands.swapped(), None if self.numbers is None else self.numbers.swapped()
        )

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {
            "form": FORM,
            "bands": _bands_to_json(self.bands),
            "numbers": None if self.numbers is None else _numbers_to_json(self.numbers),
        }


def read_picture(stored: Mapping[str, Any] | None) -> JointPicture | None:
    """Return a stored picture, or ``None`` if it is in a form this code does not know."""
    if stored is None or stored.get("form") != FORM:
        return None
    numbers = stored["numbers"]
    return JointPicture(
        _read_bands(stored["bands"]), None if numbers is None else _read_numbers(numbers)
    )


def without_places(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored picture without the two places: their fifths, and their exact points."""
    left = dict(stored)
    if isinstance(left.get("bands"), dict):
        left["bands"] = {**left["bands"], "fields": None}
    if isinstance(left.get("numbers"), dict):
        left["numbers"] = {**left["numbers"], "place": None, "spread": None}
    return left


def day_gate(days: int) -> int | None:
    """Return the highest gate so many days passed, ``None`` below the first."""
    passed = [gate for gate in DAY_GATES if days >= gate]
    return passed[-1] if passed else None


def _swapped(of_each: Mapping[Member, Any]) -> dict[Member, Any]:
    return {member: of_each[member.other] for member in Member}


def _other_state(state: State) -> State:
    return State(f"{state.axis.value}_{state.member.other.value}")


def _bands_to_json(bands: Bands) -> dict[str, Any]:
    return {
        "days": bands.days,
        "costs": {
            member.value: {cost.value: bands.costs[member][cost].value for cost in Cost}
            for member in Member
        },
        "own_same_day": {member.value: bands.own_same_day[member].value for member in Member},
        "in_step": {axis.value: bands.in_step[axis].value for axis in Axis},
        "room": bands.room.value,
        "alone": bands.alone.value,
        "adapt_detach": bands.adapt_detach.value,
        "repair": bands.repair.value,
        "fields": None
        if bands.fields is None
        else {member.value: [list(span) for span in bands.fields[member]] for member in Member},
    }


def _read_bands(stored: Mapping[str, Any]) -> Bands:
    fields = stored["fields"]
    return Bands(
        days=stored["days"],
        costs={
            member: {cost: Bearing(stored["costs"][member.value][cost.value]) for cost in Cost}
            for member in Member
        },
        own_same_day={m: SameDay(stored["own_same_day"][m.value]) for m in Member},
        in_step={axis: InStep(stored["in_step"][axis.value]) for axis in Axis},
        room=Room(stored["room"]),
        alone=Often(stored["alone"]),
        adapt_detach=Often(stored["adapt_detach"]),
        repair=Often(stored["repair"]),
        fields=None
        if fields is None
        else {
            m: (
                (fields[m.value][0][0], fields[m.value][0][1]),
                (fields[m.value][1][0], fields[m.value][1][1]),
            )
            for m in Member
        },
    )


def _numbers_to_json(numbers: Numbers) -> dict[str, Any]:
    return {
        "first_on": numbers.first_on.isoformat(),
        "notes": {m.value: numbers.notes[m] for m in Member},
        "answered": {m.value: numbers.answered[m] for m in Member},
        "place": None if numbers.place is None else {m.value: numbers.place[m] for m in Member},
        "spread": None if numbers.spread is None else {m.value: numbers.spread[m] for m in Member},
        "own_same_day": {m.value: asdict(numbers.own_same_day[m]) for m in Member},
        "between": {axis.value: asdict(numbers.between[axis]) for axis in Axis},
        "couplings": [
            [effect.value, cause.value, asdict(quantity)]
            for (effect, cause), quantity in numbers.couplings.items()
        ],
        "alone_days": numbers.alone_days,
        "adapt_detach": numbers.adapt_detach,
        "repair": numbers.repair,
    }


def _read_numbers(stored: Mapping[str, Any]) -> Numbers:
    def spread(rows: Any) -> tuple[tuple[float, float], tuple[float, float]]:
        (a, b), (c, d) = rows
        return (a, b), (c, d)

    return Numbers(
        first_on=date.fromisoformat(stored["first_on"]),
        notes={
            m: tuple(None if day is None else (day[0], day[1]) for day in stored["notes"][m.value])
            for m in Member
        },
        answered={m: stored["answered"][m.value] for m in Member},
        place=None
        if stored["place"] is None
        else {m: (stored["place"][m.value][0], stored["place"][m.value][1]) for m in Member},
        spread=None
        if stored["spread"] is None
        else {m: spread(stored["spread"][m.value]) for m in Member},
        own_same_day={m: Quantity(**stored["own_same_day"][m.value]) for m in Member},
        between={axis: Quantity(**stored["between"][axis.value]) for axis in Axis},
        couplings={
            (State(effect), State(cause)): Quantity(**quantity)
            for effect, cause, quantity in stored["couplings"]
        },
        alone_days=(stored["alone_days"][0], stored["alone_days"][1]),
        adapt_detach=(stored["adapt_detach"][0], stored["adapt_detach"][1]),
        repair=(stored["repair"][0], stored["repair"][1]),
    )
