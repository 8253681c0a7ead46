"""When something may be said: days, probabilities, and reasons to keep silent (MODEL section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from counterpoint.domain.gates import (
    CONFLICTS_NEEDED,
    DAYS_CLOSER,
    DAYS_COUPLING,
    DAYS_LEVEL,
    DAYS_MOVES,
    DAYS_NEAR_WISH,
    DAYS_SAME_DAY,
    SURE_BAND,
    SURE_COST,
    SURE_DIRECTION,
    SURE_HELPS,
    SURE_MOVES,
    SURE_WISH,
)
from counterpoint.engine.fit import DyadFit

__all__ = [
    "CONFLICTS_NEEDED",
    "DAYS_CLOSER",
    "DAYS_COUPLING",
    "DAYS_LEVEL",
    "DAYS_MOVES",
    "DAYS_NEAR_WISH",
    "DAYS_SAME_DAY",
    "SURE_BAND",
    "SURE_COST",
    "SURE_DIRECTION",
    "SURE_HELPS",
    "SURE_MOVES",
    "SURE_WISH",
    "Reason",
    "refusal",
]


class Reason(StrEnum):
    """Why an answer is not said."""

    TOO_FEW_DAYS = "too_few_days"
    TOO_FEW_CONFLICTS = "too_few_conflicts"
    NOT_SURE = "not_sure"
    NEVER_OBSERVED = "never_observed"
    INTERVAL_ONLY = "interval_only"
    PROVISIONAL = "provisional"
    PARKED = "parked"
    ONE_WRITER = "one_writer"
    CARELESS = "careless"
    MISFIT = "misfit"


def refusal(fit: DyadFit, states: Iterable[int], *, sentence: bool) -> str:
    """Return why a fit may say nothing about some states, whatever the number of days.

    Parameters
    ----------
    fit
        A fit.
    states
        Positions of the states an answer is about.
    sentence
        Whether it would be a sentence; a place may be shown from a provisional fit.

    Returns
    -------
    str
        A `Reason`, or ``""``.
    """
    if not all(fit.observed[row // 2] for row in states):
        return Reason.NEVER_OBSERVED
    if fit.diagnostics.charts_only:
        return Reason(fit.diagnostics.charts_only)
    return Reason.PROVISIONAL if fit.provisional and sentence else ""
