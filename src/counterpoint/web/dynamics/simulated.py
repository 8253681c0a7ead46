"""The simulated couple that anybody may look at: what is stored of it, and how it is read.

Two people that never lived. Their days were made by the engine's own simulation and read by the
engine's own joint fit; ``python -m counterpoint.web.dynamics.services.simulated`` makes the file
again, byte for byte under one engine version and one sampler.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from counterpoint.domain.couplings import state_of
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis, Place

FILE = "simulated_couple.json"
FORM = 1


@dataclass(frozen=True)
class SimulatedDay:
    """What one simulated person answered on one day.

    Parameters
    ----------
    taps
        Taps 0-10 by item id: g, c1, s1, and of the second screen one of c2 or c3 and one of s2
        or s3, where it was answered.
    coin
        The two further items the coin chose.
    together, friction
        Option ids of the check-in's choices.
    """

    taps: Mapping[str, int]
    coin: tuple[str, str]
    together: str
    friction: str


@dataclass(frozen=True)
class Finding:
    """One answer of the joint fit.

    Parameters
    ----------
    quantity, effect, cause
        As the engine names them.
    mean, sd, q05, q50, q95, prob
        Its posterior.
    said
        Whether gate and probability allow it to be said.
    mostly_prior
        Whether the days narrowed a coupling by less than a fifth of its prior sd.
    truth
        The number the days were made with: known here, and never for people.
    """

    quantity: str
    effect: str
    cause: str
    mean: float
    sd: float
    q05: float
    q50: float
    q95: float
    prob: float | None
    said: bool
    mostly_prior: bool
    truth: float


@dataclass(frozen=True)
class SimulatedPartner:
    """One of the two.

    Parameters
    ----------
    name
        An invented name.
    days
        One entry per calendar day, ``None`` where nothing was answered.
    answered_days
        Days with both markers.
    place, spread
        Mean place in points and its 2 × 2 covariance in points².
    wish
        Where this one would like to be: invented, not fitted.
    against
        What may be said of connection and of self against the wish: ``near``, ``above``,
        ``below`` or ``""``.
    """

    name: str
    days: tuple[SimulatedDay | None, ...]
    answered_days: int
    place: Place
    spread: tuple[tuple[float, float], tuple[float, float]]
    wish: Place
    against: tuple[str, str]


@dataclass(frozen=True)
class SimulatedCouple:
    """The whole of it.

    Parameters
    ----------
    partners
        Member a and member b.
    findings
        Every named quantity of the joint fit.
    known_days
        The smaller number of answered days of the two.
    nearer_prob
        Probability that partner a felt nearer than partner b.
    made_with
        Seed, engine version, prior, sweeps, sampler and digest of the days.
    """

    partners: tuple[SimulatedPartner, SimulatedPartner]
    findings: tuple[Finding, ...]
    known_days: int
    nearer_prob: float
    made_with: Mapping[str, Any]

    def partner(self, member: Member) -> SimulatedPartner:
        """Return one of the two."""
        return self.partners[0 if member is Member.A else 1]

    def own_same_day(self, member: Member) -> Finding:
        """Return how nearness and being oneself go together for one partner."""
        return self.finding(
            "same_day",
            state_of(Axis.CONNECTION, member).value,
            state_of(Axis.SELF, member).value,
        )

    def between(self, axis: Axis) -> Finding:
        """Return how one axis of the two goes together."""
        return self.finding(
            "same_day", state_of(axis, Member.A).value, state_of(axis, Member.B).value
        )

    def of(self, quantity: str) -> tuple[Finding, ...]:
        """Return the findings of one quantity, in the engine's order."""
        return tuple(found for found in self.findings if found.quantity == quantity)

    def finding(self, quantity: str, effect: str, cause: str) -> Finding:
        """Return one finding.

        Raises
        ------
        KeyError
            If there is none of that name.
        """
        for found in self.of(quantity):
            if (found.effect, found.cause) == (effect, cause):
                return found
        raise KeyError((quantity, effect, cause))


@lru_cache(maxsize=1)
def simulated_couple() -> SimulatedCouple:
    """Return the committed simulated couple."""
    text = (resources.files("counterpoint.web.dynamics") / "data" / FILE).read_text("utf-8")
    return read_couple(json.loads(text))


def read_couple(stored: Mapping[str, Any]) -> SimulatedCouple:
    """Turn the stored form into the simulated couple."""
    one, two = (_read_partner(partner) for partner in stored["partners"])
    return SimulatedCouple(
        partners=(one, two),
        findings=tuple(Finding(**row) for row in stored["findings"]),
        known_days=stored["known_days"],
        nearer_prob=stored["nearer_prob"],
        made_with=stored["made_with"],
    )


def _read_partner(stored: Mapping[str, Any]) -> SimulatedPartner:
    (a, b), (c, d) = stored["spread"]
    return SimulatedPartner(
        name=stored["name"],
        days=tuple(None if day is None else _read_day(day) for day in stored["days"]),
        answered_days=stored["answered_days"],
        place=Place(*stored["place"]),
        spread=((a, b), (c, d)),
        wish=Place(*stored["wish"]),
        against=(stored["against"][0], stored["against"][1]),
    )


def _read_day(stored: Mapping[str, Any]) -> SimulatedDay:
    return SimulatedDay(
        taps=stored["taps"],
        coin=(stored["coin"][0], stored["coin"][1]),
        together=stored["together"],
        friction=stored["friction"],
    )
