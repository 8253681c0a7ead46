"""Fitting a dyadic regression by restricted or full maximum likelihood."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from counterpoint.cohort.apim.estimates import ApimFit, Errors, Method, Spread
from counterpoint.cohort.apim.model import ApimModel, build_design
from counterpoint.cohort.apim.precision import (
    ModelPrecision,
    Precision,
    TurnedPrecision,
    dyad_precision,
)
from counterpoint.cohort.apim.rows import DyadRows
from counterpoint.cohort.apim.search import EDGE, STEP, SpreadSearch, inverse_on_support
from counterpoint.cohort.apim.standard import standardise

Vector = NDArray[np.float64]


def fit_apim(
    rows: DyadRows,
    model: ApimModel,
    *,
    method: Method = "reml",
    errors: Errors = "model",
    confidence: float = 0.95,
    usable: NDArray[np.bool_] | None = None,
) -> ApimFit:
    """Fit an actor-partner interdependence model.

    Parameters
    ----------
    rows
        Values of both members of every couple.
    model
        The model.
    method
        ``reml`` for estimates, ``ml`` for comparing models with different coefficients.
    errors
        ``model``: standard errors of the fitted law; ``dyad``: sandwich over couples (CR2).
    confidence
        Probability of the intervals.
    usable
        Shape (rows, 2): rows to use instead of all on which the model's variables are there.

    Returns
    -------
    ApimFit
        Estimates, spread and likelihood.

    Raises
    ------
    DataError
        The rows cannot carry the model; the message says why.
    """
    design = build_design(rows, model, usable)
    standard = standardise(design)
    search = SpreadSearch(standard, design, restricted=method == "reml")
    optimum = search.optimum()
    found = search.profile(optimum)
    parameter_cov = inverse_on_support(search.hessian(optimum))
    inner: Precision
    if errors == "dyad":
        inner = dyad_precision(found.information, found.score)
    else:
        slope = search.cov_by_parameter(optimum)
        inner = ModelPrecision(found.cov, slope, parameter_cov if method == "reml" else None)
    residual_cov, root = search.split(optimum)
    free = standard.moments.rows - (len(design.terms) if method == "reml" else 0)
    loglik = found.loglik - free * math.log(standard.scale)
    if method == "reml":
        loglik += standard.log_turn
    return ApimFit(
        model=model,
        terms=design.terms,
        coefficients=standard.first + standard.turn @ found.coefficients * standard.scale,
        precision=TurnedPrecision(inner, standard.turn * standard.scale),
        spreads=_spreads(
            search,
            optimum,
            parameter_cov,
            roles=design.roles if model.spread_by_role else ("",),
            scale=standard.scale,
            confidence=confidence,
        ),
        residual_cov=residual_cov * standard.scale**2,
        level_cov=root @ root.T * standard.scale**2,
        loglik=loglik,
        parameters=len(design.terms) + search.size,
        dyads=design.dyads,
        rows=standard.moments.rows,
        method=method,
        errors=errors,
        confidence=confidence,
    )


def _spreads(
    search: SpreadSearch,
    optimum: Vector,
    parameter_cov: Vector,
    *,
    roles: tuple[str, ...],
    scale: float,
    confidence: float,
) -> tuple[Spread, ...]:
    """Return standard deviations and correlations with their intervals."""
    reach = float(special.ndtri(0.5 + confidence / 2.0))
    found: list[Spread] = []
    names = ["residual"] + (["level"] if search.levels.size else [])
    for which, name in enumerate(names):

        def told(parameters: Vector, which: int = which) -> Vector:
            cov, root = search.split(parameters)
            return _log_sd_and_turned_r(cov if which == 0 else root @ root.T, len(roles))

        value = told(optimum)
        steps = np.eye(len(optimum)) * STEP
        slope = np.array(
            [(told(optimum + step) - told(optimum - step)) / (2.0 * STEP) for step in steps]
        )
        half = reach * np.sqrt(np.maximum(np.diag(slope.T @ parameter_cov @ slope), 0.0))
        edge = value[:-1].min() < EDGE / 2.0 or abs(value[-1]) > 8.0 or half.max() > 8.0
        for place, role in enumerate(roles):
            ends = value[place] + half[place] * np.array([-1.0, 1.0])
            low, high = (math.nan, math.nan) if edge else (scale * np.exp(ends)).tolist()
            found.append(Spread(f"{name} sd", role, scale * math.exp(value[place]), low, high))
        ends = np.tanh(value[-1] + half[-1] * np.array([-1.0, 1.0]))
        low, high = (math.nan, math.nan) if edge else ends.tolist()
        found.append(Spread(f"{name} r", "", math.tanh(value[-1]), low, high))
    return tuple(found)


def _log_sd_and_turned_r(cov: Vector, roles: int) -> Vector:
    """Return log sd of each role (or of all) and the inverse tanh of the correlation."""
    variance = np.maximum(np.diag(cov), 1e-300)
    correlation = cov[0, 1] / math.sqrt(variance[0] * variance[1])
    edge = 1.0 - 1e-15
    return np.array(
        [*(0.5 * np.log(variance[:roles])), np.arctanh(np.clip(correlation, -edge, edge))]
    )
