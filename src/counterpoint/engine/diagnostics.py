"""What a fit says about itself: mixing, predictive check, and diaries that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.special import log_ndtr, ndtri_exp

from counterpoint.domain.dyad import Member
from counterpoint.engine.alarm import ALARM_AT, level_moves
from counterpoint.engine.careless import is_careless
from counterpoint.engine.diary import DyadDiary, seed_of
from counterpoint.engine.effective import effective_draws
from counterpoint.engine.kalman import Filtered, filter_diary
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.parked import is_parked
from counterpoint.engine.prior import Prior
from counterpoint.engine.problem import Draws
from counterpoint.engine.states import Array
from counterpoint.engine.units import CEILING_POINTS, FLOOR_POINTS, to_units

ESS_NEEDED = 100.0
"""The worst coupling must be worth this many independent draws; else the chain is doubled."""
Z_INSIDE = 1.6448536269514722
"""90 % of a standard normal lie inside."""
ONE_WRITER_CORRELATION = 0.76
ONE_WRITER_PAIRS = 14
CEILING_SHARE = 0.25
CHECKABLE_SCORES = 40
"""Fewer predictive scores than this say nothing about the model."""


@dataclass(frozen=True, eq=False)
class Diagnostics:
    """What one fit says about itself.

    Parameters
    ----------
    ess_transition
        Effective draws of every coupling, shape (4, 4).
    unstable_redraws
        Transitions drawn again because they were not stable.
    unstable_share
        Those as a share of all proposals.
    prior_ratio
        Posterior sd / prior sd of every coupling, shape (4, 4): above .8 the number is mostly
        prior.
    z_count, z_mean, z_sd, z_inside
        One-step predictive scores at the posterior mean: how many, mean, sd, and share inside
        +-1.645 (right: 0, 1, .90).
    model_fits
        Whether these lie within their bands (|mean| < .25, sd .8 to 1.25, 85 to 95 % inside),
        each widened by two standard errors so that a short diary is not refused by chance.
    parked
        For each member, whether the answers stand still (`counterpoint.engine.parked`).
    one_writer
        Whether the two accounts agree as if one person had written both.
    careless
        For each member, whether the answers do not look at the items
        (`counterpoint.engine.careless`).
    ceiling_share, floor_share
        Share of marker answers at the top, and at the bottom, of the scale, shape (4,).
    level_change, level_z
        The last 14 days against the 28 before (`counterpoint.engine.alarm`): difference in
        points, and in its standard errors, shape (4,).
    """

    ess_transition: Array
    unstable_redraws: int
    unstable_share: float
    prior_ratio: Array
    z_count: int
    z_mean: float
    z_sd: float
    z_inside: float
    model_fits: bool
    parked: tuple[bool, bool]
    one_writer: bool
    ceiling_share: Array
    careless: tuple[bool, bool] = (False, False)
    floor_share: Array = field(default_factory=lambda: np.zeros(4))
    level_change: Array = field(default_factory=lambda: np.zeros(4))
    level_z: Array = field(default_factory=lambda: np.zeros(4))

    @property
    def ess_worst(self) -> float:
        """Effective draws of the worst coupling."""
        return float(self.ess_transition.min())

    @property
    def at_ceiling(self) -> tuple[bool, ...]:
        """Which states lie at the top of the scale more often than a quarter of the days."""
        return tuple(bool(share > CEILING_SHARE) for share in self.ceiling_share)

    @property
    def at_floor(self) -> tuple[bool, ...]:
        """Which states lie at the bottom of the scale more often than a quarter of the days."""
        return tuple(bool(share > CEILING_SHARE) for share in self.floor_share)

    @property
    def has_moved(self) -> tuple[bool, ...]:
        """Which states lay clearly lower or higher in the last 14 days than in the 28 before."""
        return tuple(bool(abs(z) > ALARM_AT) for z in self.level_z)

    def notes_of(self, states: Iterable[int]) -> tuple[str, ...]:
        """Return what to know beside an answer about some states.

        ``top``, ``bottom``: more than a quarter of their marker answers stand at that end of the
        scale.
        ``moved``: their last 14 days lay clearly lower or higher than the 28 before.
        """
        rows = tuple(states)
        top = any(self.at_ceiling[row] for row in rows)
        bottom = any(self.at_floor[row] for row in rows)
        moved = any(self.has_moved[row] for row in rows)
        return ("top",) * top + ("bottom",) * bottom + ("moved",) * moved

    @property
    def charts_only(self) -> str:
        """Why nothing may be inferred, or ``""``.

        ``parked``, ``one_writer``, ``careless``, ``misfit``.
        """
        if any(self.parked):
            return "parked"
        if self.one_writer:
            return "one_writer"
        if any(self.careless):
            return "careless"
        return "" if self.model_fits else "misfit"


def effective_couplings(draws: Draws, *, backend: str = "portable") -> Array:
    """Return how many independent draws each coupling is worth, shape (4, 4)."""
    return effective_draws(draws.coefficient[:, :, :4], backend=backend)


def diagnose(
    diary: DyadDiary,
    prior: Prior,
    draws: Draws,
    *,
    sweeps: int,
    backend: str = "portable",
    clock: Array | None = None,
    effective: Array | None = None,
) -> Diagnostics:
    """Return the diagnostics of one fit.

    Parameters
    ----------
    diary, prior, draws
        What was fitted, under what, and what came out.
    sweeps
        Of the chain in all.
    backend
        ``compiled``: what is compiled of the diagnostics may be used, too.
    clock
        Given where the level does not move evenly (`DyadParameters.clock`).
    effective
        `effective_couplings`, where they are known already.
    """
    transition = draws.coefficient[:, :, :4]
    prior_sd = np.sqrt(np.diag(prior.coupling_moments()[1])).reshape(4, 4)
    parameters = replace(mean_parameters(draws, prior), clock=clock)
    filled = _with_ends_filled(diary, parameters, draws)
    scores = _filter_of(backend)(filled, parameters, initial_cov=prior.initial_cov).innovation_z
    scores = scores[~np.isnan(scores)]
    count = int(scores.size)
    mean = float(scores.mean()) if count else 0.0
    sd = float(scores.std()) if count else 1.0
    inside = float(np.mean(np.abs(scores) < Z_INSIDE)) if count else 0.9
    change, moved = level_moves(diary, prior)
    return Diagnostics(
        ess_transition=(
            effective_couplings(draws, backend=backend) if effective is None else effective
        ),
        unstable_redraws=draws.unstable_redraws,
        unstable_share=draws.unstable_redraws / (sweeps + draws.unstable_redraws),
        prior_ratio=transition.std(axis=0) / prior_sd,
        z_count=count,
        z_mean=mean,
        z_sd=sd,
        z_inside=inside,
        model_fits=_is_within_bands(count, mean, sd, inside),
        parked=(is_parked(diary, Member.A), is_parked(diary, Member.B)),
        one_writer=has_one_writer(diary),
        careless=(is_careless(diary, Member.A), is_careless(diary, Member.B)),
        ceiling_share=ceiling_share(diary),
        floor_share=floor_share(diary),
        level_change=change,
        level_z=moved,
    )


def _filter_of(backend: str) -> Callable[..., Filtered]:
    if backend != "compiled":
        return filter_diary
    from counterpoint.engine.kernel.filtering import (  # noqa: PLC0415 - imports the compiler
        filter_compiled,
    )

    return filter_compiled


def mean_parameters(draws: Draws, prior: Prior) -> DyadParameters:
    """Return the posterior means as one set of parameters."""
    coefficient = draws.coefficient.mean(axis=0)
    return DyadParameters(
        level=draws.level.mean(axis=0),
        transition=coefficient[:, :4],
        process_cov=draws.process_cov.mean(axis=0),
        loading=prior.item_rows(prior.loading),
        intercept=prior.item_rows(prior.intercept),
        measurement_var=draws.measurement_var.mean(axis=0),
        offset=draws.offset.mean(axis=0),
        input_effect=coefficient[:, 4:],
        trend=draws.trend.mean(axis=0),
    )


def _with_ends_filled(diary: DyadDiary, parameters: DyadParameters, draws: Draws) -> DyadDiary:
    """Draw a value for every answer that is known only to lie beyond an end of the scale.

    Drawn, not expected: the scores of expected values would be too narrow.
    """
    side = diary.beyond
    where = np.nonzero(side)
    if diary.ends is None or not where[0].size:
        return diary
    rng = np.random.default_rng(seed_of(diary))
    rows = where[:2]
    state = draws.state_mean + draws.state_sd * rng.standard_normal(draws.state_mean.shape)
    shift = (parameters.intercept + parameters.offset)[where[1:]]
    mean = parameters.loading[where[1:]] * state[rows] + shift
    sd = np.sqrt(parameters.measurement_var)[where[1:]]
    inside = side[where] * (mean - np.clip(diary.items[where], *diary.ends)) / sd
    drawn = ndtri_exp(log_ndtr(inside) + np.log1p(-rng.random(mean.shape)))
    items = diary.items.copy()
    items[where] = mean - side[where] * sd * drawn
    return replace(diary, items=items, ends=None)


def _is_within_bands(count: int, mean: float, sd: float, inside: float) -> bool:
    if count < CHECKABLE_SCORES:
        return True
    root = 2.0 / np.sqrt(count)
    return bool(
        abs(mean) < 0.25 + root
        and 0.8 - root / np.sqrt(2) < sd < 1.25 + root / np.sqrt(2)
        and abs(inside - 0.90) < 0.05 + 0.3 * root
    )


def has_one_writer(diary: DyadDiary) -> bool:
    """Whether same-item same-day answers of the two accounts correlate above .76.

    Each item of each member is centred first; pairs of all items are pooled.
    """
    first = diary.items[:, :2, :].reshape(diary.days, -1)
    second = diary.items[:, 2:, :].reshape(diary.days, -1)
    both = ~np.isnan(first) & ~np.isnan(second)
    if both.any(axis=1).sum() < ONE_WRITER_PAIRS:
        return False
    counts = np.maximum(both.sum(axis=0), 1)
    x = np.where(both, first - np.where(both, first, 0.0).sum(axis=0) / counts, 0.0)
    y = np.where(both, second - np.where(both, second, 0.0).sum(axis=0) / counts, 0.0)
    spread = np.sqrt(np.sum(x * x) * np.sum(y * y))
    return bool(spread > 1e-9 and np.sum(x * y) / spread > ONE_WRITER_CORRELATION)


def floor_share(diary: DyadDiary) -> Array:
    """Return the share of marker answers at the bottom of the scale, shape (4,)."""
    marker = diary.items[:, :, 0]
    known = np.maximum((~np.isnan(marker)).sum(axis=0), 1)
    return np.asarray(np.sum(marker <= to_units(FLOOR_POINTS), axis=0) / known)


def ceiling_share(diary: DyadDiary) -> Array:
    """Return the share of marker answers at the top of the scale, shape (4,)."""
    marker = diary.items[:, :, 0]
    known = np.maximum((~np.isnan(marker)).sum(axis=0), 1)
    return np.asarray(np.sum(marker >= to_units(CEILING_POINTS), axis=0) / known)
