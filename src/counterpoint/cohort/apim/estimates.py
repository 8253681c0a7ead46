"""What a fitted model says: frozen results, each number with its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from counterpoint.cohort.apim.model import ApimModel, Term
from counterpoint.cohort.apim.precision import Precision

Method = Literal["reml", "ml"]
Errors = Literal["model", "dyad"]


@dataclass(frozen=True)
class Estimate:
    """One coefficient, or one weighted sum of coefficients.

    Parameters
    ----------
    name
        What it is.
    estimate, se
        Value and standard error, in units of the outcome per unit of the predictor.
    t, df, p
        Test against 0, two-sided; ``df`` is infinite where the normal law is used.
    low, high
        Ends of the interval.
    """

    name: str
    estimate: float
    se: float
    t: float
    df: float
    p: float
    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """One standard deviation or correlation of residuals or levels.

    Parameters
    ----------
    name
        ``residual sd``, ``residual r``, ``level sd`` or ``level r``.
    role
        The member it belongs to; empty when it holds for both.
    estimate
        Value.
    low, high
        Ends of the interval, from the normal law of log sd and of inverse tanh r; NaN when
        the value stands at the edge of what is possible.
    """

    name: str
    role: str
    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class ApimFit:
    """A fitted actor-partner interdependence model.

    Parameters
    ----------
    model
        What was fitted.
    terms
        One per coefficient.
    coefficients
        Shape (p,).
    precision
        How sure they are.
    spreads
        Standard deviations and correlations.
    residual_cov
        Shape (2, 2): covariance of the residuals of a and b on one occasion.
    level_cov
        Shape (2, 2): covariance of the persons' levels; 0 without levels.
    loglik
        Log-likelihood at the optimum: restricted under ``reml``.
    parameters
        Number of coefficients and free parameters of the spread.
    dyads, rows
        Couples and rows of persons that were used.
    method
        ``reml`` or ``ml``.
    errors
        Whether standard errors are the model's or the couples' (CR2).
    confidence
        Probability of the intervals.
    """

    model: ApimModel
    terms: tuple[Term, ...]
    coefficients: NDArray[np.float64]
    precision: Precision
    spreads: tuple[Spread, ...]
    residual_cov: NDArray[np.float64]
    level_cov: NDArray[np.float64]
    loglik: float
    parameters: int
    dyads: int
    rows: int
    method: Method
    errors: Errors
    confidence: float

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        """All coefficients in the order of the terms."""
        unit = np.eye(len(self.terms))
        return tuple(
            self._estimate(str(term), unit[place]) for place, term in enumerate(self.terms)
        )

    @property
    def aic(self) -> float:
        """Akaike's criterion; compare REML fits only with the same coefficients."""
        return -2.0 * self.loglik + 2.0 * self.parameters

    @property
    def bic(self) -> float:
        """Schwarz's criterion on persons' rows, under REML less the coefficients."""
        free = self.rows - (len(self.terms) if self.method == "reml" else 0)
        return -2.0 * self.loglik + self.parameters * math.log(free)

    def estimate(self, kind: str, variable: str = "", role: str = "") -> Estimate:
        """Return the coefficient of one term.

        Raises
        ------
        KeyError
            The model has no such term.
        """
        for place, term in enumerate(self.terms):
            if (term.kind, term.variable, term.role) == (kind, variable, role):
                return self.estimates[place]
        raise KeyError(f"{kind} {variable} {role}")

    def contrast(self, name: str, weights: Mapping[Term, float]) -> Estimate:
        """Return a weighted sum of coefficients, such as actor minus partner.

        Parameters
        ----------
        name
            Its name in the result.
        weights
            Weight of each term; terms left out count 0.
        """
        row = np.zeros(len(self.terms))
        for term, weight in weights.items():
            row[self.terms.index(term)] = weight
        return self._estimate(name, row)

    def _estimate(self, name: str, weights: NDArray[np.float64]) -> Estimate:
        value = float(weights @ self.coefficients)
        variance, df = self.precision.of(weights)
        se = math.sqrt(variance)
        normal = math.isinf(df)
        upper = 0.5 + self.confidence / 2.0
        reach = se * float(special.ndtri(upper) if normal else special.stdtrit(df, upper))
        t = value / se if se > 0.0 else math.nan
        p = 2.0 * float(special.ndtr(-abs(t)) if normal else special.stdtr(df, -abs(t)))
        return Estimate(name, value, se, t, df, p, value - reach, value + reach)
