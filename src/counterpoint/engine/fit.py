"""The fit of one dyad: what the sampler found, frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.engine.diagnostics import Diagnostics
from counterpoint.engine.quantities import Quantities, quantities_of
from counterpoint.engine.states import Array
from counterpoint.engine.stationary import stationary_cov_of_draws
from counterpoint.engine.units import to_points
from counterpoint.engine.widening import stretched, widening_of

if TYPE_CHECKING:
    from counterpoint.engine.answers import Answer


@dataclass(frozen=True, eq=False)
class DyadFit:
    """Posterior draws of one dyad and what they rest on.

    Parameters
    ----------
    dyad_id
        Name of the dyad.
    level, trend
        Draws of mu and s in units u, shape (n, 4).
    transition
        Draws of A ``[effect, cause]``, shape (n, 4, 4).
    process_cov
        Draws of Q, shape (n, 4, 4).
    input_effect
        Draws of B, shape (n, 4, m).
    offset, measurement_var
        Draws of delta and r, shape (n, 4, items).
    smoothed_mean, smoothed_sd
        Every day's state with parameters integrated out, units u, shape (days, 4).
    answered_days
        Days on which member a, and b, answered both markers.
    observed
        Whether a, and b, answered anything at all.
    diagnostics
        What the fit says about itself.
    backend
        ``compiled`` or ``portable``.
    provisional
        A first picture from a short chain: sentences wait for the full one.
    seed, sweeps, dropped
        How to make it again.
    with_trend
        Whether the level could move within the window.
    prior_source
        Which population the prior came from.
    steps_a_day
        Rows a day: couplings, process covariance and smoothed states are per step.
    event_counts
        On how many rows each event was marked.
    knows_ends
        Whether the sampler knew where the scale ends (`DyadDiary.ends`).
    """

    dyad_id: str
    level: Array
    trend: Array
    transition: Array
    process_cov: Array
    input_effect: Array
    offset: Array
    measurement_var: Array
    smoothed_mean: Array
    smoothed_sd: Array
    answered_days: tuple[int, int]
    observed: tuple[bool, bool]
    diagnostics: Diagnostics
    backend: str
    provisional: bool
    seed: int
    sweeps: int
    dropped: int
    with_trend: bool
    prior_source: str
    steps_a_day: int = 1
    event_counts: tuple[int, ...] = ()
    knows_ends: bool = False

    @cached_property
    def place(self) -> Array:
        """Draws of the place at the end of the window, ``mu + s / 2``, units u, shape (n, 4).

        Stretched where answers stand at an end of the scale or the level moved
        (`counterpoint.engine.widening`).
        """
        factors = widening_of(self.diagnostics, knows_ends=self.knows_ends)
        return stretched(self.level + 0.5 * self.trend, factors)

    @property
    def known_days(self) -> int:
        """Days a joint answer rests on: the smaller count, or the one member's own if alone."""
        counts = [d for d, seen in zip(self.answered_days, self.observed, strict=True) if seen]
        return min(counts, default=0)

    def notes_of(self, states: Iterable[int]) -> tuple[str, ...]:
        """Return what to know beside an answer about some states: ``top``, ``moved``."""
        return self.diagnostics.notes_of(states)

    def days_of(self, member: Member) -> int:
        """Days on which one member answered both markers."""
        return self.answered_days[0 if member is Member.A else 1]

    @cached_property
    def stationary_cov(self) -> Array:
        """Draws of the covariance the days settle into, shape (n, 4, 4)."""
        return stationary_cov_of_draws(self.transition, self.process_cov, backend=self.backend)

    @cached_property
    def quantities(self) -> Quantities:
        """Draws of the named quantities."""
        found = quantities_of(
            self.level, self.trend, self.transition, self.process_cov, cov=self.stationary_cov
        )
        return replace(found, level=to_points(self.place))

    def answers(self, *, day_gate: bool = True) -> tuple[Answer, ...]:
        """Return every named quantity with what may be said about it.

        Parameters
        ----------
        day_gate
            ``False`` leaves out the count of days, for research on the gates themselves.
        """
        from counterpoint.engine.answers import answers_of  # noqa: PLC0415 - it reads fits

        return answers_of(self, day_gate=day_gate)

    def mean_transition(self) -> Array:
        """Return the posterior mean of A, shape (4, 4)."""
        return np.asarray(self.transition.mean(axis=0))
