"""Would heavier tails, or knowing where a slider ends, make fits better? Measured.

The engine as it is (``plain``), and variants of its portable sampler with one block more:

- ``days``: heavy-tailed days, w_t ~ N(0, Q / g_t), g_t ~ Gamma(df/2, df/2)
- ``answers``: heavy-tailed answers, r_jk / g_tm for every day t and member m
- ``ends``: answers at an end of the scale are known only to lie beyond it (censored); measured
  here before it went into the engine, and now the engine's own

df is drawn on the grid 2.5, 4, 8, 16, 64. Run with

    .venv/bin/python bench/sampler_experiments.py --couples 500 --write docs/model/experiments.md
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.special import gammaln

from counterpoint.cohort.population_page import replace_section
from counterpoint.engine import (
    DyadDiary,
    DyadFit,
    DyadParameters,
    draw_parameters,
    fit_dyad,
    shipped_prior,
    simulate_dyads,
    to_units,
)
from counterpoint.engine.diagnostics import diagnose
from counterpoint.engine.portable import PortableChain, run_chain
from counterpoint.engine.problem import SamplerProblem, pose_problem
from counterpoint.engine.recovery import score_recovery
from counterpoint.engine.sampling import fit_of_draws
from counterpoint.engine.simulate import draw_inverse_wishart
from counterpoint.engine.states import Array
from counterpoint.engine.stationary import is_stable

DAYS = 42
SWEEPS, DROPPED = 300, 60
DF_GRID = np.array([2.5, 4.0, 8.0, 16.0, 64.0])


def draw_scales(
    squares: Array, dimensions: Array, df: float, rng: np.random.Generator
) -> tuple[Array, float]:
    """Draw the scales g of normals with these squared lengths, and then df given the scales."""
    g = rng.gamma(0.5 * (df + dimensions)) / (0.5 * (df + squares))
    half = 0.5 * DF_GRID
    log = g.size * (half * np.log(half) - gammaln(half))
    log = log + (half - 1.0) * np.sum(np.log(g)) - half * np.sum(g)
    weight = np.exp(log - log.max())
    return g, float(rng.choice(DF_GRID, p=weight / weight.sum()))


class DayTails(PortableChain):
    """Days whose noise is a scale mixture of normals."""

    def __init__(self, problem: SamplerProblem, rng: np.random.Generator) -> None:
        super().__init__(problem, rng)
        self.df = 8.0
        self.g = np.ones(self.days - 1)

    def _draw_deviations(self, value: Array, precision: Array) -> None:
        # days weighted by g: K_t = g_t K
        problem = self.problem
        transitions = self.coefficient[:, :4] * self.cross_weight
        daily = self.g[:, None, None] * self.process_precision
        step = daily @ transitions[1:]
        push = np.einsum("tij,tj->ti", daily, problem.inputs[1:] @ self.coefficient[:, 4:].T)
        diagonal = np.zeros((self.days, 4, 4))
        diagonal[0] = problem.initial_precision
        diagonal[1:] += daily
        diagonal[:-1] += np.swapaxes(transitions[1:], 1, 2) @ step
        diagonal[:, range(4), range(4)] += precision
        pull = value - precision * self.means()
        pull[1:] += push
        pull[:-1] -= np.einsum("tij,ti->tj", transitions[1:], push)
        self.deviation = self._solve_band(diagonal, step, pull)

    def _draw_levels_given_states(self) -> Array:
        problem = self.problem
        states = self.means() + self.deviation
        transitions = (self.coefficient[:, :4] * self.cross_weight)[1:]
        moved = states[1:] - np.einsum("tij,tj->ti", transitions, states[:-1])
        moved -= problem.inputs[1:] @ self.coefficient[:, 4:].T
        design = np.eye(4) - transitions
        first = np.eye(4)
        if problem.trend:
            clock = problem.clock
            sloped = clock[1:, None, None] * np.eye(4) - clock[:-1, None, None] * transitions
            design = np.concatenate([design, sloped], axis=2)
            first = np.hstack([first, clock[0] * np.eye(4)])
        size = design.shape[2]
        weighted = self.g[:, None, None] * (self.process_precision @ design)
        flat = weighted.reshape(-1, size)
        total = self.level_prior + design.reshape(-1, size).T @ flat
        pull = self.level_pull + flat.T @ moved.ravel()
        total += first.T @ problem.initial_precision @ first
        pull += first.T @ problem.initial_precision @ states[0]
        self._set_level(self._draw_normal(0.5 * (total + total.T), pull))
        self.deviation = states - self.means()
        return states

    def _draw_coefficients(self) -> None:
        problem = self.problem
        root_g = np.sqrt(self.g)[:, None]
        before = self.deviation[:-1]
        inputs = problem.inputs[1:]
        designs = [
            root_g * np.hstack([before * self.hours_a[1:], inputs]),
            root_g * np.hstack([before * self.hours_b[1:], inputs]),
        ]
        width = 4 + inputs.shape[1]
        total = problem.coefficient_precision.copy().reshape(4, width, 4, width)
        pull = (problem.coefficient_precision @ problem.coefficient_mean.ravel()).reshape(4, width)
        weighted = root_g * (self.deviation[1:] @ self.process_precision)
        for p in (0, 1):
            rows = slice(2 * p, 2 * p + 2)
            pull[rows] += weighted[:, rows].T @ designs[p]
            for q in (0, 1):
                columns = slice(2 * q, 2 * q + 2)
                total[rows, :, columns, :] += (
                    self.process_precision[rows, columns][:, None, :, None]
                    * (designs[p].T @ designs[q])[None, :, None, :]
                )
        root = np.linalg.cholesky(total.reshape(4 * width, 4 * width))
        half = np.linalg.solve(root, pull.ravel())
        for _ in range(40):
            noise = self.rng.standard_normal(half.shape)
            drawn = np.linalg.solve(root.T, half + noise).reshape(4, width)
            if is_stable(drawn[:, :4]):
                self.coefficient = drawn
                return
            self.unstable_redraws += 1

    def _draw_process_cov(self) -> None:
        problem = self.problem
        transitions = (self.coefficient[:, :4] * self.cross_weight)[1:]
        residual = self.deviation[1:] - np.einsum("tij,tj->ti", transitions, self.deviation[:-1])
        residual -= problem.inputs[1:] @ self.coefficient[:, 4:].T
        scale = problem.process_scale + (self.g[:, None] * residual).T @ residual
        df = problem.process_df + self.days - 1
        self.process_cov = draw_inverse_wishart(1, df, scale, rng=self.rng)[0]
        self.process_precision = np.linalg.inv(self.process_cov)
        squares = np.einsum("ti,ij,tj->t", residual, self.process_precision, residual)
        self.g, self.df = draw_scales(squares, np.full(squares.shape, 4.0), self.df, self.rng)


class AnswerTails(PortableChain):
    """Answers whose noise is a scale mixture of normals, one scale a day and member."""

    def __init__(self, problem: SamplerProblem, rng: np.random.Generator) -> None:
        super().__init__(problem, rng)
        self.df = 8.0
        self.scale = np.ones((self.days, 4, 1))

    def _composites(self) -> tuple[Array, Array]:
        problem = self.problem
        weight = problem.known * self.scale * (problem.loading / self.measurement_var)
        precision = np.sum(weight * problem.loading, axis=2)
        return np.sum(weight * (problem.answers - self.offset), axis=2), precision

    def _draw_items(self, states: Array) -> None:
        problem = self.problem
        weight = problem.known * self.scale
        residual = problem.known * (problem.answers - problem.loading * states[:, :, None])
        precision = weight.sum(axis=0) / self.measurement_var + problem.offset_precision
        mean = (weight * residual).sum(axis=0) / self.measurement_var / precision
        self.offset = mean + self.rng.standard_normal(mean.shape) / np.sqrt(precision)
        squares = problem.known * (residual - self.offset) ** 2
        rate = problem.measurement_rate + 0.5 * np.sum(self.scale * squares, axis=0)
        self.measurement_var = rate / self.rng.gamma(problem.measurement_shape + 0.5 * self.counts)
        lengths = np.sum(squares / self.measurement_var, axis=2)
        by_member = lengths.reshape(self.days, 2, 2).sum(axis=2)
        counts = problem.known.sum(axis=2).reshape(self.days, 2, 2).sum(axis=2)
        g, self.df = draw_scales(by_member, counts, self.df, self.rng)
        self.scale = np.repeat(g, 2, axis=1)[:, :, None]


VARIANTS: dict[str, Callable[[SamplerProblem, np.random.Generator], PortableChain]] = {
    "days": DayTails,
    "answers": AnswerTails,
}


def simulate(case: str, couples: int, seed: int) -> tuple[list[DyadDiary], list[DyadParameters]]:
    """Draw couples and spoil their days."""
    rng = np.random.default_rng(seed)
    prior = shipped_prior()
    truths = draw_parameters(couples, prior=prior, rng=rng, trend=True)
    design = "continuous"
    if case in ("taps", "taps, all 18 points higher"):
        design = "checkin"
    if case == "taps, all 18 points higher":
        truths = tuple(replace(t, level=t.level + 18.0 / 15.0) for t in truths)
    if case in ("clean", "taps", "taps, all 18 points higher"):
        diaries, _ = simulate_dyads(
            couples, DAYS, rng=rng, prior=prior, design=design, parameters=truths
        )
        return list(diaries), list(truths)
    found = []
    for number, truth in enumerate(truths):
        if case == "t3 days":
            diary = heavy_diary(truth, rng, name=f"simulated-{number + 1}")
        else:
            diary = simulate_dyads(1, DAYS, rng=rng, prior=prior, parameters=(truth,))[0][0]
            items = diary.items.copy()
            for member in (0, 2):
                joking = rng.random(DAYS) < 0.05
                random = to_units(rng.uniform(0.0, 100.0, size=(DAYS, 2, 3)))
                block = items[:, member : member + 2]
                block[joking] = np.where(np.isnan(block[joking]), np.nan, random[joking])
            diary = DyadDiary(items=items, dyad_id=f"simulated-{number + 1}")
        found.append(diary)
    return found, list(truths)


def heavy_diary(truth: DyadParameters, rng: np.random.Generator, *, name: str) -> DyadDiary:
    """Days whose noise is Student's t with 3 degrees of freedom and the covariance Q."""
    root = np.linalg.cholesky(truth.process_cov)
    warm = 60
    deviation = np.zeros((DAYS + warm, 4))
    for t in range(1, DAYS + warm):
        g = rng.gamma(1.5) / 1.5
        noise = root @ rng.standard_normal(4) / np.sqrt(3.0 * g)
        deviation[t] = truth.transition @ deviation[t - 1] + noise
    states = truth.means(DAYS) + deviation[warm:]
    shift = truth.intercept + truth.offset
    noise = np.sqrt(truth.measurement_var) * rng.standard_normal((DAYS, 4, 3))
    items = shift + truth.loading * states[:, :, None] + noise
    missing = rng.random((DAYS, 2)) < 0.25
    items[np.repeat(missing, 2, axis=1)] = np.nan
    return DyadDiary(items=items, dyad_id=name)


