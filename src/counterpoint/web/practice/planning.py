"""Which of a person's own evidence speaks for a skill. Pure; the choice is `content.plan`."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from counterpoint.content.plan import Reason
from counterpoint.domain.couplings import Cost
from counterpoint.domain.signs import Sign
from counterpoint.domain.styles import Style
from counterpoint.web.dynamics.rules import Told

UPPER, LOWER = 3.0, 1.0
"""Answers from "often" on, and up to "now and then", on the row 0 to 4."""

MOST_SIGNS = 3
"""So many signs are named at most: a plan is short enough to be read and contested."""

FRICTION_DAYS = 2
FRICTION_SHARE = 1 / 3
"""An answer about friction is a reason from two days on, if it was given on a third of them."""

FRICTION = ("gave_in", "shut_down", "pushed")
NEARNESS = {Told.ABOVE: "place.connection.nearer", Told.BELOW: "place.connection.further"}
SELF = {Told.ABOVE: "place.self.more", Told.BELOW: "place.self.less"}
OWN_COSTS = (Cost.CLOSENESS_COSTS_SELF, Cost.SELF_COSTS_CLOSENESS)


@dataclass(frozen=True)
class Evidence:
    """What is known of one person for a plan; the default knows nothing.

    Parameters
    ----------
    signs
        Mean answer about each sign, 0 to 4 in the direction of the sign.
    friction_days, friction
        Days with friction, and days by answer to what one did in it.
    place
        How nearness and being oneself lie to the wish, where a place may be told.
    takes_turns
        Whether it may be said that nearness and being oneself take turns.
    costs
        Own costs that may be said.
    """

    signs: Mapping[Sign, float] = field(default_factory=dict)
    friction_days: int = 0
    friction: Mapping[str, int] = field(default_factory=dict)
    place: tuple[Told, Told] | None = None
    takes_turns: bool = False
    costs: tuple[Cost, ...] = ()


def reasons_of(
    evidence: Evidence, labels: Mapping[int, str], *, contested: Collection[str] = ()
) -> tuple[Reason, ...]:
    """Return the reasons of a plan: what a person said before what was worked out from it.

    Parameters
    ----------
    evidence
        What is known.
    labels
        The words of each answer, by value.
    contested
        Keys of reasons that the person said do not fit.
    """
    found = [*_of_signs(evidence.signs, labels, contested), *_of_friction(evidence)]
    if evidence.place is not None:
        near, myself = evidence.place
        found += [
            Reason(told[where])
            for told, where in ((NEARNESS, near), (SELF, myself))
            if where in told
        ]
    if evidence.takes_turns:
        found.append(Reason("same_day.turns"))
    found += [Reason(f"cost.{cost.value}") for cost in OWN_COSTS if cost in evidence.costs]
    return tuple(one for one in found if one.key not in contested)


def turn_of(joined_on: date, today: date) -> int:
    """Return which turn it is: a week each, so that a plan without reasons stays for a week."""
    return max(0, (today - joined_on).days // 7)


def _of_signs(
    signs: Mapping[Sign, float], labels: Mapping[int, str], contested: Collection[str]
) -> list[Reason]:
    """Return signs that are often so and strengths that rarely are, the clearest first."""
    clear: list[tuple[float, Reason]] = []
    for sign in Sign:
        mean = signs.get(sign)
        if mean is None:
            continue
        is_strength = sign.style is Style.INTERDEPENDENCE
        if (mean <= LOWER) if is_strength else (mean >= UPPER):
            # half a step is read towards the middle: nothing stronger is told than was said
            value = math.floor(mean + 0.5) if is_strength else math.ceil(mean - 0.5)
            reason = Reason("sign", sign=sign, values={"often": labels[value]})
            clear.append((mean if is_strength else max(labels) - mean, reason))
    clear.sort(key=lambda pair: pair[0])
    return [reason for _, reason in clear if reason.key not in contested][:MOST_SIGNS]


def _of_friction(evidence: Evidence) -> list[Reason]:
    days = evidence.friction_days
    return [
        Reason(f"friction.{answer}", values={"n": count, "days": days})
        for answer in FRICTION
        if (count := evidence.friction.get(answer, 0)) >= FRICTION_DAYS
        and count >= FRICTION_SHARE * days
    ]
