"""Diaries that break what the model assumes, one way at a time.

All start from the daily check-in of honest couples (coin, eleven taps, a quarter of the days left
out by each) and are spoiled either in what people feel, before the taps, or in how they answer,
after them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.recovery_cells import MISSING
from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    Prior,
    base_population,
    draw_parameters,
    simulate_dyads,
    to_units,
)
from counterpoint.engine.diary import TAP_ENDS
from counterpoint.engine.simulate import TREND_FROM_DAYS, as_checkins

Values = NDArray[np.float64]
Truths = tuple[DyadParameters, ...]
Feel = Callable[[Values, Truths, np.random.Generator], tuple[Values, Truths]]
Answer = Callable[[Values, np.random.Generator], Values]

TAPS = to_units(np.arange(0.0, 101.0, 10.0))
QUIET = 1e-6
"""Process covariance of couples whose days are drawn elsewhere, as a share of their own."""


@dataclass(frozen=True)
class Damage:
    """One way in which diaries break the model.

    Parameters
    ----------
    name
        In a few words.
    what
        What exactly is done.
    feel
        Changes items before the taps: given items (dyads, days, 4, items) in units u, truths and
        a generator, returns both.
    answer
        Changes taps after them, ``NaN`` where not answered.
    population
        Whom the couples are drawn from; the engine starts from the shipped prior all the same.
    missing
        Share of days each member leaves out: a, b.
    days_from
        Draws every day's deviation instead of the engine: shape (dyads, days, 4).
    own_trend
        Whether the level moves within the window as the population's does.
    caught
        The flag that must turn inference off, ``""`` when none must.
    """

    name: str
    what: str
    feel: Feel | None = None
    answer: Answer | None = None
    population: Callable[[Prior], Prior] = lambda prior: prior
    missing: tuple[float, float] = (MISSING, MISSING)
    days_from: Callable[[Truths, int, np.random.Generator], Values] | None = None
    own_trend: bool = True
    caught: str = ""


def draw_damaged(
    damage: Damage, couples: int, days: int, *, rng: np.random.Generator
) -> tuple[tuple[DyadDiary, ...], Truths]:
    """Simulate couples whose diaries carry one damage.

    Parameters
    ----------
    damage
        What is wrong with them.
    couples, days
        How many couples, and calendar days of each.
    rng
        Source of chance.

    Returns
    -------
    tuple of DyadDiary, tuple of DyadParameters
        Diaries, and the truth behind each.
    """
    prior = damage.population(base_population(3))
    trend = damage.own_trend and days >= TREND_FROM_DAYS
    truths: Truths = draw_parameters(couples, prior=prior, rng=rng, trend=trend)
    moved = truths
    if damage.days_from is not None:
        moved = tuple(replace(truth, process_cov=QUIET * truth.process_cov) for truth in truths)
    whole, _ = simulate_dyads(couples, days, rng=rng, missing=0.0, parameters=moved)
    items = np.stack([diary.items for diary in whole])
    if damage.days_from is not None:
        items = add_to_states(items, truths, damage.days_from(truths, days, rng))
    if damage.feel is not None:
        items, truths = damage.feel(items, truths, rng)
    taps = as_checkins(items, rng)
    gone = rng.random((couples, days, 2)) < np.array(damage.missing)
    taps[np.repeat(gone, 2, axis=2)] = np.nan
    if damage.answer is not None:
        taps = damage.answer(taps, rng)
    return tuple(
        DyadDiary(items=taps[i], dyad_id=f"{damage.name}-{i + 1}", ends=TAP_ENDS)
        for i in range(couples)
    ), truths


def add_to_states(items: Values, truths: Truths, shift: Values) -> Values:
    """Add to what is felt: shift of shape (dyads, days, 4) enters every item by its loading."""
    loading = np.stack([truth.loading for truth in truths])
    return np.asarray(items + loading[:, None] * shift[..., None])


def _heavy_days(truths: Truths, days: int, rng: np.random.Generator) -> Values:
    """Draw deviations whose daily chance has three degrees of freedom and the same covariance."""
    root = np.linalg.cholesky(np.stack([truth.process_cov for truth in truths]))
    transition = np.stack([truth.transition for truth in truths])
    n = len(truths)
    deviation = np.zeros((n, days + 30, 4))
    for t in range(1, days + 30):
        size = np.sqrt(1.0 / rng.chisquare(3.0, size=(n, 1)))  # variance of t3 is 3: divided out
        chance = size * np.einsum("nij,nj->ni", root, rng.standard_normal((n, 4)))
        deviation[:, t] = np.einsum("nij,nj->ni", transition, deviation[:, t - 1]) + chance
    return deviation[:, 30:]


def shift_by(points: tuple[float, float, float, float]) -> Feel:
    """Return a damage that moves the four levels by so many points, truth and all."""

    def feel(items: Values, truths: Truths, _: np.random.Generator) -> tuple[Values, Truths]:
        shift = np.array(points) / 15.0
        moved = np.broadcast_to(shift, (*items.shape[:2], 4))
        return add_to_states(items, truths, moved), tuple(
            replace(truth, level=truth.level + shift) for truth in truths
        )

    return feel


def move_over_time(path: Callable[[int, int, np.random.Generator], Values]) -> Feel:
    """Return a damage that adds a path (dyads, days, 4) in points; the truth is where it ends."""

    def feel(items: Values, truths: Truths, rng: np.random.Generator) -> tuple[Values, Truths]:
        shift = path(len(truths), items.shape[1], rng) / 15.0
        return add_to_states(items, truths, shift), tuple(
            replace(truth, level=truth.level + end)
            for truth, end in zip(truths, shift[:, -1], strict=True)
        )

    return feel


def _jump(n: int, days: int, rng: np.random.Generator) -> Values:
    after = np.arange(days) >= rng.integers(days // 3, 2 * days // 3, size=n)[:, None]
    return -15.0 * np.repeat(after[:, :, None].astype(np.float64), 4, axis=2)


def _line(points: float) -> Callable[[int, int, np.random.Generator], Values]:
    def path(n: int, days: int, rng: np.random.Generator) -> Values:
        way = points * rng.choice([-1.0, 1.0], size=(n, 1, 4))
        return np.asarray(way * np.linspace(-0.5, 0.5, days)[None, :, None])

    return path


def _wander(n: int, days: int, rng: np.random.Generator) -> Values:
    path = np.cumsum(1.5 * rng.standard_normal((n, days, 4)), axis=1)
    return np.asarray(path - path.mean(axis=1, keepdims=True))


def mood(sd_points: float) -> Feel:
    """Return a damage in which a person's mood of the day colours all of their answers."""

    def feel(items: Values, truths: Truths, rng: np.random.Generator) -> tuple[Values, Truths]:
        n, days = items.shape[:2]
        shift = np.repeat(sd_points / 15.0 * rng.standard_normal((n, days, 2)), 2, axis=2)
        return np.asarray(items + shift[..., None]), truths

    return feel


