"""How well a population is learned, and what single couples gain from it.

Run ``python bench/population_accuracy.py --page docs/model/population.md`` to write all tables into
the page, ``--tables`` for some of them. Couples are simulated, so that the truth is known; kernels
are compiled first.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import add
from pathlib import Path
from unittest.mock import patch

import numpy as np

from counterpoint.cli._kernels import use_kernel_folder
from counterpoint.cohort.population_page import replace_section
from counterpoint.engine import (
    DyadDiary,
    DyadFit,
    DyadParameters,
    Prior,
    fit_dyads,
    population,
    shipped_prior,
    simulate_dyads,
    warm_up,
)
from counterpoint.engine.population import (
    ANCHOR_COUPLES,
    ROUNDS,
    SWEEPS,
    Learning,
    learn_population,
)
from counterpoint.engine.population_block import advance_block, block_of
from counterpoint.engine.population_chain import ChainPoint
from counterpoint.engine.population_refit import refit_dyads
from counterpoint.engine.population_statistics import total_of
from counterpoint.engine.prior import PARTNER_ORDER
from counterpoint.engine.states import Array
from peers.cohort import population_of

DAYS = 60
BLOCK = 50
THREADS = 2
ANCHORED_SIZES = (20, 50, 100)
LIGHT_ANCHOR = 20
"""A lighter anchor, to tell what it would gain and cost."""
TABLES = ("anchor", "unlike", "recovery")
SAID = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Score:
    """How near some fits are to the truth.

    Attributes
    ----------
    rmse, r, covered
        Of the sixteen couplings together (r within each coupling, averaged); the last is the
        share of 90 % intervals that hold the truth.
    covered_error
        Its standard error, couples as the unit.
    level_covered
        The same share for levels.
    """

    rmse: float
    r: float
    covered: float
    covered_error: float
    level_covered: float


def somewhat_wrong(prior: Prior) -> Prior:
    """Return the population the shipped prior is a little wrong about.

    Less carry-over (.28 for .35), more contagion (.15 for .10), couplings that differ less (sd
    times .8), lower levels (by 5 points).
    """
    mean = prior.coupling_mean.copy()
    mean[[0, 3]], mean[7] = 0.28, 0.15
    return replace(
        prior,
        coupling_mean=mean,
        coupling_sum_cov=0.64 * prior.coupling_sum_cov,
        coupling_difference_cov=0.64 * prior.coupling_difference_cov,
        level_mean=prior.level_mean - 1.0 / 3.0,
    )


def far_off(prior: Prior) -> Prior:
    """Return a start that learning has to leave: wider, shifted, every item alike."""
    return replace(
        prior,
        coupling_mean=prior.coupling_mean + 0.08,
        coupling_sum_cov=2.25 * prior.coupling_sum_cov,
        coupling_difference_cov=2.25 * prior.coupling_difference_cov,
        level_mean=prior.level_mean - 0.5,
        loading=np.ones_like(prior.loading),
        intercept=np.zeros_like(prior.intercept),
        offset_sd=0.6,
    )


def learn(
    diaries: Sequence[DyadDiary], base: Prior, *, free: bool, anchor: int = ANCHOR_COUPLES
) -> tuple[Prior, list[DyadFit]]:
    """Learn a population, also where the program refuses to, and go on to every fit."""
    with patch.object(population, "ANCHOR_COUPLES", anchor):
        return learn_and_refit(diaries, base, free=free)


def learn_and_refit(
    diaries: Sequence[DyadDiary], base: Prior, *, free: bool
) -> tuple[Prior, list[DyadFit]]:
    """Learn a population and go on to every fit."""
    parts = [diaries[i : i + BLOCK] for i in range(0, len(diaries), BLOCK)]
    blocks = [block_of(part) for part in parts]
    points: list[ChainPoint | None] = [None] * len(blocks)
    learning = Learning(base=base, population=base, free=free)
    with ThreadPoolExecutor(THREADS) as pool:
        for stretch in range(ROUNDS):
            started = [
                pool.submit(
                    advance_block, block, learning.population, point, sweeps=SWEEPS, stretch=stretch
                )
                for block, point in zip(blocks, points, strict=True)
            ]
            moved = [one.result() for one in started]
            points = [point for point, _ in moved]
            learning = learning.after(total_of([told for _, told in moved], add))
        found = learning.population

        def refit(index: int) -> list[DyadFit]:
            point = points[index]
            assert point is not None  # noqa: S101 - every block has been advanced
            return list(refit_dyads(parts[index], found, point, stretch=ROUNDS))

        fits = [fit for part in pool.map(refit, range(len(parts))) for fit in part]
    return found, fits


def fit_under(diaries: Sequence[DyadDiary], prior: Prior) -> list[DyadFit]:
    """Fit couples under a population that is given."""
    return list(
        fit_dyads(
            diaries, prior=prior, sweeps=650, dropped=150, backend="compiled", threads=THREADS
        )
    )


def score(fits: Sequence[DyadFit], truths: Sequence[DyadParameters]) -> Score:
    """Hold fits against the truth."""
    true = np.stack([truth.transition.ravel() for truth in truths])
    mean = np.stack([fit.transition.mean(axis=0).ravel() for fit in fits])
    low, high = (
        np.stack([np.quantile(fit.transition, q, axis=0).ravel() for fit in fits])
        for q in (0.05, 0.95)
    )
    place = np.stack([truth.place for truth in truths])
    ends = [np.stack([np.quantile(fit.place, q, axis=0) for fit in fits]) for q in (0.05, 0.95)]
    inside = np.mean((low <= true) & (true <= high), axis=1)
    return Score(
        rmse=float(np.sqrt(np.mean((mean - true) ** 2))),
        r=float(np.mean([np.corrcoef(true[:, k], mean[:, k])[0, 1] for k in range(16)])),
        covered=float(inside.mean()),
        covered_error=float(inside.std(ddof=1) / np.sqrt(len(inside))),
        level_covered=float(np.mean((ends[0] <= place) & (place <= ends[1]))),
    )


def contrasts(fits: Sequence[DyadFit], truths: Sequence[DyadParameters]) -> list[str]:
    """Return, by what was said, the share of couples in which a coupling into a is the larger."""
    effect, cause = (
        np.array([[pair[k] for pair in order] for order in PARTNER_ORDER]) for k in (0, 1)
    )

    def apart(transition: Array) -> Array:
        couplings = transition[..., effect, cause]
        return np.asarray(couplings[..., 0, :] - couplings[..., 1, :])

    said = np.stack([np.mean(apart(fit.transition) > 0.0, axis=0) for fit in fits]).ravel()
    true = np.stack([apart(truth.transition) > 0.0 for truth in truths]).ravel()
    cells = []
    for low, high in pairwise(SAID):
        inside = (said >= low) & ((said < high) | (high == 1.0))
        cells.append(f"{said[inside].mean():.2f} / {true[inside].mean():.2f}")
    return cells


def spread(prior: Prior) -> Array:
    """Return the sd of the eight couplings."""
    cov = 0.5 * (prior.coupling_sum_cov + prior.coupling_difference_cov)
    return np.asarray(np.sqrt(np.diag(cov)))


def recovery_table(sizes: Sequence[int]) -> str:
    """Return how well a free population is found from a start that is far off."""
    true = shipped_prior()
    lines = [
        "| couples | largest error of a mean | of an sd | of a loading | degrees of freedom (12) "
        "| error sd of items | r | RMSE (truth known) | couplings covered | levels covered |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    said: list[str] = []
    for size in sizes:
        diaries, truths = simulate_dyads(size, DAYS, rng=np.random.default_rng(size), prior=true)
        found, fits = learn(diaries, far_off(true), free=True)
        own, best = score(fits, truths), score(fit_under(diaries, true), truths)
        said = contrasts(fits, truths)
        item = np.sqrt(found.measurement_rate / true.measurement_rate)
        lines.append(
            f"| {size:,} | {np.abs(found.coupling_mean - true.coupling_mean).max():.3f} "
            f"| {np.abs(spread(found) - spread(true)).max():.3f} "
            f"| {np.abs(found.loading - true.loading).max():.3f} | {found.process_df:.1f} "
            f"| × {item.min():.2f} to {item.max():.2f} | {own.r:.2f} "
            f"| {own.rmse:.4f} ({best.rmse:.4f}) | {own.covered:.3f} | {own.level_covered:.3f} |"
        )
    lines += [
        "",
        f"Said and true, {sizes[-1]:,} couples: the probability that a coupling into a is larger "
        "than the same into b, and how often it is.",
        "",
        "| " + " | ".join(f"{a:.1f} to {b:.1f}" for a, b in pairwise(SAID)) + " |",
        "|" + "---|" * (len(SAID) - 1),
        "| " + " | ".join(said) + " |",
    ]
    return "\n".join(lines)


def population_table(sizes: Sequence[int]) -> str:
    """Return how well a free population is found, without any couple's fit."""
    true = shipped_prior()
    lines = [
        "| couples | largest error of a mean | of an sd | of a loading | degrees of freedom (12) "
        "| error sd of items |",
        "|---|---|---|---|---|---|",
    ]
    for size in sizes:
        diaries, _ = simulate_dyads(size, DAYS, rng=np.random.default_rng(size), prior=true)
        found = learn_population(
            diaries, base=far_off(true), free=True, backend="compiled", threads=THREADS
        ).prior
        item = np.sqrt(found.measurement_rate / true.measurement_rate)
        lines.append(
            f"| {size:,} | {np.abs(found.coupling_mean - true.coupling_mean).max():.3f} "
            f"| {np.abs(spread(found) - spread(true)).max():.3f} "
            f"| {np.abs(found.loading - true.loading).max():.3f} | {found.process_df:.1f} "
            f"| × {item.min():.2f} to {item.max():.2f} |"
        )
    return "\n".join(lines)


