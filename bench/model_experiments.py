"""Parts of the model, each with and without: what they are worth, measured on simulated couples.

- ``together``: time together multiplies partner effects. Fitted with it, and as if always 1.
- ``window``: a diary of 240 days in which nothing changes, levels wander, or levels and couplings
  wander. All days fitted, the last 120, the last 60; held against how things are at the end.
- ``ends``: a researcher's own scale, of whole points or of five steps, whose ends are known to the
  sampler or not.

Each writes its own section of the page. Run with

    .venv/bin/python bench/model_experiments.py --write docs/model/experiments.md
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from counterpoint.cohort.pages.markdown import number, table
from counterpoint.cohort.population_page import replace_section
from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    Prior,
    base_population,
    draw_parameters,
    fit_dyads,
    last_days,
    shipped_prior,
    simulate_dyads,
    to_points,
    to_units,
)
from counterpoint.engine.recovery import Recovery, score_recovery
from counterpoint.engine.states import Array
from counterpoint.engine.stationary import is_stable

LONG_DAYS = 240
WANDER_SD = 1.0
"""Units (15 points) by which a level is likely to have moved after all the days."""
ALIKE = 0.5
"""Correlation of a coupling at the end with the same coupling at the beginning."""


def fitted(
    diaries: Iterable[DyadDiary], truths: Sequence[DyadParameters], prior: Prior, seed: int
) -> Recovery:
    """Fit diaries under a prior and score them, day gates off."""
    return score_recovery(fit_dyads(diaries, prior=prior, seed=seed), truths)[0]


def figures(found: Recovery, kind: str, *, cross: bool | None = None) -> tuple[str, ...]:
    """Return r, RMSE, bias and coverage of a kind: of partner couplings, own ones, or all."""
    rows = found.of(kind)
    if cross is not None:
        rows = tuple(row for row in rows if row.name.endswith("_q") == cross)
    digits = 1 if kind == "level" else 3
    means = [np.mean([getattr(row, figure) for row in rows]) for figure in ("r", "rmse", "bias")]
    return (
        number(float(means[0]), 3),
        number(float(means[1]), max(digits, 2)),
        number(float(means[2]), max(digits, 2)),
        number(float(np.mean([row.coverage for row in rows])), 3),
    )


# ---- time together --------------------------------------------------------------------------


def time_together(couples: int, seed: int) -> str:
    """Fit diaries in which time together varies, with and without telling it to the model."""
    prior, base = shipped_prior(3), base_population(3)
    rows = []
    for days in (28, 56, 84):
        diaries, truths = simulate_dyads(
            couples, days, rng=np.random.default_rng([seed, days]), prior=base, together=True
        )
        without = [replace(diary, together=None) for diary in diaries]
        for words, told in (("told", diaries), ("taken as 1", without)):
            found = fitted(told, truths, prior, seed)
            rows.append(
                (
                    f"{days} days, time together {words}",
                    *figures(found, "coupling", cross=True),
                    *figures(found, "coupling", cross=False),
                    number(found.right_overall("cost"), 3),
                )
            )
    heads = ("", "partner: r", "RMSE", "bias", "covered", "own: r", "RMSE", "bias", "covered")
    return "\n\n".join(
        (
            f"{couples:,} couples of the base population a row, three unclipped items, 25 % "
            "missing, time together .5, 1 or 1.5 by chance every day. *Partner*: the eight "
            "couplings from one to the other; *own*: the eight within a person.",
            table((*heads, "cost right"), rows),
        )
    )


# ---- sliding window -------------------------------------------------------------------------


@dataclass(frozen=True)
class Wandering:
    """What moves in a long diary."""

    levels: bool
    couplings: bool


def draw_path(
    truth: DyadParameters, other: DyadParameters, moves: Wandering, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Return the levels, (days, 4), and the couplings, (days, 4, 4), of every day."""
    level = np.repeat(truth.level[None], LONG_DAYS, axis=0)
    if moves.levels:
        step = WANDER_SD / np.sqrt(LONG_DAYS)
        level = level + np.cumsum(step * rng.standard_normal((LONG_DAYS, 4)), axis=0)
    share = np.linspace(0.0, 1.0, LONG_DAYS)[:, None, None] if moves.couplings else 0.0
    steps = (1.0 - share) * truth.transition + share * other.transition
    return level, np.broadcast_to(steps, (LONG_DAYS, 4, 4))


def draw_ends(
    couples: int, base: Prior, rng: np.random.Generator
) -> tuple[tuple[DyadParameters, ...], tuple[DyadParameters, ...]]:
    """Draw couples as they begin and as they end: couplings of both from the base, correlated."""
    begins = draw_parameters(couples, prior=base, rng=rng)
    mean = base.coefficient_moments()[0][:, :4]
    ends = []
    for begin in begins:
        while True:
            fresh = draw_parameters(1, prior=base, rng=rng)[0]
            moved = mean + ALIKE * (begin.transition - mean)
            moved = moved + np.sqrt(1.0 - ALIKE**2) * (fresh.transition - mean)
            between = [(1.0 - w) * begin.transition + w * moved for w in (0.25, 0.5, 0.75, 1.0)]
            if np.all(is_stable(np.stack(between))):
                ends.append(replace(begin, transition=moved))
                break
    return begins, tuple(ends)


