"""The parameters of one dyad's model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from counterpoint.engine.states import CROSS_MASK, SWAP, Array


@dataclass(frozen=True, eq=False)
class DyadParameters:
    r"""Parameters of one dyad.

    .. math::

        x_t = \mu + \tau_t s + d_t, \qquad d_t = A_t d_{t-1} + B u_t + w_t, \quad w_t \sim N(0, Q)

        y_{tjk} = \nu_{jk} + \delta_{jk} + \lambda_{jk} x_{tj} + e_{tjk}, \quad e \sim N(0, r_{jk})

    with :math:`\tau_t` running from -1/2 to 1/2 over the window and :math:`A_t` the transition
    with its cross blocks multiplied by the time together of day t.

    Parameters
    ----------
    level
        mu in units u, shape (4,).
    transition
        A ``[effect, cause]``, shape (4, 4).
    process_cov
        Q, shape (4, 4).
    loading, intercept, measurement_var
        lambda, nu and r of every item, shape (4, items).
    offset
        delta, a person's own way of using one item, shape (4, items); zeros by default.
    input_effect
        B, shape (4, m); no columns by default.
    trend
        s, change over the window in units u, shape (4,); zeros by default.
    clock
        tau_t where the level does not move evenly, shape (days,): -1/2 in one stretch and 1/2 in
        the next makes s the change between them. Even by default.
    """

    level: Array
    transition: Array
    process_cov: Array
    loading: Array
    intercept: Array
    measurement_var: Array
    offset: Array = field(default_factory=lambda: np.zeros((4, 0)))
    input_effect: Array = field(default_factory=lambda: np.zeros((4, 0)))
    trend: Array = field(default_factory=lambda: np.zeros(4))
    clock: Array | None = None

    def __post_init__(self) -> None:
        if self.offset.shape != self.loading.shape:
            object.__setattr__(self, "offset", np.zeros_like(self.loading))

    @property
    def place(self) -> Array:
        """Place at the end of the window, ``mu + s / 2``, in units u, shape (4,)."""
        return self.level + 0.5 * self.trend

    def means(self, days: int) -> Array:
        """Return m_t for every day of a window, shape (days, 4)."""
        clock = trend_clock(days) if self.clock is None else self.clock
        return np.asarray(self.level + clock[:, None] * self.trend)

    def transitions(self, together: Array) -> Array:
        """Return A_t for every day, shape (days, 4, 4), from time together, shape (days,)."""
        weights = np.where(CROSS_MASK[None] > 0, together[:, None, None], 1.0)
        return np.asarray(self.transition[None] * weights)

    def swapped(self) -> DyadParameters:
        """Return the parameters of the dyad with its members exchanged."""
        both = np.ix_(SWAP, SWAP)
        return replace(
            self,
            level=self.level[SWAP],
            transition=self.transition[both],
            process_cov=self.process_cov[both],
            loading=self.loading[SWAP],
            intercept=self.intercept[SWAP],
            measurement_var=self.measurement_var[SWAP],
            offset=self.offset[SWAP],
            input_effect=self.input_effect[SWAP],
            trend=self.trend[SWAP],
        )


def trend_clock(days: int) -> Array:
    """Return tau_t from -1/2 to 1/2 for a window of so many days, shape (days,)."""
    if days < 2:
        return np.zeros(days)
    return np.arange(days) / (days - 1) - 0.5
