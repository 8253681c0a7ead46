"""NumPyro: NUTS on the same model, states integrated out, for the whole cohort in one program.

``--population fixed`` puts every couple under the shipped prior; ``learned`` draws the population
too. ``--alone`` fits one couple after another instead, with a dense mass matrix. The program is
compiled before the clock starts, and finding where to begin is not counted either.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from effective import effective_of_chains
from result import Array, CpuClock, Result, posterior_result, read_cohort


@dataclass(frozen=True, eq=False)
class Chain:
    """Draws by name, CPU seconds of warm-up and sampling, leapfrog steps a draw, divergences."""

    draws: dict[str, Array]
    spent: float
    steps: float
    divergent: int


class Nuts:
    """NUTS for cohorts of one shape, compiled when it first meets answers.

    Parameters
    ----------
    cohort
        Arrays of a cohort file.
    learned
        Whether the population is drawn too.
    dense
        Whether the mass matrix is a full one, that of a single couple.
    warmup, draws
        Lengths of the chain.
    """

    def __init__(
        self, cohort: dict[str, Any], *, learned: bool, dense: bool, warmup: int, draws: int
    ) -> None:
        from dyad_model import (
            constants_of,
            model_given_population,
            model_with_population,
        )
        from numpyro.infer import NUTS, init_to_median

        constants = constants_of(cohort)
        model = model_with_population if learned else model_given_population

        def bound(answers: Any, known: Any) -> None:
            model(constants, answers, known)

        self.kernel = NUTS(bound, init_strategy=init_to_median(num_samples=50), dense_mass=dense)
        self.intercept = cohort["intercept"]
        self.warmup, self.draws = warmup, draws
        self.compiled: Any = None

    def run(self, items: Array) -> Chain:
        """Run one chain on the answers of some couples, always as many."""
        import jax
        from dyad_model import answers_of

        given = answers_of(items, self.intercept)
        state = self.kernel.init(jax.random.PRNGKey(0), self.warmup, model_args=given)
        if self.compiled is None:
            self.compiled = jax.jit(self._chain).lower(state, *given).compile()
        clock = CpuClock()
        found = jax.block_until_ready(self.compiled(state, *given))
        spent = clock.seconds()
        draws, steps, divergent = found
        named = jax.jit(jax.vmap(self.kernel.postprocess_fn(given, {})))(draws)
        return Chain(
            draws={name: np.asarray(value) for name, value in named.items()},
            spent=spent,
            steps=float(np.mean(steps)),
            divergent=int(np.sum(divergent)),
        )

    def _chain(self, state: Any, answers: Any, known: Any) -> Any:
        """Warm up, then draw."""
        from jax import lax

        def step(at: Any) -> Any:
            return self.kernel.sample(at, (answers, known), {})

        def draw(at: Any, _: Any) -> tuple[Any, Any]:
            moved = step(at)
            return moved, (moved.z, moved.num_steps, moved.diverging)

        warm = lax.fori_loop(0, self.warmup, lambda _, at: step(at), state)
        return lax.scan(draw, warm, None, length=self.draws)[1]


def sample_cohort(cohort: dict[str, Any], given: argparse.Namespace) -> Result:
    """Sample all couples at once."""
    learned = given.population == "learned"
    sampler = Nuts(cohort, learned=learned, dense=False, warmup=given.warmup, draws=given.draws)
    found = sampler.run(cohort["items"])
    note = (
        f"{given.warmup} + {given.draws} draws of all couples at once, {found.steps:.0f} leapfrog "
        f"steps a draw, {found.divergent} divergent"
    )
    transition = np.moveaxis(found.draws["transition"], -1, 1)
    order = cohort["partner_order"]
    if not learned:
        return posterior_result(transition, order, fitting_cpu=found.spent, note=note)
    mean, spread = found.draws["population_mean"], found.draws["population_sd"]
    sizes = effective_of_chains(np.concatenate([mean, spread], axis=1)[None])
    return posterior_result(
        transition,
        order,
        fitting_cpu=found.spent,
        note=f"{note}; effective draws of the population's numbers {sizes.min():.0f} or more",
        population_mean=mean.mean(axis=0),
        population_sd=spread.mean(axis=0),
    )


def sample_alone(cohort: dict[str, Any], given: argparse.Namespace) -> Result:
    """Sample couple after couple."""
    sampler = Nuts(cohort, learned=False, dense=True, warmup=given.warmup, draws=given.draws)
    chains = [sampler.run(one[None]) for one in cohort["items"]]
    seconds = np.array([chain.spent for chain in chains])
    return posterior_result(
        np.concatenate([np.moveaxis(c.draws["transition"], -1, 1) for c in chains], axis=1),
        cohort["partner_order"],
        fitting_cpu=float(seconds.sum()),
        couple_cpu=seconds,
        note=(
            f"{given.warmup} + {given.draws} draws a couple, "
            f"{np.mean([chain.steps for chain in chains]):.0f} leapfrog steps a draw, "
            f"{sum(chain.divergent for chain in chains)} divergent"
        ),
    )


def main() -> None:
    """Read a cohort, write a result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cohort", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--population", choices=("fixed", "learned"), default="fixed")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--warmup", type=int, default=300)
    parser.add_argument("--draws", type=int, default=300)
    given = parser.parse_args()
    cohort = read_cohort(given.cohort)
    found = sample_alone(cohort, given) if given.alone else sample_cohort(cohort, given)
    found.write(given.result)


if __name__ == "__main__":
    main()