def hide_bad_days(taps: Values, rng: np.random.Generator) -> Values:
    """Leave out a day the likelier, the lower its two markers lie under the person's own mean."""
    hidden = taps.copy()
    for rows in ((0, 1), (2, 3)):
        marker = taps[:, :, rows, 0].mean(axis=2)
        low = np.nan_to_num(np.nanmean(marker, axis=1, keepdims=True) - marker)
        gone = rng.random(low.shape) < 1.0 / (1.0 + np.exp(0.8 - 1.6 * low))
        hidden[:, :, rows] = np.where(gone[..., None, None], np.nan, hidden[:, :, rows])
    return hidden


def random_days(share: float, members: tuple[int, ...]) -> Answer:
    """Return a damage in which a member taps anywhere on a share of the days."""

    def answer(taps: Values, rng: np.random.Generator) -> Values:
        joking = np.zeros((*taps.shape[:2], 2), dtype=bool)
        for member in members:
            joking[:, :, member] = rng.random(taps.shape[:2]) < share
        anywhere = rng.choice(TAPS, size=taps.shape)
        chosen = np.repeat(joking, 2, axis=2)[..., None] & ~np.isnan(taps)
        return np.where(chosen, anywhere, taps)

    return answer


def same_tap_all_down(share: float) -> Answer:
    """Return a damage in which member a gives every item of a day the tap of the first."""

    def answer(taps: Values, rng: np.random.Generator) -> Values:
        lazy = rng.random(taps.shape[:2]) < share
        same = np.broadcast_to(taps[:, :, :1, :1], taps[:, :, :2].shape)
        given = lazy[..., None, None] & ~np.isnan(taps[:, :, :2])
        return np.concatenate([np.where(given, same, taps[:, :, :2]), taps[:, :, 2:]], axis=2)

    return answer


def parked(share: float) -> Answer:
    """Return a damage in which member a repeats the last answers on a share of the days."""

    def answer(taps: Values, rng: np.random.Generator) -> Values:
        spoiled = taps.copy()
        last = spoiled[:, 0, :2].copy()
        for day in range(taps.shape[1]):
            today = spoiled[:, day, :2]
            repeat = (rng.random(len(taps)) < share)[:, None, None]
            asked = ~np.isnan(today)
            today = np.where(repeat & asked & ~np.isnan(last), last, today)
            spoiled[:, day, :2] = today
            last = np.where(asked, today, last)
        return spoiled

    return answer


def never_moved(taps: Values, rng: np.random.Generator) -> Values:
    """Give member a one tap for good, on every item and day."""
    tap = rng.choice(TAPS[5:], size=(len(taps), 1, 1, 1))
    return np.concatenate([np.where(np.isnan(taps[:, :, :2]), np.nan, tap), taps[:, :, 2:]], axis=2)


