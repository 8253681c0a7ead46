"""How well known truths are found again: the scoring of simulated fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from counterpoint.engine.answers import Answer
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.quantities import (
    COST_THRESHOLD,
    COSTS,
    COUPLING_PAIRS,
    SAME_DAY_PAIRS,
    Quantities,
    quantities_of_truth,
)
from counterpoint.engine.states import STATE_NAMES, Array
from counterpoint.errors import DataError


@dataclass(frozen=True)
class RecoveryRow:
    """How one quantity was recovered, both members pooled.

    Parameters
    ----------
    quantity, name
        Which; p is a member and q the partner, as in ``self_p<-self_q``.
    n
        Cells: dyads times members.
    r, rmse, bias
        Correlation of posterior mean and truth; error and mean error of the posterior mean.
    coverage
        Share of truths inside the 5 to 95 % interval.
    said
        Share of cells said.
    right
        Of those said, the share that is right; ``None`` when none was said. same_day: the
        direction; cost: the true cost exceeds .075.
    above_zero
        cost only: of those said, the share whose true cost exceeds 0.
    named
        cost only: of the true costs above .075, the share said; ``None`` when there are none.
    """

    quantity: str
    name: str
    n: int
    r: float
    rmse: float
    bias: float
    coverage: float
    said: float
    right: float | None
    above_zero: float | None = None
    named: float | None = None


@dataclass(frozen=True)
class Recovery:
    """Recovery of all quantities in one simulation.

    Parameters
    ----------
    rows
        One per quantity.
    couples
        Dyads scored.
    charts_only
        Share of fits that refused to infer anything (see `Diagnostics.charts_only`).
    day_gate
        Whether the count of days was asked for.
    """

    rows: tuple[RecoveryRow, ...]
    couples: int
    charts_only: float
    day_gate: bool

    def of(self, quantity: str) -> tuple[RecoveryRow, ...]:
        """Rows of one kind of quantity."""
        return tuple(row for row in self.rows if row.quantity == quantity)

    def mean(self, quantity: str, figure: str) -> float:
        """Mean of a figure over the rows of a kind that have it; NaN when none has."""
        values = [getattr(row, figure) for row in self.of(quantity)]
        known = [value for value in values if value is not None]
        return float(np.mean(known)) if known else float("nan")

    def right_overall(self, quantity: str) -> float:
        """Share right of everything of a kind that was said; NaN when nothing was."""
        said = [(row.said * row.n, row.right) for row in self.of(quantity) if row.right is not None]
        weight = sum(count for count, _ in said)
        if weight == 0:
            return float("nan")
        return sum(count * right for count, right in said) / weight


@dataclass(frozen=True, eq=False)
class _Scores:
    """Per dyad and answer: shape (dyads, answers)."""

    truth: Array
    mean: Array
    q05: Array
    q95: Array
    prob: Array
    said: Array


def score_recovery(
    fits: Iterable[DyadFit], truths: Iterable[DyadParameters]
) -> tuple[Recovery, Recovery]:
    """Score fits of simulated dyads against their truths, with the day gate off and on.

    Parameters
    ----------
    fits
        Fits in the order of the truths; taken one by one and not kept.
    truths
        What the diaries were simulated from.

    Returns
    -------
    tuple of Recovery
        With the day gate off, and on.

    Raises
    ------
    DataError
        If there are not as many fits as truths, or fewer than two.
    """
    open_rows: list[Array] = []
    gated_said: list[list[bool]] = []
    known: list[Array] = []
    refused = 0
    layout: tuple[Answer, ...] = ()
    for fit, truth in zip_longest(fits, truths):
        if fit is None or truth is None:
            raise DataError("recovery needs as many fits as truths.")
        free = fit.answers(day_gate=False)
        gated_said.append([answer.said for answer in fit.answers()])
        refused += bool(fit.diagnostics.charts_only)
        open_rows.append(np.array([_numbers(answer) for answer in free]))
        known.append(_truth_of(quantities_of_truth(truth)))
        layout = free
    if len(known) < 2:
        raise DataError("recovery needs at least two dyads.")
    table = np.stack(open_rows)
    scores = _Scores(
        truth=np.stack(known),
        mean=table[:, :, 0],
        q05=table[:, :, 1],
        q95=table[:, :, 2],
        prob=table[:, :, 3],
        said=table[:, :, 4],
    )
    groups = _groups(layout)
    share = refused / len(known)
    gated = np.array(gated_said, dtype=np.float64)
    return (
        Recovery(_rows(groups, scores, scores.said), len(known), share, day_gate=False),
        Recovery(_rows(groups, scores, gated), len(known), share, day_gate=True),
    )


def _numbers(answer: Answer) -> tuple[float, ...]:
    prob = np.nan if answer.prob is None else answer.prob
    return answer.mean, answer.q05, answer.q95, prob, float(answer.said)


def _truth_of(truth: Quantities) -> Array:
    """Line true values up in the order of the answers."""
    return np.concatenate(
        [truth.level[0], truth.same_day[0], truth.coupling[0], truth.cost[0], truth.alone_share]
    )


def _groups(layout: tuple[Answer, ...]) -> dict[tuple[str, str], list[int]]:
    """Columns that are the same quantity of one member or the other."""
    groups: dict[tuple[str, str], list[int]] = {}
    for column, answer in enumerate(layout):
        groups.setdefault((answer.quantity, _name_of(answer, column)), []).append(column)
    return groups


def _name_of(answer: Answer, column: int) -> str:
    if answer.quantity == "level":
        return answer.effect[:-2]
    if answer.quantity == "share":
        return "alone_together"
    if answer.quantity == "cost":
        first = len(STATE_NAMES) + len(SAME_DAY_PAIRS) + len(COUPLING_PAIRS)
        return COSTS[column - first][0].value
    same = answer.effect[-1] == answer.cause[-1]
    if answer.quantity == "coupling":
        return f"{answer.effect[:-2]}_p<-{answer.cause[:-2]}_{'p' if same else 'q'}"
    ends = sorted([answer.effect[:-2], answer.cause[:-2]])
    return f"{ends[0]}_p~{ends[1]}_{'p' if same else 'q'}"


def _rows(
    groups: dict[tuple[str, str], list[int]], scores: _Scores, said: Array
) -> tuple[RecoveryRow, ...]:
    rows = []
    for (quantity, name), columns in groups.items():
        truth = scores.truth[:, columns].ravel()
        mean = scores.mean[:, columns].ravel()
        inside = (scores.q05[:, columns].ravel() <= truth) & (
            truth <= scores.q95[:, columns].ravel()
        )
        told = said[:, columns].ravel() > 0
        right: float | None = None
        above_zero: float | None = None
        named: float | None = None
        if quantity == "same_day" and told.any():
            up = scores.prob[:, columns].ravel() > 0.5
            right = float(np.mean((truth > 0)[told] == up[told]))
        if quantity == "cost":
            costly = truth > COST_THRESHOLD
            if told.any():
                right = float(np.mean(costly[told]))
                above_zero = float(np.mean((truth > 0)[told]))
            if costly.any():
                named = float(np.mean(told[costly]))
        rows.append(
            RecoveryRow(
                quantity=quantity,
                name=name,
                n=int(truth.size),
                r=float(np.corrcoef(mean, truth)[0, 1]),
                rmse=float(np.sqrt(np.mean((mean - truth) ** 2))),
                bias=float(np.mean(mean - truth)),
                coverage=float(np.mean(inside)),
                said=float(np.mean(told)),
                right=right,
                above_zero=above_zero,
                named=named,
            )
        )
    return tuple(rows)
