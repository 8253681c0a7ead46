"""Simulated couples whose actor and partner effects are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.apim import DyadRows


@dataclass(frozen=True)
class Truth:
    """What couples are made of; defaults tell the members apart by nothing."""

    actor: tuple[float, float] = (0.5, 0.5)
    partner: tuple[float, float] = (-0.3, -0.3)
    intercept: tuple[float, float] = (1.0, 1.0)
    residual: tuple[tuple[float, float], tuple[float, float]] = ((1.0, 0.4), (0.4, 1.0))
    level: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))


def make_couples(
    seed: int, couples: int, days: int = 1, truth: Truth = Truth(), missing: float = 0.0
) -> DyadRows:
    """Draw couples with the outcome ``y`` and the predictors ``x`` and ``z`` (no effect)."""
    rng = np.random.default_rng(seed)
    shape = (couples, days, 2)
    shared = rng.normal(size=(couples, days, 1))
    x = 0.7 * rng.normal(size=shape) + 0.5 * shared + 0.4 * rng.normal(size=(couples, 1, 2))
    z = rng.normal(size=shape)
    level = draw(rng, truth.level, (couples, 1))
    y = (
        np.array(truth.intercept)
        + np.array(truth.actor) * x
        + np.array(truth.partner) * x[..., ::-1]
        + level
        + draw(rng, truth.residual, (couples, days))
    )
    values = np.stack([y, x, z], axis=3).reshape(couples * days, 2, 3)
    values[rng.random(values.shape) < missing] = np.nan
    return DyadRows(
        source="simulated",
        couples=tuple(f"couple {number}" for number in range(couples)),
        members=(("f", "m"),) * couples,
        dyad=np.repeat(np.arange(couples), days),
        day=np.tile(np.arange(days), couples),
        variables=("y", "x", "z"),
        values=values,
    )


def draw(
    rng: np.random.Generator, cov: tuple[tuple[float, float], ...], shape: tuple[int, int]
) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(np.array(cov))
    drawn: NDArray[np.float64] = (rng.normal(size=(*shape, 2)) * np.sqrt(values)) @ vectors.T
    return drawn
