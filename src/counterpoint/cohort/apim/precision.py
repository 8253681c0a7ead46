r"""How sure the coefficients are: variance and degrees of freedom of any weighted sum.

Two ways. The model's: the variance that the fitted law implies, with Satterthwaite's degrees
of freedom under REML [1]_ and the normal law under ML. The couples': a sandwich with couples
as independent units, corrected so that it is unbiased when the model is right (CR2), with the
degrees of freedom of Bell and McCaffrey [2]_ [3]_; it holds when days within a couple depend
on each other in ways the model leaves out.

References
----------
.. [1] Giesbrecht, F. G. and Burns, J. C. (1985). Two-stage analysis based on a mixed model.
   *Biometrics* 41, 477-486.
.. [2] Bell, R. M. and McCaffrey, D. F. (2002). Bias reduction in standard errors for linear
   regression with multi-stage samples. *Survey Methodology* 28, 169-181.
.. [3] Pustejovsky, J. E. and Tipton, E. (2018). Small-sample methods for cluster-robust
   variance estimation. *Journal of Business & Economic Statistics* 36, 672-683.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Precision(Protocol):
    """Variance and degrees of freedom of weighted sums of coefficients."""

    def of(self, weights: NDArray[np.float64]) -> tuple[float, float]:
        """Return variance and degrees of freedom of ``weights @ beta``; weights (p,)."""
        ...


@dataclass(frozen=True)
class ModelPrecision:
    """What the fitted law implies.

    Parameters
    ----------
    cov
        Shape (p, p): covariance of the coefficients.
    by_parameter
        Shape (r, p, p): how it changes with each free parameter of the spread.
    parameter_cov
        Shape (r, r): covariance of those parameters; ``None`` under ML, where the normal law
        is used.
    """

    cov: NDArray[np.float64]
    by_parameter: NDArray[np.float64]
    parameter_cov: NDArray[np.float64] | None

    def of(self, weights: NDArray[np.float64]) -> tuple[float, float]:
        """Return variance and degrees of freedom of ``weights @ beta``."""
        variance = float(weights @ self.cov @ weights)
        if self.parameter_cov is None:
            return variance, math.inf
        slope = self.by_parameter @ weights @ weights
        spread = float(slope @ self.parameter_cov @ slope)
        return variance, 2.0 * variance**2 / spread if spread > 0.0 else math.inf


@dataclass(frozen=True)
class DyadPrecision:
    """The couples' own word: CR2 sandwich over couples.

    Parameters
    ----------
    cov
        Shape (p, p): the model's covariance of the coefficients.
    information
        Shape (dyads, p, p): X_i' V_i^-1 X_i.
    score
        Shape (dyads, p): X_i' V_i^-1 residual_i.
    adjustment
        Shape (dyads, p, p): turns the score of a couple into the corrected one; all identity
        gives the plain sandwich (CR0).
    """

    cov: NDArray[np.float64]
    information: NDArray[np.float64]
    score: NDArray[np.float64]
    adjustment: NDArray[np.float64]

    def of(self, weights: NDArray[np.float64]) -> tuple[float, float]:
        """Return variance and degrees of freedom of ``weights @ beta``."""
        steer = np.swapaxes(self.adjustment, 1, 2) @ (self.cov @ weights)
        variance = float(((steer * self.score).sum(axis=1) ** 2).sum())
        # The squared terms have the covariance diag(own) - told cov told' when the model is
        # right; twice its squared trace over the trace of its square are the degrees of freedom.
        told = np.einsum("gpq,gq->gp", self.information, steer)
        own = np.einsum("gp,gp->g", told, steer)
        shared = np.einsum("gp,pq,gq->g", told, self.cov, told)
        turned = told.T @ told @ self.cov
        square = float((own**2).sum() - 2.0 * own @ shared + np.trace(turned @ turned))
        trace = float((own - shared).sum())
        return variance, trace**2 / square if square > 0.0 else math.inf


@dataclass(frozen=True)
class TurnedPrecision:
    """Precision known in another basis, in which rounding does less harm.

    Parameters
    ----------
    inner
        Precision of coefficients gamma, where beta = turn gamma plus a constant.
    turn
        Shape (p, p).
    """

    inner: Precision
    turn: NDArray[np.float64]

    def of(self, weights: NDArray[np.float64]) -> tuple[float, float]:
        """Return variance and degrees of freedom of ``weights @ beta``."""
        return self.inner.of(weights @ self.turn)


def dyad_precision(
    information: NDArray[np.float64], score: NDArray[np.float64], *, corrected: bool = True
) -> DyadPrecision:
    """Return the couples' own precision.

    In the metric of the model the leverage of couple i is H_i = X_i cov X_i'; CR2 multiplies
    its residuals by (1 - H_i)^-1/2. With C the root of cov and M_i = C X_i' X_i C this becomes
    C^-1 (1 - M_i)^-1/2 C on the score, of the size of the coefficients.

    Parameters
    ----------
    information
        Shape (dyads, p, p): X_i' V_i^-1 X_i.
    score
        Shape (dyads, p): X_i' V_i^-1 residual_i.
    corrected
        Whether to correct for leverage; without it the sandwich is the plain one (CR0).
    """
    cov = np.linalg.inv(information.sum(axis=0))
    size = cov.shape[0]
    adjustment = np.broadcast_to(np.eye(size), information.shape)
    if corrected and size:
        values, vectors = np.linalg.eigh(cov)
        root = (vectors * np.sqrt(values)) @ vectors.T
        back = (vectors / np.sqrt(values)) @ vectors.T
        left, turn = np.linalg.eigh(np.eye(size) - root @ information @ root)
        scale = np.where(left > 1e-10, 1.0 / np.sqrt(np.maximum(left, 1e-10)), 0.0)
        inner = (turn * scale[:, None, :]) @ np.swapaxes(turn, 1, 2)
        adjustment = back @ inner @ root
    return DyadPrecision(cov, information, score, adjustment)
