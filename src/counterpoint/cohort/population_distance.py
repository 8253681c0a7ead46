"""How far one population is from another, number by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from counterpoint.engine.prior import PARTNER_ORDER, Prior
from counterpoint.engine.states import Array
from counterpoint.engine.units import POINTS_PER_UNIT

_NAMES = ("C", "S", "C", "S")
_OWN, _PARTNER = "p", "q"


@dataclass(frozen=True)
class Difference:
    """One number of two populations.

    Parameters
    ----------
    group
        ``couplings``, ``spread of couplings``, ``levels``, ``days`` or ``items``.
    name
        What it is; p is one member and q the partner, C connection and S self.
    unit
        ``points``, or ``""`` for a number without a unit.
    before, after
        Its value in the first and in the second.
    yardstick
        What a difference is small or large against: of a mean the first population's sd, of
        another number that number itself; 1 for a correlation.
    """

    group: str
    name: str
    unit: str
    before: float
    after: float
    yardstick: float

    @property
    def share(self) -> float:
        """The difference in yardsticks."""
        return (self.after - self.before) / self.yardstick

    @property
    def words(self) -> str:
        """The difference in words."""
        size = abs(self.share)
        if size < 0.1:
            return "about the same"
        much = "a little " if size < 0.25 else ("" if size < 0.75 else "much ")
        return f"{much}{'larger' if self.share > 0 else 'smaller'}"


def coupling_names() -> tuple[str, ...]:
    """Return the eight couplings into one member, in the order of the prior."""
    return tuple(
        f"{_NAMES[effect]}{_OWN} ← {_NAMES[cause]}{_OWN if cause < 2 else _PARTNER}"
        for effect, cause in PARTNER_ORDER[0]
    )


def differences(before: Prior, after: Prior) -> Iterator[Difference]:
    """Yield every number in which populations can be compared.

    Parameters
    ----------
    before, after
        Two populations with as many items.
    """
    spread, other = _coupling_sd(before), _coupling_sd(after)
    means = zip(coupling_names(), before.coupling_mean, after.coupling_mean, spread, strict=True)
    for name, first, second, sd in means:
        yield Difference("couplings", f"mean of {name}", "", first, second, sd)
    for name, first, second in zip(coupling_names(), spread, other, strict=True):
        yield Difference("spread of couplings", f"sd of {name}", "", first, second, first)
    yield from _levels(before, after)
    yield from _days(before, after)
    yield from _items(before, after)


def _coupling_sd(prior: Prior) -> Array:
    cov = 0.5 * (prior.coupling_sum_cov + prior.coupling_difference_cov)
    return np.asarray(np.sqrt(np.diag(cov)))


def _levels(before: Prior, after: Prior) -> Iterator[Difference]:
    moments = [prior.level_moments() for prior in (before, after)]
    (first_mean, first_cov), (second_mean, second_cov) = moments
    for index, name in enumerate(("connection", "self")):
        sd = np.sqrt(first_cov[index, index])
        yield Difference(
            "levels",
            f"mean of {name}",
            "points",
            50.0 + POINTS_PER_UNIT * first_mean[index],
            50.0 + POINTS_PER_UNIT * second_mean[index],
            POINTS_PER_UNIT * sd,
        )
        yield Difference(
            "levels",
            f"sd of {name} between people",
            "points",
            POINTS_PER_UNIT * sd,
            POINTS_PER_UNIT * np.sqrt(second_cov[index, index]),
            POINTS_PER_UNIT * sd,
        )
    yield from _correlations("levels", first_cov, second_cov)


def _days(before: Prior, after: Prior) -> Iterator[Difference]:
    first, second = (prior.process_scale / (prior.process_df - 5.0) for prior in (before, after))
    for index, name in enumerate(("connection", "self")):
        sd = POINTS_PER_UNIT * np.sqrt(first[index, index])
        yield Difference(
            "days",
            f"sd of {name} from one day to the next",
            "points",
            sd,
            POINTS_PER_UNIT * np.sqrt(second[index, index]),
            sd,
        )
    yield from _correlations("days", first, second)
    yield Difference(
        "days",
        "how alike couples are in this (degrees of freedom)",
        "",
        before.process_df,
        after.process_df,
        before.process_df,
    )


def _correlations(group: str, first: Array, second: Array) -> Iterator[Difference]:
    pairs = (((0, 1), "Cp and Sp"), ((0, 2), "Cp and Cq"), ((1, 3), "Sp and Sq"))
    for (i, j), name in (*pairs, ((0, 3), "Cp and Sq")):
        values = [cov[i, j] / np.sqrt(cov[i, i] * cov[j, j]) for cov in (first, second)]
        yield Difference(group, f"correlation of {name}", "", values[0], values[1], 1.0)


def _items(before: Prior, after: Prior) -> Iterator[Difference]:
    for row, state in enumerate(("connection", "self")):
        for item in range(before.item_count):
            name = f"item {item + 1} of {state}"
            errors = [
                POINTS_PER_UNIT
                * np.sqrt(prior.measurement_rate[row, item] / (prior.measurement_shape - 1.0))
                for prior in (before, after)
            ]
            yield Difference(
                "items", f"error sd of {name}", "points", errors[0], errors[1], errors[0]
            )
            if item == 0:
                continue
            loadings = [prior.loading[row, item] for prior in (before, after)]
            yield Difference("items", f"loading of {name}", "", loadings[0], loadings[1], 1.0)
            shifts = [POINTS_PER_UNIT * prior.intercept[row, item] for prior in (before, after)]
            yield Difference(
                "items", f"intercept of {name}", "points", shifts[0], shifts[1], POINTS_PER_UNIT
            )
    sds = [POINTS_PER_UNIT * prior.offset_sd for prior in (before, after)]
    yield Difference(
        "items", "sd of a person's own way of using an item", "points", sds[0], sds[1], sds[0]
    )
