"""The lab begun from one's own days: the owner's two own costs, where they may be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from counterpoint.domain.couplings import Cost
from counterpoint.web.accounts.models import User
from counterpoint.web.dynamics import queries, rules
from counterpoint.web.dynamics.lab_dials import TURNED, Dial, Pair
from counterpoint.web.safety import queries as safety_queries

OWN_COSTS: Mapping[Dial, Cost] = {
    Dial.SELF_TO_NEAR: Cost.SELF_COSTS_CLOSENESS,
    Dial.NEAR_TO_SELF: Cost.CLOSENESS_COSTS_SELF,
}
"""What one person's own answers can tell; what crosses to the other they cannot."""
COUPLING_AT_THE_END = 0.45
"""The coupling of a dial at its end, as in ``counterpoint.engine.lab.DIAL``."""


def own_dials(owner: User, today: date) -> Mapping[Dial, int] | None:
    """Return the dials the owner's days can tell, in hundredths.

    Parameters
    ----------
    owner
        Whose days; nobody else's are read.
    today
        Their local day.

    Returns
    -------
    mapping or None
        ``None`` before the gate of couplings opens, and wherever it looks as if it had not (the
        owner's quiet line); empty where it is open and none of them may be said. A dial is the
        posterior mean of its coupling, at most turned to its end.
    """
    shown = queries.shown_fit(owner, today)
    if (
        shown is None
        or shown.result is None
        or shown.provisional
        or shown.days < rules.COUPLINGS_FROM_DAYS
        or safety_queries.is_individual(owner)
    ):
        return None
    found = shown.result.costs
    return {
        dial: _dial_of(cost.sign * found[cost.value].mean)
        for dial, cost in OWN_COSTS.items()
        if cost.value in found and found[cost.value].said
    }


def with_own(pair: Pair, own: Mapping[Dial, int]) -> Pair:
    """Return a pair whose first person's dials are one's own where there are any."""
    mine = tuple(
        own.get(dial, standing) for dial, standing in zip(Dial, pair.dials[0], strict=True)
    )
    return replace(pair, dials=(mine, pair.dials[1]))


def _dial_of(coupling: float) -> int:
    return max(-TURNED, min(TURNED, round(TURNED * coupling / COUPLING_AT_THE_END)))
