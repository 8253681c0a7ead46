"""Simulated people with a known effect of practice: does the effect card tell it, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from counterpoint.cohort.recovery_cells import MISSING
from counterpoint.domain.dyad import Member
from counterpoint.domain.gates import LOOK_WEEKS
from counterpoint.domain.plane import Axis
from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    effect_of_offers,
    fit_dyads,
    shipped_prior,
    simulate_dyads,
)
from counterpoint.engine.simulate import draw_parameters
from counterpoint.engine.states import Array, rows_of
from counterpoint.engine.units import POINTS_PER_UNIT

LOOKS = tuple(7 * week for week in LOOK_WEEKS)
"""Calendar days of the three planned looks: weeks 4, 7 and 10."""

EFFECTS = (0.0, 3.0, 6.0, 9.0)
"""True effects of an offer on the named outcome, the same evening, points."""

MOST_FALSE = 0.05
"""Of people whom practice does nothing for, so many may have been told "helps" by week 10."""

CONFLICT, OFFER = 0, 1
HELD_COVERAGE = (0.86, 0.94)


@dataclass(frozen=True)
class PracticeRow:
    """The effect card of one true effect at one look.

    Parameters
    ----------
    effect
        True effect, points.
    week
        Of the look.
    bias, rmse
        Of the posterior mean, points.
    coverage
        Of the 90 % interval.
    helps, hinders
        Share of people told so at this look.
    helps_by_now
        Share told "helps" at this look or an earlier one.
    offers
        Mean number of offers.
    """

    effect: float
    week: int
    bias: float
    rmse: float
    coverage: float
    helps: float
    hinders: float
    helps_by_now: float
    offers: float


@dataclass(frozen=True)
class PracticeProof:
    """What `prove_practice` found.

    Parameters
    ----------
    people
        Simulated people of each effect.
    rows
        Effects one after another, looks within them.
    broken
        Promises that are not kept, in words.
    """

    people: int
    rows: tuple[PracticeRow, ...]
    broken: tuple[str, ...]


def prove_practice(
    *,
    people: int,
    seed: int,
    looks_counted: int = len(LOOKS),
    backend: str = "auto",
    sweeps: int = 1000,
    advance: Callable[[int], None] = lambda _: None,
) -> PracticeProof:
    """Simulate people who are offered practice by coin, and read their effect card three times.

    A person alone answers the daily check-in; friction is marked; practice is offered on half of
    the days. The true effect on the named outcome (connection, the same evening) is the same for
    everybody of a row; all else is drawn from the shipped prior.

    Parameters
    ----------
    people
        Simulated people of each effect.
    seed, backend, sweeps
        As in the engine's fit.
    looks_counted
        Among how many looks the 5 % are shared; 1 would test each look as if it were the only one,
        which must break the promise.
    advance
        Told the number of fits done.
    """
    rows: list[PracticeRow] = []
    for effect in EFFECTS:
        rows += _rows_of(
            effect,
            people=people,
            seed=seed,
            looks_counted=looks_counted,
            backend=backend,
            sweeps=sweeps,
            advance=advance,
        )
    return PracticeProof(people, tuple(rows), tuple(_broken(rows, people)))


def _rows_of(
    effect: float,
    *,
    people: int,
    seed: int,
    looks_counted: int,
    backend: str,
    sweeps: int,
    advance: Callable[[int], None],
) -> list[PracticeRow]:
    rng = np.random.default_rng([seed, int(10 * effect)])
    prior = shipped_prior(3, 2)
    drawn = draw_parameters(people, prior=prior, rng=rng, trend=True)
    diaries, _ = simulate_dyads(
        people,
        LOOKS[-1],
        rng=rng,
        prior=prior,
        design="checkin",
        missing=MISSING,
        parameters=tuple(_with_effect(one, effect) for one in drawn),
    )
    told = np.zeros(people, dtype=bool)
    rows = []
    for days in LOOKS:
        seen = tuple(alone_until(diary, days) for diary in diaries)
        fits = fit_dyads(seen, prior=prior, seed=seed, backend=backend, sweeps=sweeps)
        means, inside, offers = np.empty(people), np.empty(people), np.empty(people)
        words = []
        for place, fit in enumerate(fits):
            card = effect_of_offers(fit, Member.A, event=OFFER, looks=looks_counted)
            found = card.outcome(Axis.CONNECTION)
            means[place], offers[place] = found.mean, card.offers
            inside[place] = found.q05 <= effect <= found.q95
            words.append(found.word)
            advance(1)
        said = np.array(words)
        told |= said == "helps"
        rows.append(
            PracticeRow(
                effect=effect,
                week=days // 7,
                bias=float(means.mean() - effect),
                rmse=float(np.sqrt(np.mean((means - effect) ** 2))),
                coverage=float(inside.mean()),
                helps=float(np.mean(said == "helps")),
                hinders=float(np.mean(said == "hinders")),
                helps_by_now=float(told.mean()),
                offers=float(offers.mean()),
            )
        )
    return rows


def alone_until(diary: DyadDiary, days: int) -> DyadDiary:
    """Return the first days of a diary as member a alone answered them."""
    items: Array = diary.items[:days].copy()
    items[:, rows_of(Member.B), :] = np.nan
    inputs = None if diary.inputs is None else diary.inputs[:days]
    return DyadDiary(items=items, inputs=inputs, dyad_id=diary.dyad_id, ends=diary.ends)


def _with_effect(parameters: DyadParameters, effect: float) -> DyadParameters:
    """Give an offer this effect on the connection of member a, and none on anything else."""
    inputs = parameters.input_effect.copy()
    inputs[:, OFFER] = 0.0
    inputs[rows_of(Member.A)[0], OFFER] = effect / POINTS_PER_UNIT
    return replace(parameters, input_effect=inputs)


def _broken(rows: Sequence[PracticeRow], people: int) -> list[str]:
    """Return what is not kept; shares within three Monte Carlo errors of their bound are kept."""
    broken: list[str] = []
    error = 3.0 * float(np.sqrt(MOST_FALSE * (1.0 - MOST_FALSE) / people))
    for row in rows:
        if row.effect == 0.0 and row.helps_by_now > MOST_FALSE + error:
            broken.append(
                f'without any effect {row.helps_by_now:.3f} were told "helps" by week {row.week}'
            )
        spread = 3.0 * float(np.sqrt(0.9 * 0.1 / people))
        low, high = HELD_COVERAGE[0] - spread, HELD_COVERAGE[1] + spread
        if not low <= row.coverage <= high:
            broken.append(
                f"effect {row.effect:g}, week {row.week}: intervals cover {row.coverage:.3f}"
            )
    return broken
