"""NumPyro: NUTS on the same model, states integrated out, for the whole cohort in one program.

``--population fixed`` puts every couple under the shipped prior; ``learned`` draws the population
too. ``--alone N`` fits the first N couples one by one instead, with a dense mass matrix. Every run
compiles its program again; what a run of two draws costs is taken off as the price of that.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from effective import effective_of_chains
from result import (
    Array,
    CpuClock,
    Result,
    posterior_result,
    read_cohort,
)


def main() -> None:
    """Read a cohort, write a result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cohort", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--population", choices=("fixed", "learned"), default="fixed")
    parser.add_argument("--alone", type=int, default=0)
    parser.add_argument("--warmup", type=int, default=300)
    parser.add_argument("--draws", type=int, default=300)
    given = parser.parse_args()
    cohort = read_cohort(given.cohort)
    found = sample_alone(cohort, given) if given.alone else sample_cohort(cohort, given)
    found.write(given.result)


def sampler_of(cohort: dict[str, Any], given: argparse.Namespace) -> Any:
    """Return the sampler, not yet compiled."""
    from dyad_model import (  # noqa: PLC0415 - heavy, and only in its own environment
        constants_of,
        model_given_population,
        model_with_population,
    )
    from numpyro.infer import MCMC, NUTS, init_to_median  # noqa: PLC0415

    constants = constants_of(cohort)
    model = model_with_population if given.population == "learned" else model_given_population

    def bound(answers: Any, known: Any) -> None:
        model(constants, answers, known)

    kernel = NUTS(bound, init_strategy=init_to_median(num_samples=50), dense_mass=bool(given.alone))
    return MCMC(
        kernel,
        num_warmup=given.warmup,
        num_samples=given.draws,
        progress_bar=False,
        jit_model_args=True,
    )


def run_chain(sampler: Any, items: Array, intercept: Array) -> tuple[dict[str, Array], float, str]:
    """Return draws by name, CPU seconds, and a note on the chain."""
    import jax  # noqa: PLC0415
    from dyad_model import answers_of  # noqa: PLC0415

    answers, known = answers_of(items, intercept)
    clock = CpuClock()
    sampler.run(jax.random.PRNGKey(0), answers, known, extra_fields=("num_steps", "diverging"))
    draws = {name: np.asarray(value) for name, value in sampler.get_samples().items()}
    spent = clock.seconds()
    extra = {name: np.asarray(value) for name, value in sampler.get_extra_fields().items()}
    note = (
        f"{extra['num_steps'].mean():.0f} leapfrog steps a draw, "
        f"{int(extra['diverging'].sum())} divergent"
    )
    return draws, spent, note


def sample_cohort(cohort: dict[str, Any], given: argparse.Namespace) -> Result:
    """Sample all couples at once."""
    found, spent, note = run_chain(sampler_of(cohort, given), cohort["items"], cohort["intercept"])
    note = f"{given.warmup} + {given.draws} draws of all couples at once, {note}"
    transition = np.moveaxis(found["transition"], -1, 1)
    if given.population == "fixed":
        return posterior_result(transition, cohort["partner_order"], fitting_cpu=spent, note=note)
    both = np.concatenate([found["population_mean"], found["population_sd"]], axis=1)
    sizes = effective_of_chains(both[None])
    return posterior_result(
        transition,
        cohort["partner_order"],
        fitting_cpu=spent,
        note=f"{note}; effective draws of the population's numbers {sizes.min():.0f} or more",
        population_mean=found["population_mean"].mean(axis=0),
        population_sd=found["population_sd"].mean(axis=0),
    )


def sample_alone(cohort: dict[str, Any], given: argparse.Namespace) -> Result:
    """Sample couple after couple."""
    sizes = given.warmup, given.draws
    given.warmup = given.draws = 1
    short = sampler_of(cohort, given)
    given.warmup, given.draws = sizes
    _, compiling, _ = run_chain(short, cohort["items"][:1], cohort["intercept"])
    sampler = sampler_of(cohort, given)
    draws, spent, notes = [], 0.0, []
    for i in range(given.alone):
        found, cpu, note = run_chain(sampler, cohort["items"][i : i + 1], cohort["intercept"])
        draws.append(np.moveaxis(found["transition"], -1, 1))
        spent += cpu - compiling
        notes.append(note)
    return posterior_result(
        np.concatenate(draws, axis=1),
        cohort["partner_order"],
        fitting_cpu=spent,
        note=f"{given.warmup} + {given.draws} draws a couple, {notes[0]} (first couple); "
        f"{compiling:.1f} CPU s of compilation a run taken off",
    )


if __name__ == "__main__":
    main()
