"""What breaks when diaries break the model, and what the program says then."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.robustness_diaries import Damage, draw_damaged
from counterpoint.domain.dyad import Member
from counterpoint.engine import (
    Answer,
    DyadDiary,
    DyadFit,
    DyadParameters,
    fit_dyads,
    own_mood_slope,
    set_mood_apart,
    shipped_prior,
)
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

ERRORS_ALLOWED = 3.0
"""So many Monte Carlo errors on the wrong side of a demand, and it is missed."""

FEW_SHOWN = 30
"""With fewer couples shown their coverage is not judged."""

KINDS = ("level", "same_day", "coupling")


class Verdict(StrEnum):
    """What a figure says about a demand."""

    MET = "yes"
    OPEN = "too few to tell"
    MISSED = "NO"

    @classmethod
    def of(cls, surplus: float, error: float) -> Verdict:
        """Judge by how much a figure lies on the right side, and its Monte Carlo error."""
        if surplus >= 0.0:
            return cls.MET
        return cls.MISSED if surplus < -ERRORS_ALLOWED * error else cls.OPEN

    @classmethod
    def worst(cls, verdicts: Iterable[Verdict]) -> Verdict:
        """Return the worst; `MET` where there is none."""
        return max(verdicts, key=list(cls).index, default=cls.MET)


@dataclass(frozen=True)
class Found:
    """How one kind of quantity is found among couples of whom something may be said.

    Parameters
    ----------
    r, rmse, bias
        Of the posterior mean against the truth; levels in points.
    coverage, error
        Share of truths in the 90 % interval, and its Monte Carlo error over couples.
    """

    r: float
    rmse: float
    bias: float
    coverage: float
    error: float


@dataclass(frozen=True)
class Robustness:
    """Figures of one damage.

    Parameters
    ----------
    damage, what, caught
        Its name, what is done, and the flag that must turn inference off.
    is_honest
        Whether people tell what they feel, so that no flag may be raised.
    told_twice
        Whether the day apart is told, and the link within a person shown with and without it.
    couples
        Couples fitted: the first that no flag was raised about.
    flagged_of
        Couples whose flags were counted.
    flagged
        Share of those flagged, by flag.
    misfit
        Share of fits that say that the model does not fit these days.
    noted
        Share of shown couples with a note beside a place: at an end of the scale, or moved.
    shown
        Share of all couples of which something may be said.
    shown_count
        Couples fitted and shown, on whom all that follows rests.
    found
        By kind; ``level``, ``same_day`` (all six), ``coupling``; and ``within``, the same-day link
        of nearness and self within one person. ``None`` when fewer than two couples are shown.
    directions, costs
        Of same-day directions and of costs said: how many, and the share wrong.
    """

    damage: str
    what: str
    caught: str
    is_honest: bool
    told_twice: bool
    couples: int
    flagged_of: int
    flagged: dict[str, float]
    misfit: float
    noted: float
    shown: float
    shown_count: int
    found: dict[str, Found] | None
    directions: tuple[int, float]
    costs: tuple[int, float]

    @property
    def verdict(self) -> Verdict:
        """Whether the demand on this damage is met."""
        if self.caught:
            return self._against(self.flagged[self.caught] - CAUGHT, CAUGHT)
        verdicts = []
        if self.is_honest:
            surplus = CAUGHT_HONEST - max(self.flagged.values())
            verdicts.append(self._against(surplus, CAUGHT_HONEST))
        if self.found is None or self.shown_count < FEW_SHOWN:
            verdicts.append(Verdict.OPEN if self.shown else Verdict.MET)
        else:
            verdicts += [
                Verdict.of(self.found[kind].coverage - COVERED, self.found[kind].error)
                for kind in (*KINDS, "within")
            ]
        return Verdict.worst(verdicts)

    def _against(self, surplus: float, share: float) -> Verdict:
        return Verdict.of(surplus, math.sqrt(share * (1.0 - share) / self.flagged_of))

    @property
    def kept(self) -> bool:
        """Whether the demand on this damage is met beyond doubt."""
        return self.verdict is Verdict.MET

    def as_numbers(self) -> dict[str, Any]:
        """Return the figures as plain numbers, fit for JSON."""
        return {**asdict(self), "verdict": self.verdict.value, "kept": self.kept}


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
        How many are fitted, as far as there are so many without a flag.
    flag_couples
        How many are looked at for flags, which takes no fit; at least ``couples``.
    days, seed, backend
        Calendar days; seed of simulation and fits; as in the engine's fit.
    advance
        Told the number of couples done.
    """
    rng = np.random.default_rng([seed, *damage.name.encode()])
    drawn = draw_damaged(damage, max(couples, flag_couples), days, rng=rng)
    flags = {
        "parked": np.array([_any(is_parked, diary) for diary in drawn.diaries]),
        "one_writer": np.array([has_one_writer(diary) for diary in drawn.diaries]),
        "careless": np.array([_any(is_careless, diary) for diary in drawn.diaries]),
    }
    flagged = np.any(list(flags.values()), axis=0)
    chosen = np.flatnonzero(~flagged)[:couples]
    advance(couples - len(chosen))
    told = [drawn.truths[i] for i in chosen]
    plain = fit_dyads(
        [drawn.diaries[i] for i in chosen], prior=shipped_prior(3), seed=seed, backend=backend
    )
    apart: Iterable[DyadFit | None] = [None] * len(chosen)
    if drawn.days_apart is not None:
        apart = fit_dyads(
            [_day_set_apart(drawn.diaries[i], drawn.days_apart[i]) for i in chosen],
            prior=shipped_prior(3),
            seed=seed,
            backend=backend,
        )
    shown: list[Shown] = []
    misfits = noted = 0
    for fit, other, truth in zip(plain, apart, told, strict=True):
        if fit.diagnostics.charts_only:
            misfits += 1
        else:
            shown.append(_shown(fit, other, truth))
            noted += bool(fit.notes_of(range(4)))
        advance(1)
    misfit = misfits / len(chosen) if len(chosen) else math.nan
    return Robustness(
        damage=damage.name,
        what=damage.what,
        caught=damage.caught,
        is_honest=damage.answer is None,
        told_twice=damage.tells_day,
        couples=len(chosen),
        flagged_of=len(drawn.diaries),
        flagged={name: float(found.mean()) for name, found in flags.items()},
        misfit=misfit,
        noted=noted / len(shown) if shown else math.nan,
        shown=float(1.0 - flagged.mean()) * (1.0 - misfit) if len(chosen) else 0.0,
        shown_count=len(shown),
        found=_found(np.stack([one.figures for one in shown])) if len(shown) > 1 else None,
        directions=_wrong([one.right[:6] for one in shown]),
        costs=_wrong([one.right[6:] for one in shown]),
    )


