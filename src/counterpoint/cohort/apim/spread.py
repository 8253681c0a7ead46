r"""How residuals and levels of the two members may spread: for all alike, or by role.

The residual of a couple on one day has the covariance R (2, 2); the persons' levels have
the covariance G = L L' (2, 2). Each class turns free parameters into such a matrix; the
parameters live on the whole line, so that any optimiser may be used.
"""

from __future__ import annotations

from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

_TURN = np.array([[1.0, 1.0], [1.0, -1.0]]) / np.sqrt(2.0)
"""Sum and difference of the two members, an orthonormal basis."""


class Residual(Protocol):
    """A law for the covariance of residuals of one day."""

    size: ClassVar[int]

    def start(self, cov: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return parameters near a covariance, shape (size,)."""
        ...

    def cov(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the covariance, shape (2, 2)."""
        ...


class AlikeResidual:
    """Compound symmetry: one variance, one correlation, unchanged when members are swapped.

    Parameters are the logarithms of the two eigenvalues, variance of the sum and of the
    difference over two; the correlation may be negative.
    """

    size: ClassVar[int] = 2

    def start(self, cov: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return parameters near a covariance, shape (2,)."""
        turned = np.diag(_TURN @ cov @ _TURN)
        found: NDArray[np.float64] = np.log(np.maximum(turned, 1e-6 * np.trace(cov)))
        return found

    def cov(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the covariance, shape (2, 2)."""
        found: NDArray[np.float64] = (_TURN * np.exp(parameters)) @ _TURN
        return found


class RoleResidual:
    """A variance of each role and a correlation: log sd, log sd, inverse tanh of r."""

    size: ClassVar[int] = 3

    def start(self, cov: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return parameters near a covariance, shape (3,)."""
        sd = np.sqrt(np.diag(cov))
        correlation = np.clip(cov[0, 1] / (sd[0] * sd[1]), -0.95, 0.95)
        return np.array([np.log(sd[0]), np.log(sd[1]), np.arctanh(correlation)])

    def cov(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the covariance, shape (2, 2)."""
        sd = np.exp(parameters[:2])
        correlation = np.tanh(parameters[2])
        return np.array(
            [[sd[0] ** 2, correlation * sd[0] * sd[1]], [correlation * sd[0] * sd[1], sd[1] ** 2]]
        )


class Levels(Protocol):
    """A law for the covariance of levels, given as a root L with G = L L'."""

    size: ClassVar[int]

    def start(self, cov: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return parameters near a covariance, shape (size,)."""
        ...

    def root(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return L, shape (2, columns)."""
        ...


class NoLevels:
    """No levels of persons: one occasion a couple, or levels taken out by centring."""

    size: ClassVar[int] = 0

    def start(self, cov: NDArray[np.float64]) -> NDArray[np.float64]:  # noqa: ARG002 - the protocol's signature
        """Return no parameters."""
        return np.empty(0)

    def root(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:  # noqa: ARG002 - the protocol's signature
        """Return L with no column."""
        return np.empty((2, 0))


class AlikeLevels:
    """One variance and one correlation of the two levels, unchanged by a swap.

    Parameters are roots of the eigenvalues; their sign means nothing, and 0 is allowed.
    """

    size: ClassVar[int] = 2

    def start(self, cov: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return parameters near a covariance, shape (2,)."""
        turned = np.diag(_TURN @ cov @ _TURN)
        found: NDArray[np.float64] = np.sqrt(np.maximum(turned, 1e-2 * np.trace(cov)))
        return found

    def root(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return L, shape (2, 2)."""
        found: NDArray[np.float64] = _TURN * parameters
        return found


class RoleLevels:
    """A variance of each role's levels and their correlation: a Cholesky root."""

    size: ClassVar[int] = 3

    def start(self, cov: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return parameters near a covariance, shape (3,)."""
        ridged = cov + 1e-2 * np.trace(cov) * np.eye(2)
        root = np.linalg.cholesky(ridged)
        return np.array([root[0, 0], root[1, 0], root[1, 1]])

    def root(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return L, shape (2, 2)."""
        return np.array([[parameters[0], 0.0], [parameters[1], parameters[2]]])