def long_diary(
    truth: DyadParameters, level: Array, steps: Array, rng: np.random.Generator, name: str
) -> DyadDiary:
    """Simulate a long diary whose levels and couplings are those of each day."""
    root = np.linalg.cholesky(truth.process_cov)
    deviation = np.zeros((LONG_DAYS, 4))
    now = np.zeros(4)
    for _ in range(60):
        now = steps[0] @ now + root @ rng.standard_normal(4)
    for day in range(LONG_DAYS):
        now = steps[day] @ now + root @ rng.standard_normal(4)
        deviation[day] = now
    states = level + deviation
    noise = np.sqrt(truth.measurement_var) * rng.standard_normal((LONG_DAYS, 4, 3))
    items = truth.intercept + truth.offset + truth.loading * states[:, :, None] + noise
    items[np.repeat(rng.random((LONG_DAYS, 2)) < 0.25, 2, axis=1)] = np.nan
    return DyadDiary(items=items, dyad_id=name)


CASES = (
    ("nothing moves", Wandering(levels=False, couplings=False)),
    ("levels wander", Wandering(levels=True, couplings=False)),
    ("levels and couplings wander", Wandering(levels=True, couplings=True)),
)


def sliding_window(couples: int, seed: int) -> str:
    """Fit all of a long diary or its last days, and hold the fits against how it ends."""
    prior, base = shipped_prior(3), base_population(3)
    rows = []
    for words, moves in CASES:
        rng = np.random.default_rng([seed, moves.levels, moves.couplings])
        begins, ends = draw_ends(couples, base, rng)
        diaries, truths = [], []
        for number_, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            level, steps = draw_path(begin, end, moves, rng)
            diaries.append(long_diary(begin, level, steps, rng, f"long-{number_ + 1}"))
            truths.append(replace(begin, level=level[-1], transition=steps[-1].copy()))
        for days in (LONG_DAYS, 120, 60):
            found = fitted([last_days(diary, days) for diary in diaries], truths, prior, seed)
            rows.append(
                (
                    f"{words}: {'all' if days == LONG_DAYS else f'last {days}'}",
                    *figures(found, "level"),
                    *figures(found, "same_day"),
                    *figures(found, "coupling"),
                    number(found.charts_only, 3),
                )
            )
    heads = ("", "place: r", "RMSE", "bias", "covered", "same day: r", "RMSE", "bias", "covered")
    return "\n\n".join(
        (
            f"{couples:,} couples of the base population a row, {LONG_DAYS} days, three unclipped "
            "items, 25 % missing. "
            f"Levels wander by {15 * WANDER_SD:.0f} points (sd) over all the days; couplings end "
            f"at numbers that correlate {number(ALIKE, 1)} with those at the beginning. The truth "
            "is how things are on the last day.",
            table((*heads, "coupling: r", "RMSE", "bias", "covered", "charts only"), rows),
        )
    )


# ---- ends of a researcher's scale -----------------------------------------------------------

SCALES = (("whole points", 1.0), ("five steps", 25.0))
ENDS: tuple[tuple[str, Callable[[float], tuple[float, float] | None]], ...] = (
    ("unknown", lambda _: None),
    ("known", lambda _: (0.0, 100.0)),
    ("known, half a step inside", lambda step: (0.5 * step, 100.0 - 0.5 * step)),
)


def ends_of_scales(couples: int, seed: int) -> str:
    """Fit answers on a researcher's scale whose ends are known or not."""
    prior, base = shipped_prior(3, own_items=True), base_population(3, own_items=True)
    rows = []
    for higher in (0.0, 18.0):
        rng = np.random.default_rng([seed, int(higher)])
        truths = draw_parameters(couples, prior=base, rng=rng, trend=True)
        truths = tuple(replace(one, level=one.level + higher / 15.0) for one in truths)
        diaries, _ = simulate_dyads(couples, 56, rng=rng, prior=base, parameters=truths)
        for words, step in SCALES:
            for known, borders in ENDS:
                told = []
                for diary in diaries:
                    points = step * np.round(to_points(diary.items) / step)
                    inside = borders(step)
                    low_high = None if inside is None else to_units(np.array(inside))
                    told.append(
                        replace(
                            diary,
                            items=to_units(np.clip(points, 0.0, 100.0)),
                            ends=None if low_high is None else (low_high[0], low_high[1]),
                        )
                    )
                found = fitted(told, truths, prior, seed)
                rows.append(
                    (
                        f"{words}{', 18 points higher' if higher else ''}: {known}",
                        *figures(found, "level"),
                        *figures(found, "same_day"),
                        *figures(found, "coupling"),
                        number(found.charts_only, 3),
                    )
                )
    heads = ("", "place: r", "RMSE", "bias", "covered", "same day: r", "RMSE", "bias", "covered")
    return "\n\n".join(
        (
            f"{couples:,} couples of the base population a row, 56 days, three items that count "
            "alike on a scale from 0 to 100 points, 25 % missing.",
            table((*heads, "coupling: r", "RMSE", "bias", "covered", "charts only"), rows),
        )
    )


PARTS: dict[str, tuple[Callable[[int, int], str], int]] = {
    "together": (time_together, 1000),
    "window": (sliding_window, 300),
    "ends": (ends_of_scales, 300),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the parts asked for; print them or write them into their sections of a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=sorted(PARTS), action="append")
    parser.add_argument("--couples", type=int, help="in place of each part's own number")
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args(arguments)
    for part in chosen.part or PARTS:
        measure, couples = PARTS[part]
        couples = chosen.couples or couples
        command = f"bench/model_experiments.py --part {part} --couples {couples}"
        text = f"`{command} --seed {chosen.seed}`\n\n{measure(couples, chosen.seed)}"
        print(text, flush=True)
        if chosen.write:
            replace_section(chosen.write, part, text)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
