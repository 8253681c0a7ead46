"""How often the level alarm fires, and how far places so flagged must be stretched.

.venv/bin/python bench/flags.py --couples 500 --write docs/model/flags.md
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    draw_parameters,
    fit_dyads,
    shipped_prior,
    simulate_dyads,
)
from counterpoint.engine.alarm import ALARM_AT, level_moves

INSIDE = 1.6448536269514722
UP = 1.2


def fired(diaries: list[DyadDiary], states: slice = slice(None)) -> float:
    """Share of series beyond the alarm's bound."""
    prior = shipped_prior()
    z = np.array([level_moves(diary, prior)[1] for diary in diaries])
    return float(np.mean(np.abs(z[:, states]) > ALARM_AT))


def moved_by(diary: DyadDiary, shift: np.ndarray) -> DyadDiary:
    """Return the diary with connection of a moved by so much every day, units u."""
    items = diary.items.copy()
    items[:, 0] += shift[:, None]
    return replace(diary, items=items)


def stretch(
    diaries: list[DyadDiary], truths: np.ndarray, *, flag: str
) -> tuple[int, float, float, float]:
    """Return how many places are flagged, their coverage, the factor to .90, and mean error."""
    scores = []
    for fit, truth in zip(
        fit_dyads(diaries, prior=shipped_prior(), backend="compiled", sweeps=600, dropped=100),
        truths,
        strict=True,
    ):
        place = fit.level + 0.5 * fit.trend
        z = (place.mean(axis=0) - truth) / place.std(axis=0)
        flags = fit.diagnostics.at_ceiling if flag == "top" else fit.diagnostics.has_moved
        scores.extend(z[np.array(flags)])
    found = np.array(scores)
    factor = float(np.quantile(np.abs(found), 0.9) / INSIDE)
    return found.size, float(np.mean(np.abs(found) < INSIDE)), factor, float(found.mean())


def raised(truths: tuple[DyadParameters, ...]) -> tuple[DyadParameters, ...]:
    """Everybody 18 points higher."""
    return tuple(replace(truth, level=truth.level + UP) for truth in truths)


def main() -> None:
    """Print or write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--couples", type=int, default=500)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    n, rng, prior = chosen.couples, np.random.default_rng(chosen.seed), shipped_prior()
    lines = [
        "# Flags that annotate and widen",
        "",
        f"`bench/flags.py --couples {n} --seed {chosen.seed}`.",
        "",
        f"Level alarm, |z| > {ALARM_AT}: share of series beyond it.",
        "",
        "| design | days | still | drop of 15 points in the last 14 days | even decline of 15 |",
        "|---|---|---|---|---|",
    ]
    for design in ("continuous", "checkin"):
        for days in (42, 56, 84):
            still, _ = simulate_dyads(n, days, rng=rng, trend=False, design=design)
            last = np.where(np.arange(days) >= days - 14, -1.0, 0.0)
            drop = [moved_by(diary, last) for diary in still]
            slow = [moved_by(diary, np.linspace(0.0, -1.0, days)) for diary in still]
            one = slice(0, 1)
            lines.append(
                f"| {design} | {days} | {fired(list(still)):.3f} | {fired(drop, one):.2f} "
                f"| {fired(slow, one):.2f} |"
            )
    lines += [
        "",
        "Places so flagged, before they are stretched.",
        "",
        "| flag | diaries | places | 90 % interval covers | factor to .90 | mean error, sd |",
        "|---|---|---|---|---|---|",
    ]
    truths = raised(draw_parameters(n, prior=prior, rng=rng, trend=True))
    high, _ = simulate_dyads(n, 42, rng=rng, design="checkin", parameters=truths)
    places = np.array([truth.place for truth in truths])
    at_word = [replace(diary, ends=None) for diary in high]
    still, truths = simulate_dyads(n, 70, rng=rng, trend=False)
    jump = [moved_by(diary, np.where(np.arange(70) >= 56, -1.0, 0.0)) for diary in still]
    after = np.array([truth.level + np.array([-1.0, 0, 0, 0]) for truth in truths])
    for flag, name, diaries, truth in (
        ("top", "taps, all 18 points higher, ends known", list(high), places),
        ("top", "the same, answers at their word", at_word, places),
        ("moved", "70 days, a drop of 15 points in the last 14", jump, after),
    ):
        count, covers, factor, mean = stretch(diaries, truth, flag=flag)
        lines.append(f"| {flag} | {name} | {count} | {covers:.3f} | {factor:.2f} | {mean:+.2f} |")
    text = "\n".join(lines) + "\n"
    print(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
