"""The population a dyad is drawn from: swap-symmetric priors, the base one, and the one shipped.

Every number of both, with its source, stands in ``docs/model/prior.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from counterpoint.engine.states import Array
from counterpoint.errors import DataError

PARTNER_ORDER: tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]] = (
    ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (0, 3), (1, 2), (1, 3)),
    ((2, 2), (2, 3), (3, 2), (3, 3), (2, 0), (2, 1), (3, 0), (3, 1)),
)
"""The 8 couplings into each member as ``(effect, cause)``: C<-C, C<-S, S<-C, S<-S, then C<-Cq,
C<-Sq, S<-Cq, S<-Sq, q the partner."""

EVENTS: dict[str, tuple[tuple[float, float], float]] = {
    "conflict": ((-1.0, -0.6), 0.5),
    "offer": ((0.0, 0.0), 0.7),
}
"""Prior mean on connection and self, and sd, of the effect of an event of full size."""


COUPLING_WIDENING = 1.15
"""By how much the shipped prior takes couples to differ more in their couplings (sd) than the base
population does. So that 90 % intervals still cover .80 should couples differ half as much again."""


@dataclass(frozen=True, eq=False)
class Prior:
    r"""A population of dyads that does not know which member is a and which is b.

    With :math:`\theta_p` the eight couplings into member p (`PARTNER_ORDER`),
    :math:`(\theta_a + \theta_b)/\sqrt 2 \sim N(\sqrt 2\, m, S_+)` and
    :math:`(\theta_a - \theta_b)/\sqrt 2 \sim N(0, S_-)`, independent: exactly the normal laws that
    do not change when the members are swapped. The same for levels. Everything about items is
    shared by both members.

    Parameters
    ----------
    coupling_mean
        m, shape (8,).
    coupling_sum_cov, coupling_difference_cov
        S+ and S-, shape (8, 8).
    level_mean
        Mean of connection and self, units u, shape (2,).
    level_sum_cov, level_difference_cov
        The same for levels, shape (2, 2).
    process_df, process_scale
        Inverse-Wishart law of Q: degrees of freedom and scale, shape (4, 4), swap-symmetric.
    loading, intercept
        lambda and nu of every item of connection and self, shape (2, items).
    measurement_shape, measurement_rate
        Inverse-gamma law of the item variances: shape, and rate, shape (2, items).
    offset_sd
        sd of a person's own way of using one item, units u.
    input_mean, input_sd
        Prior of the effect of each event on connection and self: shape (m, 2) and (m,).
    trend_sd
        sd of the change over the window, units u.
    initial_cov
        Covariance of the first day's deviation, shape (4, 4); fixed, not the stationary law, which
        keeps the transition conjugate.
    source, couples
        Where the numbers come from, and how many couples they were learned from.
    coupling_role, level_role
        Half of the mean difference between member a and member b, shape (8,) and (2,): zeros,
        unless a researcher asks for roles (`counterpoint.engine.roles`).

    Raises
    ------
    DataError
        If a shape does not fit, a covariance is not positive definite, or the prior is not
        swap-symmetric.
    """

    coupling_mean: Array
    coupling_sum_cov: Array
    coupling_difference_cov: Array
    level_mean: Array
    level_sum_cov: Array
    level_difference_cov: Array
    process_df: float
    process_scale: Array
    loading: Array
    intercept: Array
    measurement_shape: float
    measurement_rate: Array
    offset_sd: float
    input_mean: Array
    input_sd: Array
    trend_sd: float
    initial_cov: Array
    source: str = "shipped"
    couples: int = 0
    coupling_role: Array = field(default_factory=lambda: np.zeros(8))
    level_role: Array = field(default_factory=lambda: np.zeros(2))

    def __post_init__(self) -> None:
        for name, shape in _shapes(self).items():
            value = np.array(getattr(self, name), dtype=np.float64, order="C")
            if value.shape != shape or not np.all(np.isfinite(value)):
                raise DataError(f"{name} of a prior must be finite and have the shape {shape}.")
            if name.endswith("_cov") or name == "process_scale":
                _refuse_indefinite(name, value)
            value.setflags(write=False)
            object.__setattr__(self, name, value)
        for name in ("process_scale", "initial_cov"):
            value = getattr(self, name)
            if not np.allclose(value, value[np.ix_([2, 3, 0, 1], [2, 3, 0, 1])]):
                raise DataError(f"{name} of a prior must not change when the members are swapped.")
        for name, floor in _FLOORS.items():
            if not getattr(self, name) > floor:
                raise DataError(f"{name} of a prior must be larger than {floor:g}.")
        if np.any(self.measurement_rate <= 0) or np.any(self.input_sd <= 0):
            raise DataError("measurement_rate and input_sd of a prior must be positive.")

    @property
    def is_exchangeable(self) -> bool:
        """Whether the prior does not know which member is a and which is b."""
        return not (np.any(self.coupling_role) or np.any(self.level_role))

    @property
    def item_count(self) -> int:
        """Items per state."""
        return int(self.loading.shape[1])

    @property
    def input_count(self) -> int:
        """Events per day."""
        return int(self.input_mean.shape[0])

    def coupling_moments(self) -> tuple[Array, Array]:
        """Return mean (4, 4) of the transition and covariance (16, 16) of its rows end to end."""
        mean = np.empty((4, 4))
        within, between = _halves(self.coupling_sum_cov, self.coupling_difference_cov)
        positions = [[4 * i + j for i, j in order] for order in PARTNER_ORDER]
        for order, side in zip(PARTNER_ORDER, (1.0, -1.0), strict=True):
            values = self.coupling_mean + side * self.coupling_role
            for value, (effect, cause) in zip(values, order, strict=True):
                mean[effect, cause] = value
        cov = np.empty((16, 16))
        for p in (0, 1):
            cov[np.ix_(positions[p], positions[p])] = within
            cov[np.ix_(positions[p], positions[1 - p])] = between
        return mean, cov

    def coefficient_moments(self) -> tuple[Array, Array]:
        """Return mean (4, 4 + m) and covariance of ``[A|B]``, rows end to end."""
        coupling_mean, coupling_cov = self.coupling_moments()
        m = self.input_count
        width = 4 + m
        mean = np.zeros((4, width))
        mean[:, :4] = coupling_mean
        mean[:, 4:] = np.tile(self.input_mean.T, (2, 1))
        cov = np.zeros((4 * width, 4 * width))
        places = [i * width + j for i in range(4) for j in range(4)]
        cov[np.ix_(places, places)] = coupling_cov
        for i in range(4):
            for k in range(m):
                cov[i * width + 4 + k, i * width + 4 + k] = self.input_sd[k] ** 2
        return mean, cov

    def with_coupling_spread(self, times: float) -> Prior:
        """Return the same population with couplings that differ so many times as much (sd)."""
        return replace(
            self,
            coupling_sum_cov=times**2 * self.coupling_sum_cov,
            coupling_difference_cov=times**2 * self.coupling_difference_cov,
        )

    def level_moments(self) -> tuple[Array, Array]:
        """Return mean (4,) and covariance (4, 4) of the levels in units u."""
        within, between = _halves(self.level_sum_cov, self.level_difference_cov)
        mean = np.concatenate(
            [self.level_mean + self.level_role, self.level_mean - self.level_role]
        )
        return mean, np.block([[within, between], [between, within]])

    def item_rows(self, values: Array) -> Array:
        """Return numbers of shape (2, items) for the four states, shape (4, items)."""
        return np.vstack([values, values])

    def as_numbers(self) -> dict[str, Any]:
        """Return the prior as plain lists and numbers, fit for JSON."""
        numbers: dict[str, Any] = {}
        for entry in fields(self):
            value = getattr(self, entry.name)
            numbers[entry.name] = value.tolist() if isinstance(value, np.ndarray) else value
        return numbers

    @classmethod
    def from_numbers(cls, numbers: Mapping[str, Any]) -> Prior:
        """Return the prior that `as_numbers` wrote down.

        Raises
        ------
        DataError
            If a number is missing, not a number, or breaks a rule of `Prior`.
        """
        given: dict[str, Any] = {}
        for entry in fields(cls):
            if entry.name not in numbers:
                if entry.name in _OPTIONAL:
                    continue
                raise DataError(f"the population lacks {entry.name}.")
            value = numbers[entry.name]
            try:
                if entry.name == "source":
                    given[entry.name] = str(value)
                elif entry.name == "couples":
                    given[entry.name] = int(value)
                elif entry.name in _SCALARS:
                    given[entry.name] = float(value)
                else:
                    array = np.array(value, dtype=np.float64)
                    if entry.name == "input_mean":
                        array = array.reshape(-1, 2)
                    given[entry.name] = array
            except (TypeError, ValueError) as error:
                raise DataError(f"{entry.name} of the population is not a number.") from error
        return cls(**given)


def shipped_prior(
    items: int = 3,
    inputs: int | tuple[str, ...] = 0,
    *,
    own_items: bool = False,
) -> Prior:
    """Return the shipped prior, which fits start from: the base population, a little wider.

    Parameters
    ----------
    items, inputs, own_items
        As in `base_population`.

    Notes
    -----
    Only the spread of the couplings differs, by `COUPLING_WIDENING`. A prior that is too narrow
    makes intervals over-confident; one slightly too wide costs an error of about one in a hundred
    (``docs/model/prior.md``).
    """
    base = base_population(items, inputs, own_items=own_items)
    return replace(base.with_coupling_spread(COUPLING_WIDENING), source="shipped")


def base_population(
    items: int = 3,
    inputs: int | tuple[str, ...] = 0,
    *,
    own_items: bool = False,
) -> Prior:
    """Return the population that simulated couples are drawn from.

    Parameters
    ----------
    items
        Items per state, 1 or more.
    inputs
        Names among `EVENTS`, or how many events a day: the first is the conflict, further ones
        are practice offers.
    own_items
        A researcher's own items: loadings 1 and intercepts 0 instead of those of the check-in.

    Raises
    ------
    DataError
        If there is no item or an unknown event.
    """
    if items < 1:
        raise DataError("a state needs at least one item.")
    if isinstance(inputs, int):
        names = ("conflict",) * min(inputs, 1) + ("offer",) * max(inputs - 1, 0)
    else:
        names = inputs
    for name in names:
        if name not in EVENTS:
            raise DataError(f"unknown event {name!r}; known are {', '.join(EVENTS)}.")
    mean, sum_cov, difference_cov = _style_factors()
    level_within = np.array([[1.0, 0.3], [0.3, 1.0]])
    level_between = np.array([[0.5, 0.1], [0.1, 0.2]])
    return Prior(
        coupling_mean=mean,
        coupling_sum_cov=sum_cov,
        coupling_difference_cov=difference_cov,
        level_mean=np.array([1.2, 1.0]),
        level_sum_cov=level_within + level_between,
        level_difference_cov=level_within - level_between,
        process_df=12.0,
        process_scale=(12.0 - 5.0) * _process_mean(),
        loading=np.tile(_item_numbers((1.0, 0.9, 1.1), 1.0, items, own_items), (2, 1)),
        intercept=np.tile(_item_numbers((0.0, 0.15, -0.15), 0.0, items, own_items), (2, 1)),
        measurement_shape=6.0,
        measurement_rate=np.tile(
            5.0 * _item_numbers((0.70, 0.80, 0.90), 0.80, items, own_items), (2, 1)
        ),
        offset_sd=0.35,
        input_mean=np.array([EVENTS[name][0] for name in names]).reshape(-1, 2),
        input_sd=np.array([EVENTS[name][1] for name in names]),
        trend_sd=0.8,
        initial_cov=1.5 * np.eye(4),
        source="base",
    )


def _item_numbers(
    checkin: tuple[float, ...], other: float, items: int, own_items: bool
) -> npt.NDArray[np.float64]:
    known = () if own_items else checkin[:items]
    return np.array(known + (other,) * (items - len(known)))


def _style_factors() -> tuple[Array, Array, Array]:
    """Return mean, S+ and S- of the couplings.

    Two style factors a member; the first of one and the second of the other correlate at .35; the
    rest of each variance is its own.
    """
    mean = np.array([0.35, 0.05, 0.00, 0.35, 0.10, 0.00, 0.03, 0.10])
    sd = np.array([0.15, 0.15, 0.15, 0.15, 0.15, 0.12, 0.12, 0.15])
    loadings = np.zeros((8, 2))
    loadings[[2, 7, 4, 5], 0] = (-0.75, 0.70, 0.35, -0.30)
    loadings[[1, 4, 6], 1] = (-0.75, -0.65, -0.55)
    shared = loadings @ loadings.T
    within = shared + np.diag(1.0 - np.diag(shared))
    between = loadings @ np.array([[0.0, 0.35], [0.35, 0.0]]) @ loadings.T
    scale = np.outer(sd, sd)
    return mean, scale * (within + between), scale * (within - between)


def _process_mean() -> Array:
    correlation = np.array(
        [
            [1.00, 0.25, 0.35, 0.10],
            [0.25, 1.00, 0.10, 0.15],
            [0.35, 0.10, 1.00, 0.25],
            [0.10, 0.15, 0.25, 1.00],
        ]
    )
    return 0.75 * correlation


def _halves(sum_cov: Array, difference_cov: Array) -> tuple[Array, Array]:
    """Covariance within a member and between the members."""
    return 0.5 * (sum_cov + difference_cov), 0.5 * (sum_cov - difference_cov)


_SCALARS = ("process_df", "measurement_shape", "offset_sd", "trend_sd")
_OPTIONAL = ("coupling_role", "level_role")
_FLOORS = {"process_df": 5.0, "measurement_shape": 1.0, "offset_sd": 0.0, "trend_sd": 0.0}


def _shapes(prior: Prior) -> dict[str, tuple[int, ...]]:
    items = np.shape(prior.loading)[-1:]
    events = np.shape(prior.input_sd)[:1]
    return {
        "coupling_mean": (8,),
        "coupling_sum_cov": (8, 8),
        "coupling_difference_cov": (8, 8),
        "level_mean": (2,),
        "level_sum_cov": (2, 2),
        "level_difference_cov": (2, 2),
        "process_scale": (4, 4),
        "loading": (2, *items),
        "intercept": (2, *items),
        "measurement_rate": (2, *items),
        "input_mean": (*events, 2),
        "input_sd": events,
        "initial_cov": (4, 4),
        "coupling_role": (8,),
        "level_role": (2,),
    }


def _refuse_indefinite(name: str, value: Array) -> None:
    if not np.allclose(value, value.T):
        raise DataError(f"{name} of a prior must be symmetric.")
    try:
        np.linalg.cholesky(value)
    except np.linalg.LinAlgError as error:
        raise DataError(f"{name} of a prior must be positive definite.") from error
