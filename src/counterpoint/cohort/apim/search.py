"""The search for the spread of residuals and levels with the highest likelihood.

A quasi-Newton search comes near; Newton steps, whose second derivatives also tell how sure the
spread is, go the rest of the way.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from counterpoint.cohort.apim.likelihood import Profile, profile_likelihood
from counterpoint.cohort.apim.model import ApimDesign
from counterpoint.cohort.apim.moments import Moments
from counterpoint.cohort.apim.spread import (
    AlikeLevels,
    AlikeResidual,
    Levels,
    NoLevels,
    Residual,
    RoleLevels,
    RoleResidual,
)
from counterpoint.cohort.apim.standard import StandardDesign
from counterpoint.errors import DataError, Location

STEP = 1e-3
"""Step of differences on the free parameters, which are of order 1."""

EDGE = -18.0
"""Log of a residual variance, relative to the outcome's, below which it counts as none."""

_CLEAR_GAIN = 1e-6
"""Gain of likelihood that a Newton step must show; below it rounding would hide it."""

_NO_GAIN = 1e-12
"""Expected gain of likelihood at which the search ends."""

_OUT_OF_BOUNDS = 1e15
"""Cost of a spread that cannot be."""

Vector = NDArray[np.float64]


class SpreadSearch:
    """The likelihood as a function of the free parameters of the spread.

    Parameters
    ----------
    standard
        The design in standard units.
    design
        The design itself.
    restricted
        Whether the likelihood is the restricted one.
    """

    def __init__(self, standard: StandardDesign, design: ApimDesign, *, restricted: bool) -> None:
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
        wild = np.abs(parameters[:cut]).max() > -2.0 * EDGE
        if wild or np.abs(parameters[cut:]).max(initial=0.0) > 1e4:
            return _OUT_OF_BOUNDS
        try:
            loglik = self._profile(parameters, self._quick).loglik
        except np.linalg.LinAlgError:
            return _OUT_OF_BOUNDS
        return -loglik if math.isfinite(loglik) else _OUT_OF_BOUNDS

    def optimum(self) -> Vector:
        """Return the parameters of the highest likelihood, shape (size,).

        Raises
        ------
        DataError
            There is no clear summit, or it lies where the members do not differ at all.
        """
        found: Vector = optimize.minimize(
            self.cost,
            self._start(),
            jac=self._slope,
            method="BFGS",
            options={"gtol": 1e-2},
        ).x
        for _ in range(50):
            self._refuse_edge(found)
            hessian, slope = self.hessian(found), self._slope(found)
            step = inverse_on_support(hessian) @ slope
            gain = float(slope @ step) / 2.0
            if gain > _CLEAR_GAIN:
                step = self._shortened(found, step)
            found = found - step
            if gain < _NO_GAIN:
                bends = np.linalg.eigvalsh(hessian)
                if bends[0] < -1e-4 * bends[-1]:
                    break
                return found
        raise DataError(
            "the likelihood has no clear summit; ask for fewer effects, or for a model without "
            "roles",
            Location(self._design.source),
        )

    def _shortened(self, at: Vector, step: Vector) -> Vector:
        """Return a step halved until it leads upwards."""
        height = self.cost(at)
        for _ in range(40):
            if self.cost(at - step) <= height:
                break
            step = step / 2.0
        return step

    def _refuse_edge(self, parameters: Vector) -> None:
        cov = self.residual.cov(parameters[: self.residual.size])
        if np.linalg.eigvalsh(cov)[0] < math.exp(EDGE):
            raise DataError(
                "what is left unexplained is exactly alike, or exactly opposite, in both members; "
                "is the outcome one value per couple?",
                Location(self._design.source, None, self._design.model.outcome),
            )

    def _slope(self, at: Vector) -> Vector:
        """Return the first derivatives of the cost, shape (size,)."""
        steps = np.eye(self.size) * STEP
        return np.array(
            [(self.cost(at + step) - self.cost(at - step)) / (2.0 * STEP) for step in steps]
        )

    def hessian(self, at: Vector) -> Vector:
        """Return the second derivatives of the cost, shape (size, size)."""
        steps = np.eye(self.size) * STEP
        here = self.cost(at)
        both = np.array([[self.cost(at + way * step) for step in steps] for way in (1.0, -1.0)])
        found = np.diag((both.sum(axis=0) - 2.0 * here) / STEP**2)
        for row in range(self.size):
            for column in range(row):
                pair = steps[row] + steps[column]
                corners = self.cost(at + pair) + self.cost(at - pair)
                sides = both[:, row].sum() + both[:, column].sum()
                found[row, column] = (corners - sides + 2.0 * here) / (2.0 * STEP**2)
                found[column, row] = found[row, column]
        return found

    def cov_by_parameter(self, parameters: Vector) -> Vector:
        """Return how the coefficients' covariance changes, shape (size, p, p)."""

        def cov(at: Vector) -> Vector:
            return self._profile(at, self._quick).cov

        steps = np.eye(self.size) * STEP
        return np.array(
            [(cov(parameters + step) - cov(parameters - step)) / (2.0 * STEP) for step in steps]
        )

    def _start(self) -> Vector:
        """Return parameters from the moments of the residuals of least squares."""
        left = self._standard.residual
        together = left[self._design.usable.all(axis=1)]
        cov = together.T @ together / len(together) + 1e-3 * np.eye(2)
        if not self._design.model.levels:
            return self.residual.start(cov)
        means = _couple_means(left, self._design)
        means = means[np.isfinite(means).all(axis=1)]
        between = np.cov(means.T) if len(means) > 2 else cov / 2.0
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


def inverse_on_support(hessian: Vector) -> Vector:
    """Invert a Hessian, leaving out directions in which the likelihood hardly bends."""
    values, vectors = np.linalg.eigh(hessian)
    bent = values > 1e-6 * max(float(values[-1]), 1e-300)
    turned: Vector = (vectors[:, bent] / values[bent]) @ vectors[:, bent].T
    return turned
