r"""Fitting a dyadic regression by (restricted) maximum likelihood.

Predictors are turned into an orthonormal basis and the outcome into standardised residuals of
least squares, so that the optimum lies near the origin whatever the units; the result is
turned back. The free parameters of the spread (two to six) are found by a quasi-Newton search
and polished by Newton steps whose Hessian also gives their covariance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize, stats

from counterpoint.cohort.apim.estimates import ApimFit, Errors, Method, Spread
from counterpoint.cohort.apim.likelihood import Profile, profile_likelihood
from counterpoint.cohort.apim.model import ApimDesign, ApimModel, build_design
from counterpoint.cohort.apim.moments import Moments, sum_moments
from counterpoint.cohort.apim.precision import ModelPrecision, Precision, dyad_precision
from counterpoint.cohort.apim.rows import DyadRows
from counterpoint.cohort.apim.spread import (
    AlikeLevels,
    AlikeResidual,
    Levels,
    NoLevels,
    Residual,
    RoleLevels,
    RoleResidual,
)
from counterpoint.errors import DataError, Location

_STEP = 1e-3
"""Step of differences on the free parameters, which are of order 1."""

_EDGE = -18.0
"""Log of a residual variance, relative to the outcome's, below which it counts as none."""

_OUT_OF_BOUNDS = 1e15
"""Cost of a spread that cannot be."""

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
    standard = _standardise(design)
    search = _Search(standard, design, restricted=method == "reml")
    optimum = search.optimum()
    found = search.profile(optimum)
    hessian = search.hessian(optimum)
    parameter_cov = _inverse_on_support(hessian)
    turn = standard.turn
    precision: Precision
    if errors == "dyad":
        precision = _turned_dyad_precision(found, turn, standard.scale)
    else:
        by_parameter = np.array(
            [turn @ part @ turn.T for part in search.cov_by_parameter(optimum)]
        ).reshape(search.size, len(design.terms), len(design.terms))
        precision = ModelPrecision(
            cov=turn @ found.cov @ turn.T * standard.scale**2,
            by_parameter=by_parameter * standard.scale**2,
            parameter_cov=parameter_cov if method == "reml" else None,
        )
    residual_cov, root = search.split(optimum)
    free = standard.moments.rows - (len(design.terms) if method == "reml" else 0)
    loglik = found.loglik - free * math.log(standard.scale)
    if method == "reml":
        loglik += standard.log_turn
    return ApimFit(
        model=model,
        terms=design.terms,
        coefficients=standard.first + turn @ found.coefficients * standard.scale,
        precision=precision,
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


@dataclass(frozen=True)
class _Standard:
    """A design in standard units.

    ``outcome = X first + scale * standard outcome``; ``X turn`` has orthogonal columns of
    mean square 1; ``log_turn`` is log |det turn|, which the restricted likelihood needs.
    ``residual`` (rows, 2) is the standard outcome, NaN where not usable.
    """

    moments: Moments
    first: Vector
    turn: Vector
    log_turn: float
    scale: float
    residual: Vector


def _standardise(design: ApimDesign) -> _Standard:
    predictors = design.predictors[design.usable]
    outcome = design.outcome[design.usable]
    terms = predictors.shape[1]
    turn: Vector = np.empty((0, 0))
    first: Vector = np.empty(0)
    log_turn = 0.0
    if terms:
        _refuse_dependent(design, predictors)
        upper = np.linalg.qr(predictors, mode="r")
        turn = np.linalg.inv(upper) * math.sqrt(len(outcome))
        log_turn = float(np.linalg.slogdet(turn)[1])
        first = np.asarray(np.linalg.lstsq(predictors, outcome, rcond=None)[0], dtype=np.float64)
    left = np.where(design.usable, design.outcome - design.predictors @ first, np.nan)
    scale = math.sqrt(float(np.nanmean(left**2)))
    if scale <= 1e-9 * max(float(np.abs(outcome).max()), 1e-300):
        raise DataError(
            "the outcome is told exactly: it does not vary, or a predictor is the outcome itself",
            Location(design.source, None, design.model.outcome),
        )
    left /= scale
    blocks = [design.predictors @ turn]
    if design.model.levels:
        members = np.broadcast_to(np.eye(2), (len(design.dyad), 2, 2))
        blocks.append(np.where(design.usable[:, :, None], members, 0.0))
    blocks.append(np.nan_to_num(left)[:, :, None])
    columns = np.concatenate(blocks, axis=2)
    moments = sum_moments(columns, design.usable, design.dyad, design.dyads)
    if not moments.both_days.any():
        raise DataError(
            "no couple has usable rows of both members on the same occasion, so nothing can be "
            "said of the two together",
            Location(design.source),
        )
    return _Standard(moments, first, turn, log_turn, scale, left)


def _refuse_dependent(design: ApimDesign, predictors: Vector) -> None:
    """Refuse columns that the others tell already; the coefficients would mean nothing."""
    size = np.sqrt((predictors**2).mean(axis=0))
    none = np.flatnonzero(size == 0.0)
    upper, order = np.empty((0, 0)), np.arange(0)
    if not len(none):
        upper, order = linalg.qr(predictors / size, mode="r", pivoting=True)
        none = order[np.abs(np.diag(upper)) < 1e-9 * abs(upper[0, 0])]
    if len(none):
        term = design.terms[int(none[0])]
        raise DataError(
            f"the {term} effect is told by the other predictors already, or does not vary"
            if term.kind in ("actor", "partner", "covariate")
            else f"the {term} is told by the predictors already",
            Location(design.source, None, term.variable or None),
        )


class _Search:
    """The likelihood as a function of the free parameters of the spread."""

    def __init__(self, standard: _Standard, design: ApimDesign, *, restricted: bool) -> None:
        by_role, levels = design.model.spread_by_role, design.model.levels
        self.residual: Residual = RoleResidual() if by_role else AlikeResidual()
        self.levels: Levels = NoLevels()
        if levels:
            self.levels = RoleLevels() if by_role else AlikeLevels()
        self.size = self.residual.size + self.levels.size
        self._standard = standard
        self._quick = standard.moments if levels else standard.moments.pooled()
        self._design = design
        self._restricted = restricted

    def split(self, parameters: Vector) -> tuple[Vector, Vector]:
        """Return R and L."""
        cut = self.residual.size
        return self.residual.cov(parameters[:cut]), self.levels.root(parameters[cut:])

    def profile(self, parameters: Vector) -> Profile:
        """Return the likelihood there, couple by couple."""
        return self._profile(parameters, self._standard.moments)

    def _profile(self, parameters: Vector, moments: Moments) -> Profile:
        cov, root = self.split(parameters)
        return profile_likelihood(
            moments, len(self._design.terms), cov, root, restricted=self._restricted
        )

    def cost(self, parameters: Vector) -> float:
        """Return minus the log-likelihood, large where the spread is out of all bounds."""
        cut = self.residual.size
        wild = np.abs(parameters[:cut]).max() > -2.0 * _EDGE
        if wild or np.abs(parameters[cut:]).max(initial=0.0) > 1e4:
            return _OUT_OF_BOUNDS
        try:
            loglik = self._profile(parameters, self._quick).loglik
        except np.linalg.LinAlgError:
            return _OUT_OF_BOUNDS
        return -loglik if math.isfinite(loglik) else _OUT_OF_BOUNDS

    def optimum(self) -> Vector:
        """Return the parameters of the highest likelihood."""
        found: Vector = optimize.minimize(
            self.cost,
            self._start(),
            jac=self._slope,
            method="BFGS",
            options={"gtol": 1e-2},
        ).x
        for _ in range(30):
            self._refuse_edge(found)
            step = _inverse_on_support(self.hessian(found)) @ self._slope(found)
            size, height = 1.0, self.cost(found)
            while size > 1e-4 and self.cost(found - size * step) > height:
                size /= 2.0
            if size > 1e-4:
                found = found - size * step
            if np.abs(size * step).max() < 1e-6:
                return found
        raise DataError(
            "the likelihood has no clear summit; ask for fewer effects, or for a model without "
            "roles",
            Location(self._design.source),
        )

    def _refuse_edge(self, parameters: Vector) -> None:
        cov = self.residual.cov(parameters[: self.residual.size])
        if np.linalg.eigvalsh(cov)[0] < math.exp(_EDGE):
            raise DataError(
                "what is left unexplained is exactly alike, or exactly opposite, in both members; "
                "is the outcome one value per couple?",
                Location(self._design.source, None, self._design.model.outcome),
            )

    def _slope(self, at: Vector) -> Vector:
        """Return the first derivatives of the cost, shape (size,)."""
        steps = np.eye(self.size) * _STEP
        return np.array(
            [(self.cost(at + step) - self.cost(at - step)) / (2.0 * _STEP) for step in steps]
        )

    def hessian(self, at: Vector) -> Vector:
        """Return the second derivatives of the cost, shape (size, size)."""
        steps = np.eye(self.size) * _STEP
        here = self.cost(at)
        both = np.array([[self.cost(at + way * step) for step in steps] for way in (1.0, -1.0)])
        found = np.diag((both.sum(axis=0) - 2.0 * here) / _STEP**2)
        for row in range(self.size):
            for column in range(row):
                pair = steps[row] + steps[column]
                corners = self.cost(at + pair) + self.cost(at - pair)
                sides = both[:, row].sum() + both[:, column].sum()
                found[row, column] = (corners - sides + 2.0 * here) / (2.0 * _STEP**2)
                found[column, row] = found[row, column]
        return found

    def cov_by_parameter(self, parameters: Vector) -> list[Vector]:
        """Return how the coefficients' covariance changes with each parameter."""

        def cov(at: Vector) -> Vector:
            return self._profile(at, self._quick).cov

        steps = np.eye(self.size) * _STEP
        return [(cov(parameters + step) - cov(parameters - step)) / (2.0 * _STEP) for step in steps]

    def _start(self) -> Vector:
        """Return parameters from the moments of the residuals of least squares."""
        left = self._standard.residual
        together = left[self._design.usable.all(axis=1)]
        cov = together.T @ together / len(together) + 1e-3 * np.eye(2)
        if not self._design.model.levels:
            return self.residual.start(cov)
        means = _couple_means(left, self._design)
        between = np.cov(means[np.isfinite(means).all(axis=1)].T) if len(means) > 2 else cov / 2.0
        within = cov - between
        if np.linalg.eigvalsh(within)[0] <= 0.05 or np.linalg.eigvalsh(between)[0] <= 0.0:
            within = between = cov / 2.0
        return np.concatenate([self.residual.start(within), self.levels.start(between)])


def _couple_means(left: Vector, design: ApimDesign) -> Vector:
    means = np.full((design.dyads, 2), np.nan)
    for member in (0, 1):
        use = design.usable[:, member]
        count = np.bincount(design.dyad[use], minlength=design.dyads)
        total = np.bincount(design.dyad[use], weights=left[use, member], minlength=design.dyads)
        np.divide(total, count, out=means[:, member], where=count > 0)
    return means


def _inverse_on_support(hessian: Vector) -> Vector:
    """Invert a Hessian, leaving out directions in which the likelihood hardly bends."""
    values, vectors = np.linalg.eigh(hessian)
    bent = values > 1e-6 * max(float(values[-1]), 1e-300)
    turned: Vector = (vectors[:, bent] / values[bent]) @ vectors[:, bent].T
    return turned


def _turned_dyad_precision(found: Profile, turn: Vector, scale: float) -> Precision:
    """Return the couples' precision in the caller's units."""
    back = np.linalg.inv(turn)
    information = back.T @ found.information @ back / scale**2
    return dyad_precision(information, found.score @ back / scale)


def _spreads(
    search: _Search,
    optimum: Vector,
    parameter_cov: Vector,
    *,
    roles: tuple[str, ...],
    scale: float,
    confidence: float,
) -> tuple[Spread, ...]:
    """Return standard deviations and correlations with their intervals."""
    reach = float(stats.norm.ppf(0.5 + confidence / 2.0))
    found: list[Spread] = []
    names = ["residual"] + (["level"] if search.levels.size else [])
    for which, name in enumerate(names):

        def told(parameters: Vector, which: int = which) -> Vector:
            cov, root = search.split(parameters)
            return _log_sd_and_turned_r(cov if which == 0 else root @ root.T, len(roles))

        value = told(optimum)
        steps = np.eye(len(optimum)) * _STEP
        slope = np.array(
            [(told(optimum + step) - told(optimum - step)) / (2.0 * _STEP) for step in steps]
        )
        half = reach * np.sqrt(np.maximum(np.diag(slope.T @ parameter_cov @ slope), 0.0))
        edge = value[:-1].min() < _EDGE / 2.0 or abs(value[-1]) > 8.0
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
