"""Whether "then and now" keeps its word: people whose change is known, compared as the site does.

Single diaries alone, by the daily check-in. Every true change is planted; all else is drawn from
the base population.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from counterpoint.cohort.executor import Executor
from counterpoint.cohort.finding_truths import Known, known_changes
from counterpoint.cohort.practice_proof import HELD_COVERAGE, alone_until
from counterpoint.cohort.recovery_cells import ERRORS_ALLOWED, MISSING, Promise
from counterpoint.domain.dyad import Member
from counterpoint.domain.movements import COMPARED, Movement
from counterpoint.engine import DyadDiary, DyadParameters, base_population, simulate_dyads
from counterpoint.engine.gates import SURE_BAND, SURE_DIRECTION
from counterpoint.engine.movement import fit_movement
from counterpoint.engine.parameters import trend_clock
from counterpoint.engine.sampling import SWEEPS
from counterpoint.engine.simulate import draw_parameters
from counterpoint.engine.states import Array, rows_of
from counterpoint.engine.units import POINTS_PER_UNIT

ITEMS = ((1, 1), (1, 2), (0, 2))
"""State and position of the items whose own level is compared: steadiness, voice, turning to."""

SINGLE_ITEMS = "single items"
QUANTITIES = ("connection", "self", SINGLE_ITEMS)
"""What is compared; the three items are counted as one."""

FALSE_ALARMS = 2.0 * (1.0 - SURE_DIRECTION)
"""Of what did not change so much may be told to have moved: a tenth either way."""

FIRST_DAY = date(2026, 1, 1)
"""Any day: a movement is counted from it."""


@dataclass(frozen=True)
class Planted:
    """A true change.

    Parameters
    ----------
    points
        How much later days differ from earlier ones on average, up for one half of the people and
        down for the other.
    drifts
        Whether the level moves evenly over all days instead of at the border.
    """

    points: float
    drifts: bool = False

    @property
    def ways(self) -> int:
        """How many ways it can go."""
        return 2 if self.points else 1


PLANTED = (*(Planted(points) for points in (0.0, 5.0, 10.0, 15.0)), Planted(10.0, drifts=True))


@dataclass(frozen=True)
class MovementRow:
    """One planted change of one quantity at the end of one movement, as counts.

    Parameters
    ----------
    movement
        Laid beside all the weeks before it.
    planted
        The true change.
    quantity
        One of `QUANTITIES`.
    found
        How many comparisons; every person has one of connection, one of self, three of items.
    moved, moved_right
        Of how many "more" or "less" was said, and of how many of those rightly.
    same, same_right
        The same for "about the same".
    covered
        In how many the 90 % interval holds the truth.
    pull
        Mean of what was found less the truth, away from no change, points.
    rmse
        Points.
    """

    movement: Movement
    planted: Planted
    quantity: str
    found: int
    moved: int
    moved_right: int
    same: int
    same_right: int
    covered: int
    pull: float
    rmse: float


@dataclass(frozen=True)
class MovementProof:
    """What `prove_movement` found.

    Parameters
    ----------
    people
        Simulated people of each planted change and way.
    rows
        Movements one after another, planted changes within them, quantities within those.
    promises
        Of what is said, per movement and quantity over all changes at the border.
    broken
        Promises that are not kept, in words.
    """

    people: int
    rows: tuple[MovementRow, ...]
    promises: tuple[tuple[Movement, Promise], ...]
    broken: tuple[str, ...]


def prove_movement(
    *,
    people: int,
    seed: int,
    executor: Executor,
    sweeps: int = SWEEPS,
    planted: Sequence[Planted] = PLANTED,
    advance: Callable[[int], None] = lambda _: None,
) -> MovementProof:
    """Simulate people whose level changes by a known amount, and compare their days.

    Parameters
    ----------
    people
        Of each planted change and way it can go.
    seed
        Of the simulation; a fit takes its seed from the diary, as on the site.
    executor
        Who fits.
    sweeps
        As in the engine's fit.
    planted
        True changes.
    advance
        Told the number of people done.
    """
    rows: list[MovementRow] = []
    for movement in COMPARED:
        for change in planted:
            told = _told(movement, change, people, seed=seed, sweeps=sweeps, executor=executor)
            gathered: dict[str, list[Known]] = {quantity: [] for quantity in QUANTITIES}
            for one_person in told:
                for known in one_person:
                    gathered[quantity_of(known.name)].append(known)
                advance(1)
            rows += [_row(movement, change, *found) for found in gathered.items()]
    promises = tuple(promises_of(rows))
    return MovementProof(people, tuple(rows), promises, tuple(broken_of(rows, promises)))


def fits_of(people: int) -> int:
    """Return how many comparisons `prove_movement` makes."""
    return len(COMPARED) * people * sum(change.ways for change in PLANTED)


def border_and_days(movement: Movement) -> tuple[int, int]:
    """Return the calendar days before a movement, and those up to its end."""
    border = movement.begins_on(FIRST_DAY) - FIRST_DAY
    return border.days, (movement.ends_on(FIRST_DAY) - FIRST_DAY).days + 1


def simulate_changed(
    movement: Movement, planted: Planted, people: int, *, seed: int
) -> tuple[tuple[DyadDiary, ...], tuple[DyadParameters, ...]]:
    """Simulate people alone up to the end of a movement; the trend of each truth is the change.

    Ways are balanced, and go apart for connection and self: one half of those whose connection
    goes up have a self that goes down.

    Parameters
    ----------
    movement, planted, people, seed
        As in `prove_movement`.
    """
    border, days = border_and_days(movement)
    shape = int(planted.drifts)
    rng = np.random.default_rng([seed, days, round(10 * planted.points), shape])
    size = people * planted.ways
    drawn = draw_parameters(size, prior=base_population(3, 1), rng=rng)
    clock = _clock(border, days, drifts=planted.drifts)
    at = np.arange(size)
    ways = np.stack([1 - 2 * (at % 2), 1 - 2 * (at // 2 % 2)], axis=1)
    changes = np.zeros((size, 4))
    changes[:, rows_of(Member.A)] = ways * planted.points / POINTS_PER_UNIT
    diaries, truths = simulate_dyads(
        size,
        days,
        rng=rng,
        prior=base_population(3, 1),
        design="checkin",
        missing=MISSING,
        parameters=tuple(
            replace(one, trend=change, clock=clock)
            for one, change in zip(drawn, changes, strict=True)
        ),
    )
    return tuple(alone_until(diary, days) for diary in diaries), truths


def _clock(border: int, days: int, *, drifts: bool) -> Array:
    """Return the way of the level; the means of the two stretches are 1 apart."""
    if not drifts:
        return np.where(np.arange(days) < border, -0.5, 0.5)
    even = trend_clock(days)
    return np.asarray(even / (even[border:].mean() - even[:border].mean()))


def _told(
    movement: Movement,
    planted: Planted,
    people: int,
    *,
    seed: int,
    sweeps: int,
    executor: Executor,
) -> Iterator[tuple[Known, ...]]:
    border, _ = border_and_days(movement)
    diaries, truths = simulate_changed(movement, planted, people, seed=seed)
    started = [
        executor.start(_compared, diary, truth, border, sweeps)
        for diary, truth in zip(diaries, truths, strict=True)
    ]
    for one in started:
        yield executor.fetch(one)


def _compared(
    diary: DyadDiary, truth: DyadParameters, border: int, sweeps: int
) -> tuple[Known, ...]:
    """Compare the days of one person and hold every change against its truth."""
    movement = fit_movement(diary, border=border, sweeps=sweeps)
    return tuple(known_changes(movement, truth, members=(Member.A,), items=ITEMS))


def quantity_of(name: str) -> str:
    """Return which of `QUANTITIES` a finding of `known_changes` is about."""
    if " item of " in name:
        return SINGLE_ITEMS
    return "self" if "change of self" in name else "connection"


def _row(
    movement: Movement, planted: Planted, quantity: str, known: Sequence[Known]
) -> MovementRow:
    """Count; each comparison stands in ``known`` once for a direction, once for the same."""
    directions = [one for one in known if one.stated == SURE_DIRECTION]
    sames = [one for one in known if one.stated == SURE_BAND]
    truth = np.array([one.truth for one in directions])
    error = np.array([one.gated.mean for one in directions]) - truth
    return MovementRow(
        movement=movement,
        planted=planted,
        quantity=quantity,
        found=len(directions),
        moved=sum(one.gated.word != "" for one in directions),
        moved_right=sum(one.gated.word == one.word != "" for one in directions),
        same=sum(one.gated.word != "" for one in sames),
        same_right=sum(one.gated.word == one.word != "" for one in sames),
        covered=sum(one.gated.q05 <= one.truth <= one.gated.q95 for one in directions),
        pull=float(np.mean(np.sign(truth) * error)),
        rmse=float(np.sqrt(np.mean(error**2))),
    )


def promises_of(rows: Sequence[MovementRow]) -> Iterator[tuple[Movement, Promise]]:
    """Yield what was said of each quantity: over all changes at the border, and of drifts.

    A change of nothing is among them, once where the others are there twice, and every direction
    said of it is wrong.
    """
    for movement in COMPARED:
        for quantity in QUANTITIES:
            of = [one for one in rows if one.movement is movement and one.quantity == quantity]
            steps = [one for one in of if not one.planted.drifts]
            drifts = [one for one in of if one.planted.drifts]
            for name, some in ((quantity, steps), (f"{quantity}, slow drift", drifts)):
                told, right = sum(one.moved for one in some), sum(one.moved_right for one in some)
                yield movement, Promise(name, SURE_DIRECTION, True, told, right)
            told, right = sum(one.same for one in of), sum(one.same_right for one in of)
            yield movement, Promise(f"{quantity}: about the same", SURE_BAND, True, told, right)


def broken_of(
    rows: Sequence[MovementRow], promises: Sequence[tuple[Movement, Promise]]
) -> list[str]:
    """Return what is not kept; shares within three Monte Carlo errors of their bound are kept."""
    broken = [
        f"{movement} movement, {promise.sentence}: right in {promise.share:.3f} of "
        f"{promise.told} said at {promise.stated:g}, floor {promise.floor:.3f}"
        for movement, promise in promises
        if not promise.kept
    ]
    for row in rows:
        bound = FALSE_ALARMS + _error(FALSE_ALARMS, row.found)
        if row.planted.points == 0.0 and row.moved > bound * row.found:
            broken.append(
                f"{row.movement} movement, {row.quantity}: without any change "
                f"{row.moved / row.found:.3f} were told of one"
            )
    for movement, quantity, covered, found in coverage_of(rows):
        spread = _error(0.9, found)
        if not HELD_COVERAGE[0] - spread <= covered <= HELD_COVERAGE[1] + spread:
            broken.append(f"{movement} movement, {quantity}: intervals cover {covered:.3f}")
    return broken


def coverage_of(
    rows: Sequence[MovementRow],
) -> Iterator[tuple[Movement, str, float, int]]:
    """Yield the share of truths inside the 90 % interval over all changes, and of how many.

    Parameters
    ----------
    rows
        Of a proof; told by movement and quantity.
    """
    for movement in COMPARED:
        for quantity in QUANTITIES:
            of = [one for one in rows if one.movement is movement and one.quantity == quantity]
            found = sum(one.found for one in of)
            yield movement, quantity, sum(one.covered for one in of) / found, found


def _error(share: float, found: int) -> float:
    return ERRORS_ALLOWED * math.sqrt(share * (1.0 - share) / found)
