"""Named quantities as functions of a posterior draw (MODEL section 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.states import STATE_NAMES, Array
from counterpoint.engine.stationary import correlations, stationary_cov_of_draws
from counterpoint.engine.units import to_points, to_units

COST_THRESHOLD = 0.075
"""Tau: a coupling this far in the costly direction may be called a cost."""
ALONE_BELOW_POINTS = 45.0
OFTEN_ALONE_SHARE = 0.15

SAME_DAY_PAIRS: tuple[tuple[int, int], ...] = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))
COUPLING_PAIRS: tuple[tuple[int, int], ...] = tuple((i, j) for i in range(4) for j in range(4))
COSTS: tuple[tuple[Cost, Member], ...] = tuple((cost, member) for member in Member for cost in Cost)
COST_PAIRS: tuple[tuple[int, int], ...] = tuple(
    (STATE_NAMES.index(effect), STATE_NAMES.index(cause))
    for effect, cause in (cost.coupling(member) for cost, member in COSTS)
)
COST_SIGNS = np.array([float(cost.sign) for cost, _ in COSTS])

_ANGLE_NODES = np.polynomial.legendre.leggauss(24)
"""As many below the middle as above it."""
_LEVEL_NODES = np.polynomial.legendre.leggauss(5)


@dataclass(frozen=True, eq=False)
class Quantities:
    """Named quantities, one row a draw.

    Parameters
    ----------
    level
        Place at the end of the window in points, shape (n, 4).
    same_day
        Stationary correlations of the pairs `SAME_DAY_PAIRS`, shape (n, 6).
    coupling
        The transition, rows end to end, shape (n, 16).
    cost
        The couplings of `COSTS` with the sign that makes larger more costly, shape (n, 8).
    alone_share
        Share of days on which both felt far apart, shape (n,).
    """

    level: Array
    same_day: Array
    coupling: Array
    cost: Array
    alone_share: Array


def quantities_of(
    level: Array,
    trend: Array,
    transition: Array,
    process_cov: Array,
    *,
    cov: Array | None = None,
) -> Quantities:
    r"""Return the named quantities of draws.

    Parameters
    ----------
    level, trend
        mu and s, shape (n, 4).
    transition, process_cov
        A and Q, shape (n, 4, 4).
    cov
        `stationary_cov_of_draws` of these, where it is known already.

    Notes
    -----
    Same-day correlations come from the stationary covariance of the deviations,
    :math:`V = Q + A V A'`: events and the trend do not enter. The alone share is
    :math:`P(C_a < 45, C_b < 45)` of the normal law with covariance V around the level, averaged
    over the window where the level moves.
    """
    if cov is None:
        cov = stationary_cov_of_draws(transition, process_cov)
    correlation = correlations(cov)
    n = level.shape[0]
    pairs = np.array(SAME_DAY_PAIRS)
    costs = np.array(COST_PAIRS)
    return Quantities(
        level=to_points(level + 0.5 * trend),
        same_day=correlation[:, pairs[:, 0], pairs[:, 1]],
        coupling=transition.reshape(n, 16),
        cost=COST_SIGNS * transition[:, costs[:, 0], costs[:, 1]],
        alone_share=_alone_share(level, trend, cov, correlation[:, 0, 2]),
    )


def quantities_of_truth(parameters: DyadParameters) -> Quantities:
    """Return the named quantities of known parameters, as one row."""
    return quantities_of(
        parameters.level[None],
        parameters.trend[None],
        parameters.transition[None],
        parameters.process_cov[None],
    )


def _alone_share(level: Array, trend: Array, cov: Array, correlation: Array) -> Array:
    nodes, weights = _LEVEL_NODES if np.any(trend) else (np.zeros(1), np.array([2.0]))
    border = to_units(ALONE_BELOW_POINTS)
    places = level[:, :, None] + 0.5 * trend[:, :, None] * nodes
    x = (border - places[:, 0]) / np.sqrt(cov[:, 0, 0])[:, None]
    y = (border - places[:, 2]) / np.sqrt(cov[:, 2, 2])[:, None]
    return np.asarray(both_below_prob(x, y, correlation) @ (0.5 * weights))


def both_below_prob(x: Array, y: Array, correlation: Array) -> Array:
    r"""Return P(X < x, Y < y) of standard normals with a correlation.

    .. math::

        \Phi(x)\Phi(y) + \frac{1}{2\pi} \int_0^{\arcsin\rho}
        \exp\left(-\frac{x^2 + y^2 - 2xy\sin\theta}{2\cos^2\theta}\right) d\theta

    Parameters
    ----------
    x, y
        Shape (n,), or (n, k) for k places that share a correlation.
    correlation
        Shape (n,).

    Returns
    -------
    ndarray
        The shape of ``x``.

    Notes
    -----
    Integrated by 24 Gauss-Legendre nodes: exact to 1e-9 for correlations below .95 in size.

    References
    ----------
    Drezner and Wesolowsky (1990), Journal of Statistical Computation and Simulation 35.
    """
    nodes, weights = _ANGLE_NODES
    half = 0.5 * np.arcsin(correlation)[:, None]
    # nodes lie in pairs about the middle: two angles from one sine
    step = np.sin(half * nodes[12:])
    lift, shift = np.sin(half) * np.sqrt(1.0 - step * step), np.cos(half) * step
    sine = np.concatenate([(lift - shift)[:, ::-1], lift + shift], axis=1)
    scale = -0.5 / (1.0 - sine * sine)
    product = -2.0 * scale * sine
    first, second = x.reshape(len(half), -1), y.reshape(len(half), -1)
    squares, mixed = first * first + second * second, first * second
    means = np.empty(first.shape)
    for place in range(first.shape[1]):
        density = squares[:, place, None] * scale
        density += mixed[:, place, None] * product
        np.exp(density, out=density)
        means[:, place] = density @ weights
    integral = (half * means).reshape(x.shape)
    return np.asarray(np.clip(ndtr(x) * ndtr(y) + integral / (2.0 * np.pi), 0.0, 1.0))
