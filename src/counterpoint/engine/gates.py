"""When something may be said: days, probabilities, and reasons to keep silent (MODEL section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from counterpoint.engine.fit import DyadFit

DAYS_LEVEL = 6
DAYS_NEAR_WISH = 11
DAYS_CLOSER = 11
DAYS_SAME_DAY = 21
DAYS_COUPLING = 42
DAYS_MOVES = 63
CONFLICTS_NEEDED = 4
SURE_DIRECTION = 0.9
SURE_COST = 0.8
SURE_WISH = 0.8
SURE_BAND = 0.8
SURE_MOVES = 0.8
SURE_HELPS = 0.95


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
