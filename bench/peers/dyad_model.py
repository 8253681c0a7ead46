r"""The same model for NumPyro: parameters drawn by NUTS, states integrated out by a filter.

Same law as the engine's, with two liberties that favour NUTS: states are not sampled at all (the
filter sums them out, so that chains mix well), and every parameter is written as a function of
standard variables (whitened by its prior), so that the geometry is mild. The rule that a
transition must be stable is left out: one prior draw in 600 breaks it.

Arrays carry the couple last, so that one program vectorises over couples:

.. math::

    d_t = A d_{t-1} + w_t,\quad w \sim N(0, Q), \qquad
    z_{tj} = \mu_j + \tau_t s_j + d_{tj} + N(0, 1/p_{tj})

with z and p the composites of the items of a state and day.
"""

from __future__ import annotations

# the couple's numbers one after another, as in the formulas
# ruff: noqa: PLR0917
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax import lax

STATES = 4


def answers_of(items: Any, intercept: Any) -> tuple[Any, Any]:
    """Return answers minus intercepts and whether there is one, shape (days, 4, items, couples)."""
    items = np.moveaxis(items, 0, -1)
    known = ~np.isnan(items)
    answers = np.where(known, items - intercept[None, :, :, None], 0.0)
    return jnp.asarray(answers), jnp.asarray(known.astype(float))


