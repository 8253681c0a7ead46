"""Findings of fits of simulated diaries, each beside what is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from counterpoint.cohort.room_diaries import RoomTruth
from counterpoint.domain.dyad import Member
from counterpoint.engine import (
    DyadFit,
    DyadParameters,
    Finding,
    Movement,
    alone_together,
    bearings,
    effect_of_offers,
    fit_room,
    further_costs,
    half_life,
    half_life_days,
    in_step,
    item_change,
    level_changes,
    repair_of,
    room_gap,
    room_level,
    room_slopes,
    surface_parts,
    trade_off,
)
from counterpoint.engine.dance import ALONE_BORDERS, LITTLE_IN_STEP, MUCH_IN_STEP
from counterpoint.engine.gates import SURE_BAND, SURE_COST, SURE_DIRECTION, SURE_HELPS
from counterpoint.engine.movement import SAME_WITHIN_POINTS
from counterpoint.engine.quantities import COST_THRESHOLD, quantities_of_truth
from counterpoint.engine.repair import CONNECTION_BACK, SELF_BACK
from counterpoint.engine.room import SAME_GAP, RoomFit
from counterpoint.engine.states import STATE_NAMES, rows_of
from counterpoint.engine.stationary import correlations, stationary_cov
from counterpoint.engine.units import POINTS_PER_UNIT

ANY = 10**6
"""More days, or events, than any gate asks for."""

PLACES = ("first", "second", "third")
"""What an item is called by its position."""

Told = tuple[str, float | None, Finding, float, str]
"""Name, stated probability, finding, true number, and the word that is true of it."""


@dataclass(frozen=True)
class Known:
    """One finding beside what is true.

    Parameters
    ----------
    name
        What it is about; both members have the same name.
    stated
        The probability from which on a word is said; ``None`` where there is none to say.
    free, gated
        The finding with counts of days and events off and on.
    truth
        The true number.
    word
        The word that is true.
    """

    name: str
    stated: float | None
    free: Finding
    gated: Finding
    truth: float
    word: str


def known_findings(
    fit: DyadFit, truth: DyadParameters, room: RoomTruth, *, conflict: int, offer: int
) -> Iterator[Known]:
    """Yield every finding of one fit with its truth.

    Parameters
    ----------
    fit
        A fit of a simulated diary.
    truth
        What it was simulated from.
    room
        What the couple would like.
    conflict, offer
        Columns of these events.
    """
    rooms = tuple(fit_room(room.answers[:, who], fit, member) for who, member in enumerate(Member))
    ungated = replace(
        fit, answered_days=(ANY, ANY), event_counts=tuple(ANY for _ in fit.event_counts)
    )
    any_rooms = tuple(replace(one, days=ANY, pairs=ANY) for one in rooms)

    def every(seen: DyadFit, with_rooms: tuple[RoomFit, ...]) -> Iterator[Told]:
        yield from _of_events(seen, truth, conflict=conflict, offer=offer)
        yield from _of_days(seen, truth)
        yield from _of_room(seen, with_rooms, room)

    yield from _paired(every(ungated, any_rooms), every(fit, rooms))


def known_changes(
    movement: Movement,
    truth: DyadParameters,
    *,
    members: Sequence[Member] = tuple(Member),
    items: Sequence[tuple[int, int]] = ((0, 2), (1, 2)),
) -> Iterator[Known]:
    """Yield the changes between two stretches with their truth.

    Parameters
    ----------
    movement
        A fit of two simulated stretches.
    truth
        What they were simulated from; its trend is the change.
    members
        Whose.
    items
        State (0 connection, 1 self) and position of each single item.

    Notes
    -----
    Of single items the days are counted either way.
    """
    ungated = replace(movement, answered_days=(ANY, ANY))
    yield from _paired(_levels(ungated, truth, members), _levels(movement, truth, members))
    single = list(_items(movement, truth, members, items))
    yield from _paired(single, single)


def _paired(free: Iterable[Told], gated: Iterable[Told]) -> Iterator[Known]:
    for one, other in zip(free, gated, strict=True):
        name, stated, finding, value, word = one
        yield Known(name, stated, finding, other[2], value, word)


def _of_events(fit: DyadFit, truth: DyadParameters, *, conflict: int, offer: int) -> Iterator[Told]:
    step = truth.transition
    later = np.linalg.matrix_power(step, 2) @ truth.input_effect[:, conflict]
    next_day = step @ truth.input_effect[:, offer]
    for member in Member:
        connection, own = rows_of(member)
        found = repair_of(fit, member, event=conflict)
        for finding, row in ((found.collapse, own), (found.withdrawal, connection)):
            value = POINTS_PER_UNIT * float(truth.input_effect[row, conflict])
            word = "lower" if value < 0 else "higher"
            yield finding.quantity, SURE_DIRECTION, finding, value, word
        back = later[own] > SELF_BACK and later[connection] > CONNECTION_BACK
        yield (
            "after two days",
            SURE_BAND,
            found.after_two_days,
            POINTS_PER_UNIT * float(later[own]),
            "repaired" if back else "still_down",
        )
        offers = effect_of_offers(fit, member, event=offer)
        for words, pair, effect in (
            ("offer, same evening", offers.same_evening, truth.input_effect[:, offer]),
            ("offer, next day", offers.next_day, next_day),
        ):
            for finding, row in zip(pair, (connection, own), strict=True):
                value = POINTS_PER_UNIT * float(effect[row])
                name = f"{words}: {STATE_NAMES[row][:-2]}"
                yield name, SURE_HELPS, finding, value, "helps" if value > 0 else "hinders"


def _of_days(fit: DyadFit, truth: DyadParameters) -> Iterator[Told]:
    known = quantities_of_truth(truth)
    cov = stationary_cov(truth.transition[None], truth.process_cov[None])
    link = correlations(cov)[0]
    low, high = ALONE_BORDERS
    share = float(known.alone_share[0])
    word = "hardly_ever" if share < low else "often" if share > high else "now_and_then"
    yield "alone together", SURE_BAND, alone_together(fit), share, word
    for finding, (i, j) in zip(in_step(fit), ((0, 2), (1, 3)), strict=True):
        value = float(link[i, j])
        word = "little" if value < LITTLE_IN_STEP else "much" if value >= MUCH_IN_STEP else "some"
        yield finding.quantity.replace("_", " "), SURE_BAND, finding, value, word
    for member in Member:
        connection, own = rows_of(member)
        value = -float(link[connection, own])
        word = "take_turns" if value > 0 else "go_together"
        yield "trade-off", SURE_DIRECTION, trade_off(fit, member), value, word
        spread = POINTS_PER_UNIT * float(np.sqrt(cov[0, connection, connection]))
        yield "day-to-day sd of connection", None, surface_parts(fit, member)[0], spread, ""
    for finding, value in zip(bearings(fit), known.cost[0], strict=True):
        word = _bearing(float(value))
        yield f"bearing: {finding.quantity}", SURE_COST, finding, float(value), word
    for finding in further_costs(fit):
        effect, cause = (STATE_NAMES.index(name) for name in finding.about.split(","))
        value = -float(truth.transition[effect, cause])
        word = "costs" if value > COST_THRESHOLD else ""
        yield finding.quantity.replace("_", " "), SURE_COST, finding, value, word
    memory = float(half_life_days(truth.transition[None], steps_a_day=fit.steps_a_day)[0])
    yield "half-life, days", None, half_life(fit), memory, ""


def _bearing(value: float) -> str:
    if value > COST_THRESHOLD:
        return "costs"
    return "supports" if value < -COST_THRESHOLD else ""


def _of_room(fit: DyadFit, rooms: tuple[RoomFit, ...], truth: RoomTruth) -> Iterator[Told]:
    for room, level, slopes in zip(rooms, truth.level, truth.slope, strict=True):
        word = "more_room" if level < 0 else "more_closeness"
        yield "room: level, taps", SURE_DIRECTION, room_level(room, fit), float(level), word
        names = ("room: slope on own, taps a unit", "room: slope on partner, taps a unit")
        for name, finding, slope in zip(names, room_slopes(room, fit), slopes, strict=True):
            word = "room_after_near" if slope < 0 else "closeness_after_near"
            yield name, SURE_DIRECTION, finding, float(slope), word
    gap = float(truth.level[0] - truth.level[1])
    word = "a_closer" if gap > SAME_GAP else "b_closer" if gap < -SAME_GAP else "alike"
    yield "room: gap, taps", SURE_BAND, room_gap(rooms[0], rooms[1], fit), gap, word


def _levels(movement: Movement, truth: DyadParameters, members: Sequence[Member]) -> Iterator[Told]:
    for member in members:
        for finding, row in zip(level_changes(movement, member), rows_of(member), strict=True):
            value = POINTS_PER_UNIT * float(truth.trend[row])
            yield from _change(f"change of {STATE_NAMES[row][:-2]}", finding, value)


def _items(
    movement: Movement,
    truth: DyadParameters,
    members: Sequence[Member],
    items: Sequence[tuple[int, int]],
) -> Iterator[Told]:
    for member in members:
        for state, item in items:
            row = rows_of(member)[state]
            value = POINTS_PER_UNIT * float(truth.trend[row] * truth.loading[row, item])
            finding = item_change(movement, member, state, item)
            name = f"change of the {PLACES[item]} item of {STATE_NAMES[row][:-2]}"
            yield from _change(name, finding, value)


def _change(name: str, finding: Finding, value: float) -> Iterator[Told]:
    """Yield a change twice, for each kind of sentence: each has a stated probability.

    Of a change of nothing no direction is true; one of just 5 points is about the same.
    """
    same = finding.word == "about_the_same"
    unsaid = replace(finding, word="", said=False)
    moved = "more" if value > 0 else "less" if value < 0 else ""
    is_same = abs(value) <= SAME_WITHIN_POINTS
    yield name, SURE_DIRECTION, unsaid if same else finding, value, moved
    yield (
        f"{name}: about the same",
        SURE_BAND,
        finding if same else unsaid,
        value,
        "about_the_same" if is_same else "",
    )
