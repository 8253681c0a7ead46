r"""The stability-influence model: one's own carry-over and the partner's, day by day.

    y_t = stability * own y_(t-1) + influence * partner's y_(t-1) + error

over all pairs of days exactly one day apart [1]_. Each person's days are centred on their own
mean, so that differences between persons do not pass for carry-over; this pulls the carry-over
towards nought and below by about (1 + carry-over) / days [2]_. The errors of the two members on
one day are correlated; what the model leaves out makes days of one couple depend on each other,
which the standard errors over couples allow for.

References
----------
.. [1] Kenny, D. A., Kashy, D. A., and Cook, W. L. (2006). *Dyadic Data Analysis*, chapter 13.
   Guilford.
.. [2] Nickell, S. (1981). Biases in dynamic models with fixed effects. *Econometrica* 49,
   1417-1426.
"""

from __future__ import annotations

from collections.abc import Sequence

from counterpoint.cohort.apim.model import ApimModel
from counterpoint.cohort.apim.rows import DyadRows, day_before


def stability_influence(
    rows: DyadRows, outcome: str, predictors: Sequence[str] = (), *, by_role: bool = False
) -> tuple[DyadRows, ApimModel]:
    """Return rows and model of the stability-influence model.

    Parameters
    ----------
    rows
        Days of both members.
    outcome
        The variable that is told, and whose day before tells it.
    predictors
        Further variables whose day before tells it, own and partner's.
    by_role
        Whether each role has its own effects and spread.

    Returns
    -------
    rows, model
        For `counterpoint.cohort.apim.fit_apim`, best with ``errors="dyad"``.

    Raises
    ------
    DataError
        No two days are one day apart.
    """
    names = tuple(dict.fromkeys((outcome, *predictors)))
    pairs = rows.centred(names, "person").paired_with_day_before(outcome, names)
    model = ApimModel(
        outcome=outcome,
        predictors=tuple(day_before(name) for name in names),
        intercepts="none",
        effects_by_role=by_role,
        spread_by_role=by_role,
    )
    return pairs, model
