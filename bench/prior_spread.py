"""How wide the shipped prior should take couples to differ in their couplings.

.venv/bin/python bench/prior_spread.py --couples 400 --write docs/model/prior_spread.md
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    base_population,
    fit_dyads,
    simulate_dyads,
)
from counterpoint.engine.quantities import COST_THRESHOLD, quantities_of_truth

TRUTHS = (1.0, 1.5, 0.66)
PRIORS = (1.0, 1.1, 1.15, 1.2, 1.25)


@dataclass(frozen=True)
class Row:
    """Figures of the couplings of one cohort fitted under one prior.

    Parameters
    ----------
    covered, error
        Share of truths in the 90 % interval, and its Monte Carlo error over couples.
    rmse, r
        Of the posterior mean.
    costs, directions
        Costs, and same-day directions, said without the gate on days: how many, share right.
    """

    covered: float
    error: float
    rmse: float
    r: float
    costs: tuple[int, float]
    directions: tuple[int, float]


def measure(
    diaries: tuple[DyadDiary, ...], truths: tuple[DyadParameters, ...], spread: float, seed: int
) -> Row:
    """Fit one cohort under the base population with couplings so many times as far apart."""
    prior = base_population().with_coupling_spread(spread)
    truth = np.stack([known.transition for known in truths]).reshape(-1, 16)
    means, inside = [], []
    costs: list[bool] = []
    directions: list[bool] = []
    fits = fit_dyads(diaries, prior=prior, seed=seed, backend="compiled")
    for fit, known, true in zip(fits, truths, truth, strict=True):
        draws = fit.transition.reshape(-1, 16)
        low, high = np.quantile(draws, (0.05, 0.95), axis=0)
        means.append(draws.mean(axis=0))
        inside.append(np.mean((low <= true) & (true <= high)))
        values = quantities_of_truth(known)
        answers = fit.answers(day_gate=False)
        for answer, value in zip(
            [found for found in answers if found.quantity == "cost"], values.cost[0], strict=True
        ):
            if answer.said:
                costs.append(bool(value > COST_THRESHOLD))
        for answer, value in zip(
            [found for found in answers if found.quantity == "same_day"],
            values.same_day[0],
            strict=True,
        ):
            if answer.said and answer.prob is not None:
                directions.append(bool((answer.prob > 0.5) == (value > 0)))
    mean = np.array(means)
    return Row(
        covered=float(np.mean(inside)),
        error=float(np.std(inside, ddof=1) / np.sqrt(len(inside))),
        rmse=float(np.sqrt(np.mean((mean - truth) ** 2))),
        r=float(np.mean([np.corrcoef(mean[:, k], truth[:, k])[0, 1] for k in range(16)])),
        costs=(len(costs), float(np.mean(costs)) if costs else float("nan")),
        directions=(len(directions), float(np.mean(directions)) if directions else float("nan")),
    )


def main() -> None:
    """Print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--couples", type=int, default=400)
    parser.add_argument("--days", type=int, default=42)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    lines = [
        "# How wide a prior of couplings",
        "",
        f"`bench/prior_spread.py --couples {chosen.couples} --days {chosen.days} "
        f"--seed {chosen.seed}`: check-in design. Couples differ in their couplings so many "
        "times as much as in the base population (*truth*), and are fitted under a prior that "
        "takes them to differ so many times as much (*prior*). Means over the 16 couplings; "
        "*costs* and *directions*: said without the gate on days, share right.",
        "",
        "| truth | prior | 90 % interval covers | RMSE | r | costs | directions |",
        "|---|---|---|---|---|---|---|",
    ]
    for truth in TRUTHS:
        diaries, truths = simulate_dyads(
            chosen.couples,
            chosen.days,
            rng=np.random.default_rng([chosen.seed, round(100 * truth)]),
            prior=base_population().with_coupling_spread(truth),
            design="checkin",
        )
        first = float("nan")
        for spread in PRIORS:
            row = measure(diaries, truths, spread, chosen.seed)
            first = row.rmse if spread == PRIORS[0] else first
            lines.append(
                f"| x {truth:g} | x {spread:g} | {row.covered:.3f} ± {row.error:.3f} "
                f"| {row.rmse:.4f} ({row.rmse / first - 1.0:+.1%}) | {row.r:.3f} "
                f"| {row.costs[1]:.3f} of {row.costs[0]} "
                f"| {row.directions[1]:.3f} of {row.directions[0]} |"
            )
            print(lines[-1], flush=True)
    if chosen.write:
        chosen.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
