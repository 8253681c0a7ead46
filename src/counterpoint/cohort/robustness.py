"""What breaks when diaries break the model, and what the program says then."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.robustness_diaries import Damage, draw_damaged
from counterpoint.domain.dyad import Member
from counterpoint.engine import DyadDiary, DyadFit, DyadParameters, fit_dyads, shipped_prior
from counterpoint.engine.careless import is_careless
from counterpoint.engine.diagnostics import has_one_writer
from counterpoint.engine.parked import is_parked
from counterpoint.engine.quantities import COST_THRESHOLD, quantities_of_truth

CAUGHT = 0.95
"""Share of diaries that cannot be read which must be caught."""

CAUGHT_HONEST = 0.01
"""Share of honest diaries that may be caught."""

COVERED = 0.80
"""Coverage of 90 % intervals below which nothing but charts may be shown."""

KINDS = ("level", "same_day", "coupling")


@dataclass(frozen=True)
class Found:
    """How one kind of quantity is found among couples of whom something may be said.

    Parameters
    ----------
    r, rmse, bias
        Of the posterior mean against the truth; levels in points.
    coverage
        Share of truths in the 90 % interval.
    """

    r: float
    rmse: float
    bias: float
    coverage: float


@dataclass(frozen=True)
class Robustness:
    """Figures of one damage.

    Parameters
    ----------
    damage, what, caught
        Its name, what is done, and the flag that must turn inference off.
    couples
        Couples fitted.
    flagged_of
        Couples whose flags were counted.
    flagged
        Share of those flagged, by flag.
    misfit
        Share of fits that say that the model does not fit these days (and are not flagged).
    noted
        Share of shown couples with a note beside a place: at an end of the scale, or moved.
    shown
        Share of fits of which something may be said.
    found
        By kind; ``level``, ``same_day`` (all six), ``coupling``; and ``within``, the same-day link
        of nearness and self within one person. ``None`` when nothing is shown.
    directions, costs
        Of same-day directions and of costs said: how many, and the share wrong.
    """

    damage: str
    what: str
    caught: str
    couples: int
    flagged_of: int
    flagged: dict[str, float]
    misfit: float
    noted: float
    shown: float
    found: dict[str, Found] | None
    directions: tuple[int, float]
    costs: tuple[int, float]

    @property
    def kept(self) -> bool:
        """Whether the demand on this damage is met."""
        if self.caught:
            return self.flagged[self.caught] >= CAUGHT
        if self.damage == "honest" and max(self.flagged.values()) > CAUGHT_HONEST:
            return False
        return self.found is None or all(
            self.found[kind].coverage >= COVERED for kind in (*KINDS, "within")
        )

    def as_numbers(self) -> dict[str, Any]:
        """Return the figures as plain numbers, fit for JSON."""
        return {**asdict(self), "kept": self.kept}


def score_damage(
    damage: Damage,
    *,
    couples: int,
    flag_couples: int,
    days: int = 42,
    seed: int = 0,
    backend: str = "auto",
    advance: Callable[[int], None] = lambda _: None,
) -> Robustness:
    """Simulate couples with one damage, fit them and score what is shown.

    Parameters
    ----------
    damage
        What is wrong with the diaries.
    couples
        How many are fitted.
    flag_couples
        How many are looked at for flags, which takes no fit; at least ``couples``.
    days, seed, backend
        Calendar days; seed of simulation and fits; as in the engine's fit.
    advance
        Told the number of couples done.
    """
    rng = np.random.default_rng([seed, *damage.name.encode()])
    flag_couples = max(couples, flag_couples)
    diaries, truths = draw_damaged(damage, flag_couples, days, rng=rng)
    flags = {
        "parked": float(np.mean([_any(is_parked, diary) for diary in diaries])),
        "one_writer": float(np.mean([has_one_writer(diary) for diary in diaries])),
        "careless": float(np.mean([_any(is_careless, diary) for diary in diaries])),
    }
    fits = fit_dyads(diaries[:couples], prior=shipped_prior(3), seed=seed, backend=backend)
    shown: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    refusals: list[str] = []
    noted = 0
    for fit, truth in zip(fits, truths[:couples], strict=True):
        refusals.append(fit.diagnostics.charts_only)
        if not refusals[-1]:
            shown.append(_figures(fit, truth))
            noted += bool(fit.notes_of(range(4)))
        advance(1)
    figures = np.stack([figure for figure, _ in shown]) if len(shown) > 1 else None
    said = [found for _, found in shown]
    return Robustness(
        damage=damage.name,
        what=damage.what,
        caught=damage.caught,
        couples=couples,
        flagged_of=flag_couples,
        flagged=flags,
        misfit=float(np.mean([refusal == "misfit" for refusal in refusals])),
        noted=noted / len(shown) if shown else math.nan,
        shown=len(shown) / couples,
        found=None if figures is None else _found(figures),
        directions=_wrong([found[:6] for found in said]),
        costs=_wrong([found[6:] for found in said]),
    )


def _any(flag: Callable[[DyadDiary, Member], bool], diary: DyadDiary) -> bool:
    return any(flag(diary, member) for member in Member)


_BLOCKS = {"level": (0, 4), "same_day": (4, 10), "coupling": (10, 26)}


def _figures(
    fit: DyadFit, truth: DyadParameters
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return truth, mean, q05, q95 of 26 answers, and whether each sentence is right (NaN: none).

    Sentences are the six same-day directions and the eight costs, with the day gate off.
    """
    known = quantities_of_truth(truth)
    answers = [answer for answer in fit.answers(day_gate=False) if answer.quantity != "share"]
    values = np.concatenate([known.level[0], known.same_day[0], known.coupling[0], known.cost[0]])
    said = []
    for answer, value in zip(answers, values, strict=True):
        if answer.quantity == "same_day" and answer.prob is not None:
            right = (answer.prob > 0.5) == (value > 0)
        elif answer.quantity == "cost":
            right = value > COST_THRESHOLD
        else:
            continue
        said.append(float(right) if answer.said else math.nan)
    numbers = [
        (value, answer.mean, answer.q05, answer.q95)
        for value, answer in zip(values[:26], answers[:26], strict=True)
    ]
    return np.array(numbers).T, np.array(said)


def _found(figures: NDArray[np.float64]) -> dict[str, Found]:
    """Score figures of shape (couples, 4, 26)."""
    columns = {kind: list(range(*ends)) for kind, ends in _BLOCKS.items()}
    columns["within"] = [4, 9]  # C~S of a, and of b
    found = {}
    for kind, block in columns.items():
        truth, mean, low, high = (figures[:, k][:, block] for k in range(4))
        pairs = [np.corrcoef(mean[:, i], truth[:, i])[0, 1] for i in range(len(block))]
        found[kind] = Found(
            r=float(np.mean(pairs)),
            rmse=float(np.sqrt(np.mean((mean - truth) ** 2))),
            bias=float(np.mean(mean - truth)),
            coverage=float(np.mean((low <= truth) & (truth <= high))),
        )
    return found


def _wrong(said: Sequence[NDArray[np.float64]]) -> tuple[int, float]:
    if not said:
        return 0, math.nan
    right = np.concatenate(said)
    right = right[~np.isnan(right)]
    return int(right.size), float(1.0 - right.mean()) if right.size else math.nan
