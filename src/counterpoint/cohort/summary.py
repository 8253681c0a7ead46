"""A cohort's fit in a few numbers, gathered couple by couple."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from counterpoint.cohort.fit import CoupleResult
from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.engine.states import STATE_NAMES

QUANTITIES = ("level", "same_day", "coupling", "cost", "share")
"""Kinds of answers, in the order of ``couples.csv``."""

_COST_OF = {
    (effect.value, cause.value): (cost, member)
    for cost in Cost
    for member in Member
    for effect, cause in (cost.coupling(member),)
}


@dataclass
class CohortSummary:
    """Counts and means over the couples of one fit.

    Attributes
    ----------
    answered_days
        For each couple the smaller number of answered days of the two.
    rows, said
        Answers by quantity, and how many of them may be said.
    costs_said
        Couples for whom a cost may be said, by cost (of either member).
    flags
        Couples whose answers are to be read with care, by reason.
    agreeing
        Of each couple with several chains, whether they agree.
    """

    answered_days: list[int] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    costs_said: Counter[Cost] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    agreeing: list[bool] = field(default_factory=list)
    _rhats: list[float] = field(default_factory=list)
    _means: dict[tuple[str, str, str], list[float]] = field(default_factory=dict)
    _worst_ess: list[float] = field(default_factory=list)

    def add(self, result: CoupleResult) -> None:
        """Count one couple."""
        self.answered_days.append(min(result.answered_days))
        costs: set[Cost] = set()
        for answer in result.answers:
            self.rows[answer.quantity] += 1
            self.said[answer.quantity] += answer.said
            name = (answer.quantity, answer.effect, answer.cause)
            self._means.setdefault(name, []).append(answer.mean)
            if answer.quantity == "cost" and answer.said:
                costs.add(_COST_OF[answer.effect, answer.cause][0])
        self.costs_said.update(costs)
        if result.diagnostics.charts_only:
            self.flags[result.diagnostics.charts_only] += 1
        self._worst_ess.append(result.diagnostics.ess_worst)
        agreement = result.extras.agreement
        if agreement is not None:
            self.agreeing.append(agreement.agree)
            self._rhats.append(float(agreement.rhat.max()))

    @property
    def couples(self) -> int:
        """Number of couples."""
        return len(self.answered_days)

    def mean(self, quantity: str, effect: str, cause: str = "") -> tuple[float, float]:
        """Return mean and sd over couples of one answer's posterior mean."""
        values = np.array(self._means[quantity, effect, cause])
        return float(values.mean()), float(values.std(ddof=1)) if len(values) > 1 else 0.0

    def days(self) -> tuple[int, int, int]:
        """Return smallest, median and largest number of answered days."""
        ordered = sorted(self.answered_days)
        return ordered[0], ordered[len(ordered) // 2], ordered[-1]

    @property
    def worst_ess(self) -> float:
        """Effective draws of the worst coupling of the worst couple."""
        return min(self._worst_ess)

    @property
    def worst_rhat(self) -> float:
        """Largest R-hat of any number of any couple; NaN without several chains."""
        return max(self._rhats, default=float("nan"))

    def as_numbers(self) -> dict[str, Any]:
        """Return the summary as plain numbers and texts, fit for JSON."""
        low, middle, high = self.days()
        return {
            "couples": self.couples,
            "answered_days": {"smallest": low, "median": middle, "largest": high},
            "answers": {
                quantity: {"rows": self.rows[quantity], "said": self.said[quantity]}
                for quantity in QUANTITIES
            },
            "levels": {
                state: dict(
                    zip(("mean", "sd_between_couples"), self.mean("level", state), strict=True)
                )
                for state in STATE_NAMES
            },
            "couples_with_cost_said": {cost.value: self.costs_said[cost] for cost in Cost},
            "couples_flagged": dict(sorted(self.flags.items())),
            "worst_effective_draws": round(self.worst_ess, 1),
            **(
                {
                    "chains": {
                        "couples_that_agree": sum(self.agreeing),
                        "worst_rhat": round(self.worst_rhat, 4),
                    }
                }
                if self.agreeing
                else {}
            ),
        }