def _any(flag: Callable[[DyadDiary, Member], bool], diary: DyadDiary) -> bool:
    return any(flag(diary, member) for member in Member)


def _day_set_apart(diary: DyadDiary, apart: NDArray[np.float64]) -> DyadDiary:
    """Return the diary without what each member's day apart explains; ends then move by day."""
    items = diary.items.copy()
    for k in (0, 1):
        rows = slice(2 * k, 2 * k + 2)
        slope = own_mood_slope(items[:, rows], apart[:, k])
        items[:, rows] = set_mood_apart(items[:, rows], apart[:, k], slope=slope)
    return replace(diary, items=items, ends=None)


@dataclass(frozen=True)
class Shown:
    """What is shown of one couple.

    Parameters
    ----------
    figures
        Truth, mean, q05 and q95 of 26 answers, shape (4, 26).
    right
        Whether each of six same-day directions and eight costs is right; ``NaN``: not said.
    """

    figures: NDArray[np.float64]
    right: NDArray[np.float64]


_BLOCKS = {"level": (0, 4), "same_day": (4, 10), "coupling": (10, 26)}


_WITHIN = (4, 9)
"""The same-day link of nearness and self of a, and of b, among the 26."""


def _shown(fit: DyadFit, apart: DyadFit | None, truth: DyadParameters) -> Shown:
    """Return what is shown, the day gate off.

    Where the day apart is told, the link within a person is shown twice, plain and with the day
    set apart: the interval is that from the lowest to the highest end of both, and its direction
    is said where both say the same.
    """
    known = quantities_of_truth(truth)
    answers = _answers(fit)
    values = np.concatenate([known.level[0], known.same_day[0], known.coupling[0], known.cost[0]])
    others = answers if apart is None else _answers(apart)
    said = []
    for at, (answer, value) in enumerate(zip(answers, values, strict=True)):
        if answer.quantity == "same_day" and answer.prob is not None:
            right = (answer.prob > 0.5) == (value > 0)
        elif answer.quantity == "cost":
            right = value > COST_THRESHOLD
        else:
            continue
        is_said = answer.said
        if at in _WITHIN:
            other = others[at]
            is_said &= other.said and (other.mean > 0) == (answer.mean > 0)
        said.append(float(right) if is_said else math.nan)
    figures = np.array(
        [
            (value, answer.mean, answer.q05, answer.q95)
            for value, answer in zip(values[:26], answers[:26], strict=True)
        ]
    ).T
    for at in _WITHIN:
        both = (answers[at], others[at])
        figures[1:, at] = (
            np.mean([one.mean for one in both]),
            min(one.q05 for one in both),
            max(one.q95 for one in both),
        )
    return Shown(figures, np.array(said))


def _answers(fit: DyadFit) -> list[Answer]:
    return [answer for answer in fit.answers(day_gate=False) if answer.quantity != "share"]


def _found(figures: NDArray[np.float64]) -> dict[str, Found]:
    """Score figures of shape (couples, 4, 26)."""
    columns = {kind: list(range(*ends)) for kind, ends in _BLOCKS.items()}
    columns["within"] = list(_WITHIN)
    found = {}
    for kind, block in columns.items():
        truth, mean, low, high = (figures[:, k][:, block] for k in range(4))
        pairs = [np.corrcoef(mean[:, i], truth[:, i])[0, 1] for i in range(len(block))]
        inside = ((low <= truth) & (truth <= high)).mean(axis=1)
        found[kind] = Found(
            r=float(np.mean(pairs)),
            rmse=float(np.sqrt(np.mean((mean - truth) ** 2))),
            bias=float(np.mean(mean - truth)),
            coverage=float(inside.mean()),
            error=float(inside.std(ddof=1) / math.sqrt(len(inside))),
        )
    return found


def _wrong(said: Sequence[NDArray[np.float64]]) -> tuple[int, float]:
    if not said:
        return 0, math.nan
    right = np.concatenate(said)
    right = right[~np.isnan(right)]
    return int(right.size), float(1.0 - right.mean()) if right.size else math.nan
