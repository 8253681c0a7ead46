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
from counterpoint.engine.units import POINTS_PER_UNIT

Values = NDArray[np.float64]
Truths = tuple[DyadParameters, ...]
Feel = Callable[[Values, Truths, np.random.Generator], tuple[Values, Truths]]
Answer = Callable[[Values, np.random.Generator], Values]

TAPS = to_units(np.arange(0.0, 101.0, 10.0))
DAY_MEAN_POINTS, DAY_ERROR_POINTS = 60.0, 13.0
"""Simulated answers to how the day was, the two aside: usual height, and what is not mood."""
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
    mood_points
        sd of a mood of the day that colours all of a person's answers.
    tells_day
        Whether the day apart is told: the mood with an error of `DAY_ERROR_POINTS`.
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
    mood_points: float = 0.0
    tells_day: bool = False


@dataclass(frozen=True)
class Damaged:
    """Simulated couples whose diaries carry one damage.

    Parameters
    ----------
    diaries, truths
        What was answered, and what is behind it.
    days_apart
        How each member's day was, the two of them aside: units u, shape (couples, days, 2),
        ``NaN`` on days left out; ``None`` where it is not told.
    """

    diaries: tuple[DyadDiary, ...]
    truths: Truths
    days_apart: Values | None


def draw_damaged(damage: Damage, couples: int, days: int, *, rng: np.random.Generator) -> Damaged:
    """Simulate couples whose diaries carry one damage.

    Parameters
    ----------
    damage
        What is wrong with them.
    couples, days
        How many couples, and calendar days of each.
    rng
        Source of chance.

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
    moods = damage.mood_points / POINTS_PER_UNIT * rng.standard_normal((couples, days, 2))
    items = items + np.repeat(moods, 2, axis=2)[..., None]
    taps = as_checkins(items, rng)
    gone = rng.random((couples, days, 2)) < np.array(damage.missing)
    taps[np.repeat(gone, 2, axis=2)] = np.nan
    apart = np.where(gone, np.nan, _tell_days(moods, rng)) if damage.tells_day else None
    if damage.answer is not None:
        taps = damage.answer(taps, rng)
    diaries = tuple(
        DyadDiary(items=taps[i], dyad_id=f"{damage.name}-{i + 1}", ends=TAP_ENDS)
        for i in range(couples)
    )
    return Damaged(diaries, truths, apart)


def _tell_days(moods: Values, rng: np.random.Generator) -> Values:
    """Return how the day apart is tapped: its usual height, the mood, and an error."""
    points = DAY_MEAN_POINTS + POINTS_PER_UNIT * moods
    points = points + DAY_ERROR_POINTS * rng.standard_normal(moods.shape)
    return to_units(np.clip(10.0 * np.round(points / 10.0), 0.0, 100.0))


def add_to_states(items: Values, truths: Truths, shift: Values) -> Values:
    """Add to what is felt: shift of shape (dyads, days, 4) enters every item by its loading."""
    loading = np.stack([truth.loading for truth in truths])
    return np.asarray(items + loading[:, None] * shift[..., None])


def heavy_days(truths: Truths, days: int, rng: np.random.Generator) -> Values:
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
        shift = np.array(points) / POINTS_PER_UNIT
        moved = np.broadcast_to(shift, (*items.shape[:2], 4))
        return add_to_states(items, truths, moved), tuple(
            replace(truth, level=truth.level + shift) for truth in truths
        )

    return feel


def move_over_time(path: Callable[[int, int, np.random.Generator], Values]) -> Feel:
    """Return a damage that adds a path (dyads, days, 4) in points; the truth is where it ends."""

    def feel(items: Values, truths: Truths, rng: np.random.Generator) -> tuple[Values, Truths]:
        shift = path(len(truths), items.shape[1], rng) / POINTS_PER_UNIT
        return add_to_states(items, truths, shift), tuple(
            replace(truth, level=truth.level + end)
            for truth, end in zip(truths, shift[:, -1], strict=True)
        )

    return feel


JUMP_POINTS = 15.0


def jump(n: int, days: int, rng: np.random.Generator) -> Values:
    """Return a path that falls on one day of the middle third, in points."""
    after = np.arange(days) >= rng.integers(days // 3, 2 * days // 3, size=n)[:, None]
    return -JUMP_POINTS * np.repeat(after[:, :, None].astype(np.float64), 4, axis=2)


def line(points: float) -> Callable[[int, int, np.random.Generator], Values]:
    """Return a damage's path: each level up or down by so many points, evenly."""

    def path(n: int, days: int, rng: np.random.Generator) -> Values:
        way = points * rng.choice([-1.0, 1.0], size=(n, 1, 4))
        return np.asarray(way * np.linspace(-0.5, 0.5, days)[None, :, None])

    return path


def wander(n: int, days: int, rng: np.random.Generator) -> Values:
    """Return a path that walks 1.5 points a day at random."""
    path = np.cumsum(1.5 * rng.standard_normal((n, days, 4)), axis=1)
    return np.asarray(path - path.mean(axis=1, keepdims=True))


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
        shift = 10.0 / POINTS_PER_UNIT * rng.standard_normal((n, 1, 2, 1))
        wobble = wobble_points / POINTS_PER_UNIT * rng.standard_normal(taps[:, :, :2].shape)
        points = 50.0 + POINTS_PER_UNIT * (taps[:, :, :2] + shift + wobble)
        written = to_units(np.clip(10.0 * np.round(points / 10.0), 0.0, 100.0))
        return np.concatenate([taps[:, :, :2], written], axis=2)

    return answer
