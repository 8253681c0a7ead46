"""What a solo fit found, as numbers that are stored with it and read back; without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FORM = 1
"""Version of the stored form; a form this code does not know is not shown."""


@dataclass(frozen=True)
class Quantity:
    """One named quantity of the posterior.

    Parameters
    ----------
    mean, sd, q05, q50, q95
        Of the posterior draws, in the quantity's own unit.
    prob
        Probability of what would be said: above zero, or a cost above its threshold.
    said
        Whether gate and probability allow it to be said.
    mostly_prior
        Whether the answers narrowed it by less than a fifth of its prior sd.
    """

    mean: float
    sd: float
    q05: float
    q50: float
    q95: float
    prob: float
    said: bool
    mostly_prior: bool = False


@dataclass(frozen=True)
class SoloResult:
    """What one person's own answers say.

    Parameters
    ----------
    place
        Mean place (connection, self), points.
    spread
        Its 2 × 2 covariance, points².
    draws
        Draws of the place, pairs (connection, self) in points: the wish is told by them.
    same_day
        Correlation of own connection and own self on the same day.
    same_day_mood_apart
        The same with the mood of the day set aside; ``None`` where the day's mood was not told.
    couplings
        Own couplings by ``"effect<-cause"``, as ``"self<-connection"``.
    costs
        Own costs by id.
    at_the_top
        Whether more than a quarter of the answers on either axis stand at the top of the scale.
    findings
        Words of further findings that may be said, by name (see
        `counterpoint.web.dynamics.services.own_findings`); a fit stored before there were any
        has none.
    """

    place: tuple[float, float]
    spread: tuple[tuple[float, float], tuple[float, float]]
    draws: tuple[tuple[float, float], ...]
    same_day: Quantity
    same_day_mood_apart: Quantity | None
    couplings: Mapping[str, Quantity]
    costs: Mapping[str, Quantity]
    at_the_top: bool
    findings: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {"form": FORM, **asdict(self)}


def read_result(stored: Mapping[str, Any]) -> SoloResult | None:
    """Return a stored result, or ``None`` if it is in a form this code does not know."""
    if stored.get("form") != FORM:
        return None
    mood = stored["same_day_mood_apart"]
    (a, b), (c, d) = stored["spread"]
    return SoloResult(
        place=(stored["place"][0], stored["place"][1]),
        spread=((a, b), (c, d)),
        draws=tuple((pair[0], pair[1]) for pair in stored["draws"]),
        same_day=Quantity(**stored["same_day"]),
        same_day_mood_apart=None if mood is None else Quantity(**mood),
        couplings={name: Quantity(**row) for name, row in stored["couplings"].items()},
        costs={name: Quantity(**row) for name, row in stored["costs"].items()},
        at_the_top=stored["at_the_top"],
        findings=dict(stored.get("findings", {})),
    )