def fit_one(job: tuple[str, DyadDiary, int]) -> DyadFit:
    """Fit one diary by one variant."""
    variant, diary, seed = job
    prior = shipped_prior()
    problem = pose_problem(diary, prior, trend=True)
    if variant in ("plain", "ends"):
        return fit_dyad(
            diary if variant == "ends" else replace(diary, ends=None),
            prior=prior,
            sweeps=SWEEPS,
            dropped=DROPPED,
            seed=seed,
            backend="compiled",
            trend=True,
            until_mixed=False,
        )
    chain = VARIANTS[variant](problem, np.random.default_rng(seed))
    draws = run_chain(chain, sweeps=SWEEPS, dropped=DROPPED)
    return fit_of_draws(
        diary,
        prior,
        draws,
        diagnostics=diagnose(diary, prior, draws, sweeps=SWEEPS),
        backend="portable",
        provisional=False,
        seed=seed,
        sweeps=SWEEPS,
        dropped=DROPPED,
        with_trend=True,
    )


CELLS = (
    ("taps", "plain"),
    ("taps", "ends"),
    ("taps, all 18 points higher", "plain"),
    ("taps, all 18 points higher", "ends"),
    ("clean", "plain"),
    ("clean", "days"),
    ("clean", "answers"),
    ("t3 days", "plain"),
    ("t3 days", "days"),
    ("5 % joking days", "plain"),
    ("5 % joking days", "answers"),
)
COLUMNS = (
    "| days | sampler | level r | level RMSE, points | level bias | level covers | same-day r "
    "| same-day covers | coupling r | coupling RMSE | coupling covers | cost said and wrong "
    "| charts only |"
)


