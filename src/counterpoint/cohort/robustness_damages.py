"""Every damage of the robustness table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counterpoint.cohort.recovery_cells import MISSING
from counterpoint.cohort.robustness_diaries import (
    Damage,
    heavy_days,
    hide_bad_days,
    jump,
    line,
    move_over_time,
    never_moved,
    one_writer,
    parked,
    random_days,
    same_tap_all_down,
    shift_by,
    wander,
)
from counterpoint.engine import Prior
from counterpoint.engine.units import POINTS_PER_UNIT


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
    return replace(prior, level_mean=prior.level_mean - 25.0 / POINTS_PER_UNIT)


DAMAGES: tuple[Damage, ...] = (
    Damage(
        "honest",
        "the daily check-in as the engine expects it; the day apart is told and colours nothing",
        tells_day=True,
    ),
    Damage("heavy tails", "the chance of a day has 3 degrees of freedom", days_from=heavy_days),
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
    Damage(
        "parked, every other",
        "a repeats the last answers every other day",
        answer=parked(0.5),
        caught="parked",
    ),
    Damage(
        "parked, one in three",
        "a repeats the last answers on one day in three",
        answer=parked(1 / 3),
    ),
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
        caught="one_writer",
    ),
    Damage(
        "mood 7.5",
        "a person's mood moves all answers, sd 7.5 points; the day apart is told",
        mood_points=7.5,
        tells_day=True,
    ),
    Damage("mood 12", "the same, sd 12 points", mood_points=12.0, tells_day=True),
    Damage("mood 12, day not told", "the same, but the day apart is left empty", mood_points=12.0),
    Damage(
        "drift 15",
        "each level moves 15 points along a line",
        feel=move_over_time(line(15.0)),
        own_trend=False,
    ),
    Damage(
        "drift 25",
        "each level moves 25 points along a line",
        feel=move_over_time(line(25.0)),
        own_trend=False,
    ),
    Damage(
        "wandering",
        "each level walks 1.5 points a day",
        feel=move_over_time(wander),
        own_trend=False,
    ),
    Damage(
        "jump",
        "all levels fall 15 points on one day",
        feel=move_over_time(jump),
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
