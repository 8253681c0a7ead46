"""One cell of the recovery grid: how well truths are found, and whether what is said is right.

A cell is a design of the check-in, a number of calendar days and a number of check-ins a day.
Two or three check-ins a day are two or three steps a day: couples are drawn from the base
population turned into one from step to step, and couplings are those of one step. The gates go on
counting days.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterpoint.domain.dyad import Member
from counterpoint.domain.gates import NEAR_POINTS
from counterpoint.domain.plane import Place
from counterpoint.engine import (
    DyadFit,
    DyadParameters,
    RecoveryRow,
    against_wish,
    fit_dyads,
    prior_per_step,
    score_recovery,
    shipped_prior,
    simulate_dyads,
    to_points,
)
from counterpoint.engine.dance import who_feels_closer, who_moves_whom
from counterpoint.engine.gates import (
    DAYS_COUPLING,
    DAYS_SAME_DAY,
    SURE_COST,
    SURE_DIRECTION,
    SURE_MOVES,
    SURE_WISH,
)
from counterpoint.engine.quantities import COST_THRESHOLD, COSTS, quantities_of_truth
from counterpoint.engine.states import rows_of

MISSING = 0.25
"""Share of check-ins that a member leaves out."""

WISH_MEAN = (78.0, 75.0)
WISH_SD = 12.0
"""Wishes in points, drawn apart from the truth: some ten points above where most couples are."""

ERRORS_ALLOWED = 3.0
"""Monte Carlo errors by which a share may fall short of what was stated."""

ANY_DAYS = 10**6


@dataclass(frozen=True, order=True)
class Cell:
    """One cell of the grid.

    Parameters
    ----------
    design
        ``continuous`` or ``checkin``, see the engine's simulation.
    days
        Calendar days.
    per_day
        Check-ins a day: 1, 2 or 3.
    """

    design: str
    days: int
    per_day: int

    @property
    def name(self) -> str:
        """A name fit for a file."""
        return f"{self.design}-{self.days}-days-{self.per_day}-a-day"


@dataclass(frozen=True)
class Promise:
    """What was said of one kind at a stated probability, and how much of it was right.

    Parameters
    ----------
    sentence
        The kind of sentence.
    stated
        The probability from which on it is said.
    day_gate
        Whether the count of days was asked for too.
    told, right
        How often it was said, and how often that was right.
    """

    sentence: str
    stated: float
    day_gate: bool
    told: int
    right: int

    @property
    def share(self) -> float:
        """Share right of what was said; NaN when nothing was."""
        return self.right / self.told if self.told else math.nan

    @property
    def floor(self) -> float:
        """Return the stated probability less three Monte Carlo errors of what was said."""
        if not self.told:
            return math.nan
        error = math.sqrt(self.stated * (1.0 - self.stated) / self.told)
        return self.stated - ERRORS_ALLOWED * error

    @property
    def kept(self) -> bool:
        """Whether the share is not below the floor; nothing said breaks no word."""
        return not self.told or self.share >= self.floor


@dataclass(frozen=True)
class CellScores:
    """Figures of one cell.

    Parameters
    ----------
    cell, couples, seed
        What was simulated.
    charts_only
        Share of fits of which nothing may be said.
    free, gated
        Recovery of every quantity with the day gate off and on.
    promises
        Every kind of sentence, day gate off and on.
    """

    cell: Cell
    couples: int
    seed: int
    charts_only: float
    free: tuple[RecoveryRow, ...]
    gated: tuple[RecoveryRow, ...]
    promises: tuple[Promise, ...]

    def as_numbers(self) -> dict[str, Any]:
        """Return the scores as plain numbers, fit for JSON."""
        return asdict(self)

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> CellScores:
        """Return the scores that `as_numbers` wrote down."""
        return cls(
            cell=Cell(**numbers["cell"]),
            couples=int(numbers["couples"]),
            seed=int(numbers["seed"]),
            charts_only=float(numbers["charts_only"]),
            free=tuple(RecoveryRow(**row) for row in numbers["free"]),
            gated=tuple(RecoveryRow(**row) for row in numbers["gated"]),
            promises=tuple(Promise(**promise) for promise in numbers["promises"]),
        )


def score_cell(
    cell: Cell,
    *,
    couples: int,
    seed: int = 0,
    backend: str = "auto",
    sweeps: int = 1000,
    advance: Callable[[int], None] = lambda _: None,
) -> CellScores:
    """Simulate the couples of a cell of the base population, fit them and score the fits.

    Fits start from the shipped prior.

    Parameters
    ----------
    cell
        What to simulate.
    couples
        How many couples.
    seed
        Seed of the simulation and of the fits.
    backend, sweeps
        As in the engine's fit.
    advance
        Told the number of couples done.
    """
    rng = np.random.default_rng([seed, cell.days, cell.per_day])
    diaries, truths = simulate_dyads(
        couples,
        cell.days,
        rng=rng,
        design=cell.design,
        missing=MISSING,
        steps_a_day=cell.per_day,
    )
    wishes = np.clip(rng.normal(WISH_MEAN, WISH_SD, size=(couples, 2, 2)), 0.0, 100.0)
    prior = prior_per_step(shipped_prior(3), cell.per_day)
    fits = fit_dyads(diaries, prior=prior, seed=seed, backend=backend, sweeps=sweeps)
    told: dict[tuple[str, float, bool], list[int]] = {}

    def counted() -> Iterator[DyadFit]:
        for truth, wish, fit in zip(truths, wishes, fits, strict=True):
            for sentence, stated, gate, right in sentences_of(fit, truth, wish):
                count = told.setdefault((sentence, stated, gate), [0, 0])
                count[0] += 1
                count[1] += right
            yield fit
            advance(1)

    free, gated = score_recovery(counted(), truths)
    return CellScores(
        cell=cell,
        couples=couples,
        seed=seed,
        charts_only=free.charts_only,
        free=free.rows,
        gated=gated.rows,
        promises=tuple(
            Promise(sentence, stated, gate, *told.get((sentence, stated, gate), (0, 0)))
            for gate in (False, True)
            for sentence, stated in SENTENCES
        ),
    )


SENTENCES: tuple[tuple[str, float], ...] = (
    ("beside the wish", SURE_WISH),
    ("about where wished", SURE_WISH),
    ("who feels closer", SURE_DIRECTION),
    ("same-day direction", SURE_DIRECTION),
    ("who moves whom", SURE_MOVES),
    ("cost, all four", SURE_COST),
    *((f"cost: {cost.value}", SURE_COST) for cost in dict.fromkeys(cost for cost, _ in COSTS)),
)
"""Every kind of sentence with the probability it is said at."""


def sentences_of(
    fit: DyadFit, truth: DyadParameters, wish: NDArray[np.float64]
) -> Iterator[tuple[str, float, bool, bool]]:
    """Yield what is said of one couple: sentence, stated probability, day gate, whether right.

    Parameters
    ----------
    fit
        A fit of a simulated diary.
    truth
        What the diary was simulated from.
    wish
        Where each member wishes to be in points, shape (2 members, connection and self).
    """
    for gate in (False, True):
        seen = fit if gate else replace(fit, answered_days=(ANY_DAYS, ANY_DAYS))
        for sentence, stated, right in _about_places(seen, truth, wish):
            yield sentence, stated, gate, right
    for sentence, stated, days, right in _about_links(fit, truth):
        yield sentence, stated, False, right
        if fit.known_days >= days:
            yield sentence, stated, True, right


def _about_places(
    fit: DyadFit, truth: DyadParameters, wish: NDArray[np.float64]
) -> Iterator[tuple[str, float, bool]]:
    """Yield what is said of places, and of one member against the other."""
    place = to_points(truth.level + 0.5 * truth.trend)
    for member, marks in zip(Member, wish, strict=True):
        findings = against_wish(fit, member, Place(float(marks[0]), float(marks[1])))
        for told, row, mark in zip(findings, rows_of(member), marks, strict=True):
            if told.finding == "near":
                yield "about where wished", SURE_WISH, bool(abs(place[row] - mark) <= NEAR_POINTS)
            elif told.finding:
                right = (place[row] > mark) == (told.finding == "above")
                yield "beside the wish", SURE_WISH, bool(right)
    for sentence, stated, found, value in (
        ("who feels closer", SURE_DIRECTION, who_feels_closer(fit), place[0] - place[2]),
        ("who moves whom", SURE_MOVES, who_moves_whom(fit), lead_of(truth.transition)),
    ):
        if found.said:
            yield sentence, stated, bool((found.word == "a") == (value > 0))


def _about_links(fit: DyadFit, truth: DyadParameters) -> Iterator[tuple[str, float, int, bool]]:
    """Yield what is said of links with the days each kind takes."""
    known = quantities_of_truth(truth)
    answers = fit.answers(day_gate=False)
    same_day = [answer for answer in answers if answer.quantity == "same_day"]
    for answer, value in zip(same_day, known.same_day[0], strict=True):
        if answer.said and answer.prob is not None:
            right = bool((answer.prob > 0.5) == (value > 0))
            yield "same-day direction", SURE_DIRECTION, DAYS_SAME_DAY, right
    costs = [answer for answer in answers if answer.quantity == "cost"]
    for answer, value, (cost, _) in zip(costs, known.cost[0], COSTS, strict=True):
        if answer.said:
            right = bool(value > COST_THRESHOLD)
            yield "cost, all four", SURE_COST, DAYS_COUPLING, right
            yield f"cost: {cost.value}", SURE_COST, DAYS_COUPLING, right


def lead_of(transition: NDArray[np.float64]) -> float:
    """Return how much more a's days move b than b's move a: difference of Frobenius norms."""
    return float(np.linalg.norm(transition[2:, :2]) - np.linalg.norm(transition[:2, 2:]))
