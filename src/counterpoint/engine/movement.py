"""Does it move: the places of two stretches of days under one model (MODEL section 16)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.engine.diagnostics import diagnose
from counterpoint.engine.diary import DyadDiary, seed_of
from counterpoint.engine.finding import Finding, find
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.gates import DAYS_LEVEL, SURE_BAND, SURE_DIRECTION, refusal
from counterpoint.engine.portable import sample_portable
from counterpoint.engine.prior import Prior, shipped_prior
from counterpoint.engine.problem import pose_problem
from counterpoint.engine.sampling import DROPPED, SWEEPS, fit_of_draws
from counterpoint.engine.states import STATE_NAMES, Array, rows_of
from counterpoint.engine.stationary import stationary_cov
from counterpoint.engine.steps import prior_per_step
from counterpoint.engine.units import POINTS_PER_UNIT
from counterpoint.errors import DataError

SAME_WITHIN_POINTS = 5.0
ITEM_DRAWS = 200


@dataclass(frozen=True, eq=False)
class Movement:
    """Two stretches of a diary fitted as one, the level free to differ between them.

    Parameters
    ----------
    fit
        A fit whose `trend` is the change from the first stretch to the second, and whose `place`
        is that of the second.
    diary
        What was fitted.
    prior
        Population it was fitted under.
    clock
        -1/2 in the first stretch, 1/2 in the second, shape (days,).
    answered_days
        Of member a and b, days answered in the stretch that has fewer.
    """

    fit: DyadFit
    diary: DyadDiary
    prior: Prior
    clock: Array
    answered_days: tuple[int, int]

    def days_of(self, member: Member) -> int:
        """Days the member answered in the stretch that has fewer."""
        return self.answered_days[0 if member is Member.A else 1]


def fit_movement(
    diary: DyadDiary,
    *,
    border: int,
    prior: Prior | None = None,
    sweeps: int = SWEEPS,
    dropped: int = DROPPED,
    seed: int | None = None,
) -> Movement:
    """Fit two stretches of one diary with shared items, couplings and noise.

    Parameters
    ----------
    diary
        Both stretches, one after the other, days between them as rows without answers.
    border
        Calendar days of the first stretch.
    prior
        Population; the shipped one by default. The change is as wide as its trend, .8 units.
    sweeps, dropped, seed
        As in `counterpoint.engine.fit_dyad`.

    Raises
    ------
    DataError
        If one of the stretches holds no day, or sweeps do not exceed dropped.

    Notes
    -----
    The level stands still within each stretch and changes at the border. Runs without the
    compiler: about a second.
    """
    if not 0 < border < diary.calendar_days:
        raise DataError("each of the two stretches needs at least one day.")
    if not 0 <= dropped < sweeps - 3:
        raise DataError("sweeps must exceed dropped by at least 4.")
    if prior is None:
        daily = shipped_prior(diary.item_count, diary.centred_inputs.shape[1])
        prior = prior_per_step(daily, diary.steps_a_day)
    rows = border * diary.steps_a_day
    clock = np.where(np.arange(diary.days) < rows, -0.5, 0.5)
    problem = pose_problem(diary, prior, trend=True, clock=clock)
    seed = seed_of(diary) if seed is None else seed
    draws = sample_portable(problem, sweeps=sweeps, dropped=dropped, seed=seed)
    fit = fit_of_draws(
        diary,
        prior,
        draws,
        diagnostics=diagnose(diary, prior, draws, sweeps=sweeps, clock=clock),
        backend="portable",
        provisional=False,
        seed=seed,
        sweeps=sweeps,
        dropped=dropped,
        with_trend=True,
    )
    by_step = diary.answered.reshape(diary.calendar_days, diary.steps_a_day, 2)
    by_day = np.asarray(np.any(by_step, axis=1), dtype=np.int64)
    fewer = np.minimum(by_day[:border].sum(axis=0), by_day[border:].sum(axis=0))
    return Movement(fit, diary, prior, clock, (int(fewer[0]), int(fewer[1])))


def level_changes(movement: Movement, member: Member) -> tuple[Finding, Finding]:
    """Return the change of a member's connection and self in points.

    Words: ``about_the_same`` (within 5 points at P >= .8; where it may be said it goes first,
    being the smaller claim), ``more`` and ``less`` (P >= .9).
    """
    connection, own = rows_of(member)
    return (
        _change(movement, member, POINTS_PER_UNIT * movement.fit.trend[:, connection], connection),
        _change(movement, member, POINTS_PER_UNIT * movement.fit.trend[:, own], own),
    )


def item_change(movement: Movement, member: Member, state: int, item: int) -> Finding:
    r"""Return the change of one item's own level in points, as the voice or turning to the partner.

    The item's answers alone, :math:`y_t = m + \tau_t s + \lambda e_t + \text{noise}`, where the
    deviations e follow the stationary law of each posterior draw and the known push of events;
    m and s are drawn from their conjugate normal. Other items of the state teach it nothing.

    Parameters
    ----------
    movement
        Two fitted stretches.
    member
        Whose.
    state
        0 connection, 1 self.
    item
        Position of the item within its state.

    Raises
    ------
    DataError
        If there is no such item.

    Notes
    -----
    Time together is taken as 1 in the memory of e.
    """
    if state not in (0, 1) or not 0 <= item < movement.diary.item_count:
        raise DataError("state is 0 or 1, and item one of the diary's items.")
    row = rows_of(member)[state]
    answers = movement.diary.items[:, row, item]
    known = np.flatnonzero(~np.isnan(answers))
    changes = _item_changes(movement, row, item, answers, known)
    before = int(np.sum(movement.clock[known] < 0))
    return _change(
        movement,
        member,
        POINTS_PER_UNIT * changes,
        row,
        quantity=f"item_change_{item + 1}",
        days=min(before, known.size - before),
    )


def _item_changes(
    movement: Movement, row: int, item: int, answers: Array, known: np.ndarray
) -> Array:
    fit, prior, clock = movement.fit, movement.prior, movement.clock
    loading = prior.item_rows(prior.loading)[row, item]
    intercept = prior.item_rows(prior.intercept)[row, item]
    level_mean, level_cov = prior.level_moments()
    centre = np.array([intercept + loading * level_mean[row], 0.0])
    spread = np.array(
        [
            loading**2 * level_cov[row, row] + prior.offset_sd**2,
            (loading * prior.trend_sd) ** 2,
        ]
    )
    design = np.column_stack([np.ones(known.size), clock[known]])
    apart = np.abs(known[:, None] - known[None, :])
    inputs = movement.diary.centred_inputs
    rng = np.random.default_rng(fit.seed)
    every = max(1, fit.level.shape[0] // ITEM_DRAWS)
    chosen = range(0, fit.level.shape[0], every)
    changes = np.empty(len(chosen))
    for n, draw in enumerate(chosen):
        transition = fit.transition[draw]
        memory = _memory(transition, fit.process_cov[draw], row, movement.diary.days)
        pushed = _pushed(transition, fit.input_effect[draw], inputs)[known, row]
        cov = loading**2 * memory[apart]
        cov[np.diag_indices_from(cov)] += fit.measurement_var[draw, row, item]
        weighted = np.linalg.solve(cov, design)
        precision = design.T @ weighted + np.diag(1.0 / spread)
        pull = weighted.T @ (answers[known] - loading * pushed) + centre / spread
        root = np.linalg.cholesky(precision)
        half = np.linalg.solve(root, pull) + rng.standard_normal(2)
        changes[n] = np.linalg.solve(root.T, half)[1]
    return changes


def _memory(transition: Array, process_cov: Array, row: int, days: int) -> Array:
    """Covariance of a state with itself so many rows later, shape (days,)."""
    column = stationary_cov(transition, process_cov)[:, row]
    memory = np.empty(days)
    for lag in range(days):
        memory[lag] = column[row]
        column = transition @ column
    return memory


def _pushed(transition: Array, effect: Array, inputs: Array) -> Array:
    """Return what events alone do to the states, shape (days, 4)."""
    pushed = np.zeros((inputs.shape[0], 4))
    if inputs.shape[1] == 0:
        return pushed
    for t in range(1, inputs.shape[0]):
        pushed[t] = transition @ pushed[t - 1] + effect @ inputs[t]
    return pushed


def _change(
    movement: Movement,
    member: Member,
    change: Array,
    row: int,
    *,
    quantity: str = "level_change",
    days: int | None = None,
) -> Finding:
    same = np.abs(change) <= SAME_WITHIN_POINTS
    is_same = float(np.mean(same)) >= SURE_BAND
    fit = movement.fit
    return find(
        change,
        quantity=quantity,
        about=STATE_NAMES[row],
        days=movement.days_of(member) if days is None else days,
        needed=DAYS_LEVEL,
        words={"about_the_same": same} if is_same else {"more": change > 0, "less": change < 0},
        sure=SURE_BAND if is_same else SURE_DIRECTION,
        refused=refusal(fit, (row,), sentence=True),
        notes=tuple(note for note in fit.notes_of((row,)) if note != "moved"),
    )
