r"""The likelihood of a dyadic regression, profiled over its coefficients.

    y_i = X_i beta + e_i,   e_i ~ N(0, V_i),   V_i = Z_i G Z_i' + blockdiag(R)

for couple i, with R the covariance of one day and Z_i the members of each row. Given R and
L (G = L L'), beta has the generalised least squares solution; Woodbury's identity keeps all
work at the size of the coefficients.

References
----------
Harville, D. A. (1977). Maximum likelihood approaches to variance component estimation and to
related problems. *Journal of the American Statistical Association* 72, 320-338.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.apim.moments import Moments

_LOG_TWO_PI = float(np.log(2.0 * np.pi))


@dataclass(frozen=True)
class Profile:
    """The likelihood at one R and G, with the coefficients that go with them.

    Parameters
    ----------
    loglik
        Log-likelihood, restricted or full, with all constants of the normal law.
    coefficients
        Shape (p,): beta.
    information
        Shape (dyads, p, p): X_i' V_i^-1 X_i of each couple.
    score
        Shape (dyads, p): X_i' V_i^-1 (y_i - X_i beta) of each couple.
    """

    loglik: float
    coefficients: NDArray[np.float64]
    information: NDArray[np.float64]
    score: NDArray[np.float64]

    @property
    def cov(self) -> NDArray[np.float64]:
        """Covariance of the coefficients when the model is right, shape (p, p)."""
        found: NDArray[np.float64] = np.linalg.inv(self.information.sum(axis=0))
        return found


def profile_likelihood(
    moments: Moments,
    terms: int,
    cov: NDArray[np.float64],
    root: NDArray[np.float64],
    *,
    restricted: bool,
) -> Profile:
    """Return the likelihood at one covariance, maximised over the coefficients.

    Parameters
    ----------
    moments
        Cross-products of the columns predictors (``terms``), members (2, only if ``root`` has
        columns), outcome (1).
    terms
        Number of predictors p.
    cov
        Shape (2, 2): R.
    root
        Shape (2, 2): L; shape (2, 0) when there are no levels.
    restricted
        REML: the likelihood of contrasts free of the coefficients.

    Raises
    ------
    numpy.linalg.LinAlgError
        R is singular, or so unlike L that nothing is left after rounding.
    """
    log_det = moments.log_det(cov)
    products = moments.weighted(cov)
    if root.shape[1]:
        members = slice(terms, terms + 2)
        turned = root.T @ products[:, members, :]
        inner = turned[:, :, members] @ root
        inner[:, 0, 0] += 1.0
        inner[:, 1, 1] += 1.0
        det = inner[:, 0, 0] * inner[:, 1, 1] - inner[:, 0, 1] * inner[:, 1, 0]
        if (det <= 0.0).any():
            raise np.linalg.LinAlgError("levels are so wide that rounding drowns the days")
        products = products - turned.swapaxes(1, 2) @ _solve_two(inner, det, turned)
        log_det += float(np.log(det).sum())
    information = products[:, :terms, :terms]
    crossed = products[:, :terms, -1]
    total, target = information.sum(axis=0), crossed.sum(axis=0)
    beta = np.linalg.solve(total, target)
    squares = float(products[:, -1, -1].sum() - target @ beta)
    free = moments.rows - terms if restricted else moments.rows
    loglik = -0.5 * (free * _LOG_TWO_PI + log_det + squares)
    if restricted:
        loglik -= 0.5 * float(np.linalg.slogdet(total)[1])
    return Profile(loglik, beta, information, crossed - information @ beta)


def _solve_two(
    matrices: NDArray[np.float64], det: NDArray[np.float64], right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Solve 2 x 2 systems, shapes (n, 2, 2) and (n, 2, k); many at once, without a call each."""
    turned = np.empty_like(matrices)
    turned[:, 0, 0], turned[:, 1, 1] = matrices[:, 1, 1], matrices[:, 0, 0]
    turned[:, 0, 1], turned[:, 1, 0] = -matrices[:, 0, 1], -matrices[:, 1, 0]
    found: NDArray[np.float64] = (turned / det[:, None, None]) @ right
    return found