def constants_of(cohort: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of the shipped prior."""
    days = cohort["items"].shape[1]
    clock = np.arange(days) / max(days - 1, 1) - 0.5
    return {
        "clock": jnp.asarray(clock if bool(cohort["level_moves"]) else np.zeros(days)),
        "loading": jnp.asarray(cohort["loading"])[:, :, None],
        "coupling_mean": jnp.asarray(cohort["coupling_mean"]).reshape(16),
        "coupling_root": jnp.asarray(np.linalg.cholesky(cohort["coupling_cov"])),
        "level_mean": jnp.asarray(cohort["level_mean"]),
        "level_root": jnp.asarray(np.linalg.cholesky(cohort["level_cov"])),
        "process_df": float(cohort["process_df"]),
        "process_root": jnp.asarray(np.linalg.cholesky(cohort["process_scale"])),
        "shape": float(cohort["measurement_shape"]),
        "rate": jnp.asarray(cohort["measurement_rate"]),
        "offset_sd": float(cohort["offset_sd"]),
        "trend_sd": float(cohort["trend_sd"]),
        "initial_cov": jnp.asarray(cohort["initial_cov"]),
        "partner_order": cohort["partner_order"].astype(int),
        "moves": bool(cohort["level_moves"]),
    }


def model_given_population(constants: dict[str, Any], answers: Any, known: Any) -> None:
    """Couples under the shipped prior, each on its own."""
    count = answers.shape[-1]
    z = numpyro.sample("coupling_z", dist.Normal(0.0, 1.0).expand([16, count]).to_event(2))
    transition = constants["coupling_mean"][:, None] + constants["coupling_root"] @ z
    numpyro.deterministic("transition", transition.reshape(4, 4, count))
    level_z = numpyro.sample("level_z", dist.Normal(0.0, 1.0).expand([4, count]).to_event(2))
    level = constants["level_mean"][:, None] + constants["level_root"] @ level_z
    _observe(
        constants,
        answers,
        known,
        transition.reshape(4, 4, count),
        level,
        constants["process_root"],
        constants["rate"],
        constants["offset_sd"],
    )


def model_with_population(constants: dict[str, Any], answers: Any, known: Any) -> None:
    """Couples and their population together, exchangeable partners.

    Learned: the eight mean couplings, S+ and S- (spreads and correlations), mean and spread of the
    levels, process variances of connection and of self, item variances, spread of the offsets.
    """
    count = answers.shape[-1]
    root_two = np.sqrt(2.0)
    mean = numpyro.sample("population_mean", dist.Normal(0.1, 0.3).expand([8]).to_event(1))
    halves, variances = {}, []
    for name in ("sum", "difference"):
        sd = numpyro.sample(f"{name}_sd", dist.HalfNormal(0.3).expand([8]).to_event(1))
        root = numpyro.sample(f"{name}_root", dist.LKJCholesky(8, 2.0))
        z = numpyro.sample(f"{name}_z", dist.Normal(0.0, 1.0).expand([8, count]).to_event(2))
        halves[name] = (sd[:, None] * root) @ z
        variances.append(jnp.square(sd))
    numpyro.deterministic("population_sd", jnp.sqrt(0.5 * (variances[0] + variances[1])))
    total = root_two * mean[:, None] + halves["sum"]
    into = ((total + halves["difference"]) / root_two, (total - halves["difference"]) / root_two)
    transition = jnp.zeros((4, 4, count))
    for member in (0, 1):
        order = constants["partner_order"][member]
        transition = transition.at[order[:, 0], order[:, 1]].set(into[member])
    numpyro.deterministic("transition", transition)
    level = _levels(count)
    scale = numpyro.sample("process_log", dist.Normal(0.0, 0.5).expand([2]).to_event(1))
    process_root = jnp.exp(0.5 * jnp.tile(scale, 2))[:, None] * constants["process_root"]
    rate_log = numpyro.sample("rate_log", dist.Normal(0.0, 0.5).expand([2, 3]).to_event(2))
    offset_sd = numpyro.sample("offset_sd", dist.HalfNormal(0.5))
    _observe(
        constants,
        answers,
        known,
        transition,
        level,
        process_root,
        jnp.tile(jnp.exp(rate_log), (2, 1)) * constants["rate"],
        offset_sd,
    )


def _levels(count: int) -> Any:
    mean = numpyro.sample("level_mean", dist.Normal(1.0, 1.0).expand([2]).to_event(1))
    halves = []
    for name in ("sum", "difference"):
        sd = numpyro.sample(f"level_{name}_sd", dist.HalfNormal(1.5).expand([2]).to_event(1))
        root = numpyro.sample(f"level_{name}_root", dist.LKJCholesky(2, 2.0))
        z = numpyro.sample(f"level_{name}_z", dist.Normal(0.0, 1.0).expand([2, count]).to_event(2))
        halves.append((sd[:, None] * root) @ z)
    centre = mean[:, None]
    return jnp.concatenate(
        [
            centre + (halves[0] + halves[1]) / np.sqrt(2.0),
            centre + (halves[0] - halves[1]) / np.sqrt(2.0),
        ]
    )


def _observe(
    constants: dict[str, Any],
    answers: Any,
    known: Any,
    transition: Any,
    level: Any,
    process_root: Any,
    rate: Any,
    offset_sd: Any,
) -> None:
    """Draw Q, offsets and item variances, and score the answers."""
    count = transition.shape[-1]
    process_cov = _inverse_wishart(constants["process_df"], process_root, count)
    inverse = numpyro.sample(
        "inverse_var", dist.Gamma(constants["shape"], 1.0).expand([4, 3, count]).to_event(3)
    )
    measurement_var = rate[:, :, None] / inverse
    offset_z = numpyro.sample("offset_z", dist.Normal(0.0, 1.0).expand([4, 3, count]).to_event(3))
    trend = jnp.zeros((4, count))
    if constants["moves"]:
        trend = constants["trend_sd"] * numpyro.sample(
            "trend_z", dist.Normal(0.0, 1.0).expand([4, count]).to_event(2)
        )
    numpyro.factor(
        "answers",
        log_likelihood(
            constants,
            answers,
            known,
            transition,
            level,
            trend,
            process_cov,
            measurement_var,
            offset_sd * offset_z,
        ),
    )


def _inverse_wishart(df: float, root: Any, count: int) -> Any:
    """Q = (C T^-T)(C T^-T)' with T Bartlett's factor, T^-1 written out by substitution."""
    half_df = 0.5 * (df - np.arange(STATES))
    squares = numpyro.sample(
        "bartlett_squares",
        dist.Gamma(jnp.asarray(half_df)[:, None] * jnp.ones((1, count)), 0.5).to_event(2),
    )
    below = numpyro.sample("bartlett_below", dist.Normal(0.0, 1.0).expand([6, count]).to_event(2))
    diagonal = jnp.sqrt(squares)
    factor: list[list[Any]] = [[None] * STATES for _ in range(STATES)]
    place = 0
    for i in range(STATES):
        for j in range(i):
            factor[i][j] = below[place]
            place += 1
        factor[i][i] = diagonal[i]
    inverse: list[list[Any]] = [[jnp.zeros(count)] * STATES for _ in range(STATES)]
    for j in range(STATES):
        inverse[j][j] = 1.0 / factor[j][j]
        for i in range(j + 1, STATES):
            summed = sum(factor[i][k] * inverse[k][j] for k in range(j, i))
            inverse[i][j] = -summed / factor[i][i]
    stacked = jnp.stack([jnp.stack(row) for row in inverse])
    half = jnp.einsum("ik,jkn->ijn", root, stacked)
    return jnp.einsum("ikn,jkn->ijn", half, half)


def log_likelihood(
    constants: dict[str, Any],
    answers: Any,
    known: Any,
    transition: Any,
    level: Any,
    trend: Any,
    process_cov: Any,
    measurement_var: Any,
    offset: Any,
) -> Any:
    """Log density of all answers of all couples, up to a constant, by a filter over days.

    Four scalar updates a day, as in Durbin and Koopman (2012), section 6.4.
    """
    loading = constants["loading"]
    residual = known * (answers - offset)
    weight = known * (loading / measurement_var)
    precision = jnp.sum(weight * loading, axis=2)
    weighted = jnp.sum(weight * residual, axis=2)
    safe = jnp.where(precision > 0, precision, 1.0)
    means = level + constants["clock"][:, None, None] * trend
    centred = jnp.where(precision > 0, weighted / safe, 0.0) - means
    squares = jnp.sum(residual**2 / measurement_var, axis=(1, 2))
    total = -0.5 * jnp.sum(squares - jnp.sum(jnp.where(precision > 0, weighted**2 / safe, 0.0), 1))
    total -= 0.5 * jnp.sum(known * jnp.log(measurement_var))
    count = transition.shape[-1]

    def predict(mean: Any, cov: Any) -> tuple[Any, Any]:
        ahead = jnp.sum(transition * mean[None], axis=1)
        left = jnp.sum(transition[:, :, None] * cov[None], axis=1)
        return ahead, jnp.sum(left[:, None] * transition[None], axis=2) + process_cov

    def update(mean: Any, cov: Any, z: Any, p: Any) -> tuple[Any, Any, Any]:
        score = jnp.zeros(count)
        for j in range(STATES):
            spread = 1.0 + p[j] * cov[j, j]
            error = z[j] - mean[j]
            gain = cov[:, j] * (p[j] / spread)
            score -= 0.5 * (jnp.log(spread) + p[j] * error**2 / spread)
            mean = mean + gain * error
            cov = cov - gain[:, None] * cov[j][None]
        return mean, cov, score

    def day(carry: Any, given: Any) -> tuple[Any, Any]:
        mean, cov = predict(*carry)
        mean, cov, score = update(mean, cov, *given)
        return (mean, cov), score

    first = jnp.broadcast_to(constants["initial_cov"][:, :, None], (STATES, STATES, count))
    mean, cov, score = update(jnp.zeros((STATES, count)), first, centred[0], precision[0])
    _, scores = lax.scan(day, (mean, cov), (centred[1:], precision[1:]))
    return total + jnp.sum(score) + jnp.sum(scores)


jax.config.update("jax_enable_x64", True)
