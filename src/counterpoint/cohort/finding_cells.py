"""How well the further findings are found again, and whether what is said of them is right.

Two kinds of simulated diaries, both by the daily check-in with its coin and eleven taps. Evenings:
friction marked, practice offered by coin, the wish for room or closeness asked. Stretches: two
stretches of days whose level differs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.executor import Executor
from counterpoint.cohort.finding_truths import Known, known_changes, known_findings
from counterpoint.cohort.recovery_cells import MISSING, Promise
from counterpoint.cohort.room_diaries import simulate_room
from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    RecoveryRow,
    base_population,
    fit_dyads,
    shipped_prior,
)
from counterpoint.engine.movement import fit_movement
from counterpoint.engine.simulate import draw_parameters, simulate_dyads, simulate_with_states

EVENINGS = (14, 28, 56, 84)
"""Calendar days of the cells of evenings."""

STRETCHES = ((14, 14), (14, 42), (28, 28), (42, 42))
"""Calendar days of the two stretches of the others."""

CONFLICT, OFFER = 0, 1
"""Columns of the events."""


@dataclass(frozen=True, order=True)
class FindingCell:
    """One cell.

    Parameters
    ----------
    days
        Calendar days; of two stretches those of the second.
    before
        Calendar days of the first stretch; 0: there is but one.
    """

    days: int
    before: int = 0

    @property
    def name(self) -> str:
        """A name fit for a file."""
        return f"stretches-{self.before}-{self.days}" if self.before else f"evenings-{self.days}"


@dataclass(frozen=True)
class FindingScores:
    """Figures of one cell.

    Parameters
    ----------
    cell, couples, seed
        What was simulated.
    free, gated
        Recovery of every finding with the counts of days and events off and on.
    promises
        Every finding that has words, counts off and on.
    """

    cell: FindingCell
    couples: int
    seed: int
    free: tuple[RecoveryRow, ...]
    gated: tuple[RecoveryRow, ...]
    promises: tuple[Promise, ...]

    def as_numbers(self) -> dict[str, Any]:
        """Return the scores as plain numbers, fit for JSON."""
        return asdict(self)

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> FindingScores:
        """Return the scores that `as_numbers` wrote down."""
        return cls(
            cell=FindingCell(**numbers["cell"]),
            couples=int(numbers["couples"]),
            seed=int(numbers["seed"]),
            free=tuple(RecoveryRow(**row) for row in numbers["free"]),
            gated=tuple(RecoveryRow(**row) for row in numbers["gated"]),
            promises=tuple(Promise(**promise) for promise in numbers["promises"]),
        )


def finding_cells() -> tuple[FindingCell, ...]:
    """Return every cell in the order of the tables."""
    return (
        *(FindingCell(days) for days in EVENINGS),
        *(FindingCell(days, before) for before, days in STRETCHES),
    )


def score_findings(
    cell: FindingCell,
    *,
    couples: int,
    executor: Executor,
    seed: int = 0,
    backend: str = "auto",
    sweeps: int = 1000,
    advance: Callable[[int], None] = lambda _: None,
) -> FindingScores:
    """Simulate the couples of a cell, fit them and score every finding.

    Parameters
    ----------
    cell
        What to simulate.
    couples
        How many couples.
    executor
        Who fits stretches: these run without the compiler, and gain from processes.
    seed, backend, sweeps
        As in the engine's fit.
    advance
        Told the number of couples done.
    """
    if cell.before:
        told = _stretches(cell, couples=couples, seed=seed, sweeps=sweeps, executor=executor)
    else:
        told = _evenings(cell, couples=couples, seed=seed, sweeps=sweeps, backend=backend)
    gathered: dict[str, list[Known]] = {}
    for one_couple in told:
        for known in one_couple:
            gathered.setdefault(known.name, []).append(known)
        advance(1)
    free = [_score(found, gate=False) for found in gathered.values()]
    gated = [_score(found, gate=True) for found in gathered.values()]
    return FindingScores(
        cell=cell,
        couples=couples,
        seed=seed,
        free=tuple(row for row, _ in free),
        gated=tuple(row for row, _ in gated),
        promises=tuple(promise for _, promise in (*free, *gated) if promise is not None),
    )


def _evenings(
    cell: FindingCell, *, couples: int, seed: int, sweeps: int, backend: str
) -> Iterator[tuple[Known, ...]]:
    rng = np.random.default_rng([seed, cell.days])
    diaries, truths, states = simulate_with_states(
        couples,
        cell.days,
        rng=rng,
        prior=base_population(3, 2),
        design="checkin",
        missing=MISSING,
    )
    prior = shipped_prior(3, 2)
    fits = fit_dyads(diaries, prior=prior, seed=seed, backend=backend, sweeps=sweeps)
    for diary, truth, path, fit in zip(diaries, truths, states, fits, strict=True):
        rooms = simulate_room(path, diary.answered, rng=rng)
        yield tuple(known_findings(fit, truth, rooms, conflict=CONFLICT, offer=OFFER))


def simulate_stretches(
    cell: FindingCell, *, couples: int, seed: int
) -> tuple[tuple[DyadDiary, ...], tuple[DyadParameters, ...]]:
    """Simulate diaries of two stretches; the trend of each truth is the change between them."""
    rng = np.random.default_rng([seed, cell.before, cell.days])
    rows = cell.before + cell.days
    clock = np.where(np.arange(rows) < cell.before, -0.5, 0.5)
    drawn = draw_parameters(couples, prior=base_population(3), rng=rng, trend=True)
    truths = tuple(replace(truth, clock=clock) for truth in drawn)
    return simulate_dyads(
        couples, rows, rng=rng, design="checkin", missing=MISSING, parameters=truths
    )


def _stretches(
    cell: FindingCell, *, couples: int, seed: int, sweeps: int, executor: Executor
) -> Iterator[tuple[Known, ...]]:
    diaries, truths = simulate_stretches(cell, couples=couples, seed=seed)
    started = [
        executor.start(changes_of, diary, truth, cell.before, sweeps)
        for diary, truth in zip(diaries, truths, strict=True)
    ]
    for one in started:
        yield executor.fetch(one)


def changes_of(
    diary: DyadDiary, truth: DyadParameters, border: int, sweeps: int
) -> tuple[Known, ...]:
    """Fit two stretches of one couple and hold every change against its truth."""
    return tuple(known_changes(fit_movement(diary, border=border, sweeps=sweeps), truth))


def _score(known: Sequence[Known], *, gate: bool) -> tuple[RecoveryRow, Promise | None]:
    """Recovery of one finding over couples and members, and what was promised of it."""
    found = [one.gated if gate else one.free for one in known]
    truth: NDArray[np.float64] = np.array([one.truth for one in known])
    mean = np.array([one.mean for one in found])
    inside = [one.q05 <= true <= one.q95 for one, true in zip(found, truth, strict=True)]
    stated = known[0].stated
    said = [one.said if stated is None else one.word != "" for one in found]
    right = [one.word == true.word for one, true in zip(found, known, strict=True) if one.word]
    name = known[0].name
    row = RecoveryRow(
        quantity="finding",
        name=name,
        n=len(known),
        r=float(np.corrcoef(mean, truth)[0, 1]) if np.ptp(mean) and np.ptp(truth) else math.nan,
        rmse=float(np.sqrt(np.mean((mean - truth) ** 2))),
        bias=float(np.mean(mean - truth)),
        coverage=float(np.mean(inside)),
        said=float(np.mean(said)),
        right=float(np.mean(right)) if right else None,
    )
    if stated is None:
        return row, None
    return row, Promise(name, stated, gate, len(right), sum(right))