def main() -> None:
    """Run the cells and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--couples", type=int, default=500)
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    lines = [
        f"`bench/sampler_experiments.py --couples {chosen.couples} --seed {chosen.seed}`: "
        f"{chosen.couples} couples a row,",
        f"{DAYS} days, 25 % missing, {SWEEPS} sweeps, day gates off.",
        "",
        COLUMNS,
        "|---" * (COLUMNS.count("|") - 1) + "|",
    ]
    with ProcessPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        for case, variant in CELLS:
            diaries, truths = simulate(case, chosen.couples, chosen.seed)
            jobs = [(variant, diary, 1000 + n) for n, diary in enumerate(diaries)]
            found = score_recovery(pool.map(fit_one, jobs, chunksize=5), truths)[0]
            wrong = 1.0 - found.right_overall("cost")
            figures = (
                f"{found.mean('level', 'r'):.3f}",
                f"{found.mean('level', 'rmse'):.2f}",
                f"{found.mean('level', 'bias'):+.2f}",
                f"{found.mean('level', 'coverage'):.3f}",
                f"{found.mean('same_day', 'r'):.3f}",
                f"{found.mean('same_day', 'coverage'):.3f}",
                f"{found.mean('coupling', 'r'):.3f}",
                f"{found.mean('coupling', 'rmse'):.4f}",
                f"{found.mean('coupling', 'coverage'):.3f}",
                f"{wrong:.2f}",
                f"{found.charts_only:.3f}",
            )
            lines.append("| " + " | ".join((case, variant, *figures)) + " |")
            print(lines[-1], flush=True)
    if chosen.write:
        replace_section(chosen.write, "sampler", "\n".join(lines))


if __name__ == "__main__":
    main()
