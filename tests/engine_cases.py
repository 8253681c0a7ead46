"""Dyads, diaries and fits that the engine's tests share."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from counterpoint.engine import (
    Diagnostics,
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
    """Compile the kernel once per test process, or load it where an earlier run left it.

    A test that asks for it is left out where the compiler is not installed (``bare_engine.py``).
    """
    pytest.importorskip("numba", reason="compiles the kernel")
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


FINE = Diagnostics(
    ess_transition=np.full((4, 4), 400.0),
    unstable_redraws=0,
    unstable_share=0.0,
    prior_ratio=np.ones((4, 4)),
    z_count=100,
    z_mean=0.0,
    z_sd=1.0,
    z_inside=0.9,
    model_fits=True,
    parked=(False, False),
    one_writer=False,
    ceiling_share=np.zeros(4),
)
"""Diagnostics of a fit that has nothing against it."""


def fit_of_numbers(
    *,
    seed: int = 1,
    n: int = 1000,
    days: tuple[int, int] = (70, 70),
    level: Array | None = None,
    transition: Array | None = None,
    process_cov: Array | None = None,
    input_effect: Array | None = None,
    spread: float = 0.05,
    events: tuple[int, ...] = (),
    observed: tuple[bool, bool] = (True, True),
    diagnostics: Diagnostics = FINE,
    steps_a_day: int = 1,
    provisional: bool = False,
) -> DyadFit:
    """A fit whose draws scatter normally about numbers set by hand."""
    rng = np.random.default_rng(seed)
    centre = np.zeros(4) if level is None else np.asarray(level, dtype=float)
    links = 0.3 * np.eye(4) if transition is None else np.asarray(transition, dtype=float)
    noise = np.eye(4) if process_cov is None else np.asarray(process_cov, dtype=float)
    effect = np.zeros((4, len(events))) if input_effect is None else np.asarray(input_effect)
    rows = max(days)
    return DyadFit(
        dyad_id="by hand",
        level=centre + spread * rng.standard_normal((n, 4)),
        trend=np.zeros((n, 4)),
        transition=links + spread * rng.standard_normal((n, 4, 4)),
        process_cov=np.tile(noise, (n, 1, 1)),
        input_effect=effect + spread * rng.standard_normal((n, *effect.shape)),
        offset=np.zeros((n, 4, 3)),
        measurement_var=np.ones((n, 4, 3)),
        smoothed_mean=rng.standard_normal((rows, 4)),
        smoothed_sd=np.ones((rows, 4)),
        answered_days=days,
        observed=observed,
        diagnostics=diagnostics,
        backend="portable",
        provisional=provisional,
        seed=seed,
        sweeps=n + 150,
        dropped=150,
        with_trend=False,
        prior_source="by hand",
        steps_a_day=steps_a_day,
        event_counts=events,
    )


def swapped_fit(fit: DyadFit) -> DyadFit:
    """The same draws with the members exchanged."""
    return replace(
        fit,
        level=swap_columns(fit.level),
        trend=swap_columns(fit.trend),
        transition=swap_both(fit.transition),
        process_cov=swap_both(fit.process_cov),
        input_effect=swap_columns(fit.input_effect),
        smoothed_mean=swap_columns(fit.smoothed_mean),
        smoothed_sd=swap_columns(fit.smoothed_sd),
        answered_days=fit.answered_days[::-1],
        observed=fit.observed[::-1],
    )