def anchor_table(total: int, true: Prior) -> str:
    """Return what couples of small cohorts gain: shipped, anchored, free, and the truth known."""
    shipped = shipped_prior()
    rows: dict[str, list[str]] = {
        name: []
        for name in (
            "shipped only",
            f"anchored (as {ANCHOR_COUPLES} couples)",
            f"anchored as {LIGHT_ANCHOR} couples",
            "free (refused below 300)",
            "truth known",
        )
    }
    sizes = ANCHORED_SIZES
    for size in sizes:
        fits: dict[str, list[DyadFit]] = {name: [] for name in rows}
        truths: list[DyadParameters] = []
        for cohort in range(total // size):
            rng = np.random.default_rng([size, cohort])
            diaries, some = simulate_dyads(size, DAYS, rng=rng, prior=true)
            truths += some
            each = (
                fit_under(diaries, shipped),
                learn(diaries, shipped, free=False)[1],
                learn(diaries, shipped, free=False, anchor=LIGHT_ANCHOR)[1],
                learn(diaries, shipped, free=True)[1],
                fit_under(diaries, true),
            )
            for name, some_fits in zip(rows, each, strict=True):
                fits[name] += some_fits
        for name, found in fits.items():
            own = score(found, truths)
            rows[name].append(
                f"{own.rmse:.4f} / {own.covered:.3f} ± {own.covered_error:.3f} "
                f"/ {own.level_covered:.3f}"
            )
    lines = [
        f"| couples in a cohort | {' | '.join(map(str, sizes))} |",
        "|" + "---|" * (len(sizes) + 1),
    ]
    lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()]
    return "\n".join(lines)


def main() -> None:
    """Print tables, and write them into a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="300,1000,3000", help="couples, for recovery")
    parser.add_argument("--total", type=int, default=400, help="couples in a cell of the anchor")
    parser.add_argument("--tables", nargs="*", choices=TABLES, default=list(TABLES))
    parser.add_argument("--population-only", action="store_true", help="recovery without fits")
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    if asked.total < max(ANCHORED_SIZES):
        parser.error(f"--total: a cell needs at least {max(ANCHORED_SIZES)} couples")
    use_kernel_folder()
    warm_up()
    sizes = [int(part) for part in asked.sizes.split(",")]
    recovery = population_table if asked.population_only else recovery_table
    makers: dict[str, Callable[[], str]] = {
        "anchor": lambda: anchor_table(asked.total, somewhat_wrong(shipped_prior())),
        "unlike": lambda: anchor_table(asked.total, population_of("other")),
        "recovery": lambda: recovery(sizes),
    }
    for name in asked.tables:
        text = makers[name]()
        print(f"{text}\n", flush=True)
        if asked.page is not None:
            replace_section(asked.page, name, text)


if __name__ == "__main__":
    main()