def one_writer(wobble_points: float) -> Answer:
    """Return a damage in which a writes for b: a's answers, a shift, and a wobble."""

    def answer(taps: Values, rng: np.random.Generator) -> Values:
        n = len(taps)
        shift = 10.0 / 15.0 * rng.standard_normal((n, 1, 2, 1))
        wobble = wobble_points / 15.0 * rng.standard_normal(taps[:, :, :2].shape)
        points = 50.0 + 15.0 * (taps[:, :, :2] + shift + wobble)
        written = to_units(np.clip(10.0 * np.round(points / 10.0), 0.0, 100.0))
        return np.concatenate([taps[:, :, :2], written], axis=2)

    return answer


def _spread(times: float) -> Callable[[Prior], Prior]:
    def population(prior: Prior) -> Prior:
        return prior.with_coupling_spread(times)

    return population


def _mean(places: tuple[int, ...], value: float) -> Callable[[Prior], Prior]:
    def population(prior: Prior) -> Prior:
        mean = prior.coupling_mean.copy()
        mean[list(places)] = value
        return replace(prior, coupling_mean=mean)

    return population


def _far_levels(prior: Prior) -> Prior:
    return replace(prior, level_mean=prior.level_mean - 25.0 / 15.0)


DAMAGES: tuple[Damage, ...] = (
    Damage("honest", "the daily check-in as the engine expects it"),
    Damage("heavy tails", "the chance of a day has 3 degrees of freedom", days_from=_heavy_days),
    Damage(
        "joking days",
        "both tap anywhere on one day in twenty",
        answer=random_days(0.05, (0, 1)),
    ),
    Damage("careless", "a taps anywhere on three days in ten", answer=random_days(0.3, (0,))),
    Damage(
        "careless always",
        "a taps anywhere every day",
        answer=random_days(1.0, (0,)),
        caught="careless",
    ),
    Damage(
        "same tap all down",
        "a gives every item the tap of the first on half of the days",
        answer=same_tap_all_down(0.5),
        caught="careless",
    ),
    Damage(
        "same tap all down, always",
        "a gives every item the tap of the first every day",
        answer=same_tap_all_down(1.0),
        caught="careless",
    ),
    Damage("never moved", "a gives one tap for good", answer=never_moved, caught="parked"),
    Damage(
        "parked, nine in ten",
        "a repeats the last answers on nine days in ten",
        answer=parked(0.9),
        caught="parked",
    ),
    Damage(
        "parked, two in three",
        "a repeats the last answers on two days in three",
        answer=parked(2 / 3),
        caught="parked",
    ),
    Damage("parked, every other", "a repeats the last answers every other day", answer=parked(0.5)),
    Damage(
        "one writer, wobble 5",
        "a writes for b: own answers, a shift for good, and 5 points of chance per answer",
        answer=one_writer(5.0),
        caught="one_writer",
    ),
    Damage(
        "one writer, wobble 10",
        "the same with 10 points of chance",
        answer=one_writer(10.0),
    ),
    Damage("mood 7.5", "a person's mood moves all answers, sd 7.5 points", feel=mood(7.5)),
    Damage("mood 12", "the same, sd 12 points", feel=mood(12.0)),
    Damage(
        "drift 15",
        "each level moves 15 points along a line",
        feel=move_over_time(_line(15.0)),
        own_trend=False,
    ),
    Damage(
        "drift 25",
        "each level moves 25 points along a line",
        feel=move_over_time(_line(25.0)),
        own_trend=False,
    ),
    Damage(
        "wandering",
        "each level walks 1.5 points a day",
        feel=move_over_time(_wander),
        own_trend=False,
    ),
    Damage(
        "jump",
        "all levels fall 15 points on one day",
        feel=move_over_time(_jump),
        own_trend=False,
    ),
    Damage("ceiling", "all levels 18 points higher", feel=shift_by((18.0, 18.0, 18.0, 18.0))),
    Damage("floor", "both selves 50 points lower", feel=shift_by((0.0, -50.0, 0.0, -50.0))),
    Damage("half of b missing", "b leaves out half of the days", missing=(MISSING, 0.5)),
    Damage("bad days hidden", "low days are told less, about half in all", answer=hide_bad_days),
    Damage("spread x 1.5", "couplings differ more between couples", population=_spread(1.5)),
    Damage("spread x .66", "couplings differ less between couples", population=_spread(0.66)),
    Damage("inertia .15", "mean own carry-over .15, not .35", population=_mean((0, 3), 0.15)),
    Damage("inertia .55", "mean own carry-over .55", population=_mean((0, 3), 0.55)),
    Damage(
        "no cross means",
        "partners do not move each other on average",
        population=_mean((4, 5, 6, 7), 0.0),
    ),
    Damage("levels elsewhere", "mean levels 25 points lower", population=_far_levels),
)
"""Every damage of the robustness table."""
