"""Pseudo-couples: how much two people who are not a couple would seem to move each other.

Partners are re-paired at random, each keeping their own days in order. Whatever links the diaries
of such a pair (weekends, a season, the end of the study, chance) is the null for every quantity
between partners.

References
----------
Kenny, Kashy and Cook (2006), Dyadic Data Analysis, chapter 12 (pseudo-couple analysis).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.null_answers import ANSWER_QUANTITIES, answer_quantities
from counterpoint.cohort.table import CoupleDays
from counterpoint.engine import DyadDiary, Prior, fit_dyads
from counterpoint.engine.states import STATE_NAMES
from counterpoint.errors import DataError

SMALLEST_COHORT = 5
"""With fewer couples there are hardly any pairs to draw from."""

SWEEPS, DROPPED = 500, 100
"""A shorter chain than a fit's: only posterior means are compared, of both kinds of pairs alike."""

Values = NDArray[np.float64]

_BETWEEN = tuple((i, j) for i in (0, 1) for j in (2, 3))
_ACROSS = tuple((i, j) for i in range(4) for j in range(4) if (i < 2) != (j < 2))
ENGINE_QUANTITIES: tuple[tuple[str, str, str], ...] = (
    *(("same_day", STATE_NAMES[i], STATE_NAMES[j]) for i, j in _BETWEEN),
    *(("coupling", STATE_NAMES[i], STATE_NAMES[j]) for i, j in _ACROSS),
    ("share", STATE_NAMES[0], STATE_NAMES[2]),
)
"""What the engine says between partners: quantity, effect and cause as in ``couples.csv``. The
costs of contagion and pull away are couplings, one of them turned, and have the same null."""


@dataclass(frozen=True)
class NullRow:
    """One quantity of real couples against pairs that are none.

    Parameters
    ----------
    source
        ``answers``: computed from the answers alone; ``engine``: the engine's posterior mean.
    quantity, effect, cause
        Which, as in ``couples.csv``.
    couples
        Real couples that have it.
    mean, null_mean
        Mean over real couples, and over pseudo-couples.
    low, high
        Between which 95 % of pseudo-couples lie.
    beyond
        Share of real couples outside; .05 if they were no couples.
    p_value
        Two-sided: share of re-pairings whose mean is as far from that of all re-pairings as the
        mean of the real couples, the real one counted in.
    """

    source: str
    quantity: str
    effect: str
    cause: str
    couples: int
    mean: float
    null_mean: float
    low: float
    high: float
    beyond: float
    p_value: float

    def as_numbers(self) -> dict[str, Any]:
        """Return the row as plain numbers and texts, fit for JSON."""
        return asdict(self)


def check_null(
    couples: Iterable[CoupleDays],
    *,
    prior: Prior,
    repairings: int = 199,
    engine_repairings: int = 39,
    seed: int = 0,
    backend: str = "auto",
    advance: Callable[[int], None] = lambda _: None,
) -> tuple[NullRow, ...]:
    """Hold every quantity between partners against partners re-paired at random.

    Parameters
    ----------
    couples
        Diaries of a cohort.
    prior
        Population the engine starts from.
    repairings, engine_repairings
        How often all partners are re-paired: for what is computed from answers alone, and for
        what the engine fits, which takes a fit per pair.
    seed, backend
        As in the engine's fit.
    advance
        Told the number of fits done.

    Returns
    -------
    tuple of NullRow
        Quantities from answers alone, then those of the engine.

    Raises
    ------
    DataError
        If there are fewer than five couples, or a re-pairing less than once.
    """
    diaries = [couple.diary for couple in couples]
    if len(diaries) < SMALLEST_COHORT:
        raise DataError(f"re-pairing partners needs {SMALLEST_COHORT} couples or more")
    if repairings < 1 or engine_repairings < 1:
        raise DataError("partners must be re-paired at least once")
    rng = np.random.default_rng(seed)
    orders = [derangement(len(diaries), rng) for _ in range(max(repairings, engine_repairings))]
    rows = _rows(
        "answers",
        ANSWER_QUANTITIES,
        answer_quantities(diaries),
        [answer_quantities(repair(diaries, order)) for order in orders[:repairings]],
    )

    def fitted(pairs: Sequence[DyadDiary]) -> Values:
        return _engine_quantities(pairs, prior=prior, seed=seed, backend=backend, advance=advance)

    rows += _rows(
        "engine",
        ENGINE_QUANTITIES,
        fitted(diaries),
        [fitted(repair(diaries, order)) for order in orders[:engine_repairings]],
    )
    return tuple(rows)


def derangement(n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw an order of n things, 2 or more, in which none keeps its place; all alike likely."""
    if n < 2:
        raise DataError("one couple cannot be re-paired")
    while True:
        order = rng.permutation(n)
        if not np.any(order == np.arange(n)):
            return order


def repair(diaries: Sequence[DyadDiary], order: NDArray[np.int64]) -> list[DyadDiary]:
    """Give each member a the member b of another couple.

    Parameters
    ----------
    diaries
        Real couples.
    order
        Shape (couples,): whose b each a gets.

    Returns
    -------
    list of DyadDiary
        Days are paired from the first on; events and time together are left out, since they are
        a couple's own. What one diary has beyond the other's end is missing in the other.
    """
    pairs = []
    for first, other in zip(diaries, order, strict=True):
        second = diaries[other]
        items = np.full(first.items.shape, np.nan)
        items[:, :2] = first.items[:, :2]
        both = min(first.days, second.days)
        items[:both, 2:] = second.items[:both, 2:]
        pairs.append(DyadDiary(items=items, dyad_id=f"{first.dyad_id} with {second.dyad_id}"))
    return pairs


def _engine_quantities(
    pairs: Sequence[DyadDiary],
    *,
    prior: Prior,
    seed: int,
    backend: str,
    advance: Callable[[int], None],
) -> Values:
    """Return posterior means, shape (couples, quantities)."""
    fits = fit_dyads(
        (DyadDiary(items=pair.items, dyad_id=pair.dyad_id) for pair in pairs),
        prior=prior,
        seed=seed,
        backend=backend,
        sweeps=SWEEPS,
        dropped=DROPPED,
        until_mixed=False,
    )
    values = []
    for fit in fits:
        means = {
            (answer.quantity, answer.effect, answer.cause): answer.mean for answer in fit.answers()
        }
        values.append([means[name] for name in ENGINE_QUANTITIES])
        advance(1)
    return np.array(values)


def _rows(
    source: str,
    names: Sequence[tuple[str, str, str]],
    real: Values,
    pseudo: Sequence[Values],
) -> list[NullRow]:
    null = np.stack(pseudo)
    rows = []
    for column, (quantity, effect, cause) in enumerate(names):
        found = real[:, column]
        found = found[~np.isnan(found)]
        drawn = null[:, :, column]
        all_drawn = drawn[~np.isnan(drawn)]
        if not found.size or not all_drawn.size:
            continue
        usable = drawn[~np.all(np.isnan(drawn), axis=1)]  # of re-pairings in which any pair has it
        means = np.nanmean(usable, axis=1)
        middle = float(means.mean())
        low, high = np.quantile(all_drawn, (0.025, 0.975))
        as_far = np.abs(means - middle) >= abs(found.mean() - middle)
        rows.append(
            NullRow(
                source=source,
                quantity=quantity,
                effect=effect,
                cause=cause,
                couples=int(found.size),
                mean=float(found.mean()),
                null_mean=middle,
                low=float(low),
                high=float(high),
                beyond=float(np.mean((found < low) | (found > high))),
                p_value=float((1 + as_far.sum()) / (1 + len(means))),
            )
        )
    return rows
