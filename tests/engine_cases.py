"""Dyads, diaries and fits that the engine's tests share."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from counterpoint.engine import (
    DyadDiary,
    DyadFit,
    DyadParameters,
    draw_parameters,
    shipped_prior,
    warm_up,
)

Array = npt.NDArray[np.float64]


@cache
def require_compiled() -> None:
    """Compile the kernel once per test process, or load it where an earlier run left it."""
    warm_up()


def make_parameters(
    seed: int, *, items: int = 3, inputs: int = 0, trend: bool = False
) -> DyadParameters:
    """Parameters of one dyad drawn from the shipped prior."""
    return draw_parameters(
        1, prior=shipped_prior(items, inputs), rng=np.random.default_rng(seed), trend=trend
    )[0]


def make_diary(
    seed: int,
    days: int,
    *,
    items: int = 3,
    inputs: int = 0,
    together: bool = False,
    missing: float = 0.4,
) -> DyadDiary:
    """Answers without any meaning, with holes of every kind."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0.8, 1.2, size=(days, 4, items))
    values[rng.random(values.shape) < missing] = np.nan
    values[rng.random((days, 4)) < 0.1] = np.nan
    values[rng.random(days) < 0.1] = np.nan
    return DyadDiary(
        items=values,
        inputs=rng.choice([0.0, 0.5, 1.0], size=(days, inputs)) if inputs else None,
        together=rng.choice([0.5, 1.0, 1.5, np.nan], size=days) if together else None,
        dyad_id=f"case-{seed}",
    )


def swap_columns(draws: Array) -> Array:
    """Exchange the members in draws of shape (n, 4, ...) that index states on axis 1 only."""
    return draws[:, [2, 3, 0, 1]]


def swap_both(draws: Array) -> Array:
    """Exchange the members in draws of shape (n, 4, 4)."""
    return draws[:, [2, 3, 0, 1]][:, :, [2, 3, 0, 1]]


def furthest_mean(first: Array, second: Array) -> float:
    """Largest distance of the means of two sets of draws, in pooled sd."""
    sd = np.sqrt(0.5 * (first.var(axis=0) + second.var(axis=0)))
    return float(np.max(np.abs(first.mean(axis=0) - second.mean(axis=0)) / sd))


def with_days(fit: DyadFit, days: tuple[int, int]) -> DyadFit:
    """The same fit as if it rested on other numbers of days."""
    return replace(fit, answered_days=days)
