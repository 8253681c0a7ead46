r"""One-step prediction of held-out days: the engine against simpler models.

A couple's rows, sorted by day, are split at floor(.7 n); errors are counted on pairs of days
exactly one day apart whose later day is held out, in units of the standard deviation of the
pooled, within-couple centred training targets. Baselines are ordinary least squares without
intercept on values centred by the couple's training mean; the engine predicts from parameters
learned on the training rows only and the answers up to the day before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.ahead import predict_items
from counterpoint.cohort.table import CoupleDays
from counterpoint.engine import DyadDiary, DyadFit, Prior, fit_dyads
from counterpoint.errors import DataError

TRAIN_SHARE = 0.7
"""Share of a couple's rows that the models learn from."""

MODELS = ("own_mean", "pooled_ar", "pooled_var", "couple_var", "engine")
"""The models compared, in the order of the table."""

POOLED = ("pooled_ar", "pooled_var")
"""Those that take all couples for alike."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class SplitDiary:
    """One couple's complete days, split into what is learned from and what is predicted.

    Parameters
    ----------
    couple
        Name of the couple.
    diary
        The whole diary.
    row
        Shape (rows,): calendar rows on which every state has an answer.
    values
        Shape (rows, 4): mean of the answered items of each state, units u.
    train
        Number of rows learned from.
    """

    couple: str
    diary: DyadDiary
    row: NDArray[np.int64]
    values: Values
    train: int

    @property
    def centred(self) -> Values:
        """Values minus the couple's mean over its training rows."""
        centre: Values = self.values[: self.train].mean(axis=0)
        return self.values - centre

    def pairs(self, *, held_out: bool) -> NDArray[np.int64]:
        """Return the positions of the later day of each pair one day apart."""
        later = np.flatnonzero(np.diff(self.row) == 1) + 1
        return later[later >= self.train] if held_out else later[later < self.train]

    def training_diary(self) -> DyadDiary:
        """Return the diary up to the last training row."""
        stop = int(self.row[self.train - 1]) + 1
        return DyadDiary(items=self.diary.items[:stop], dyad_id=self.diary.dyad_id)


@dataclass(frozen=True)
class PredictionScores:
    """One-step errors of every model on the same held-out pairs.

    Parameters
    ----------
    errors
        Model to mean squared error over the four states, in within-couple variance units.
    couples
        Couples that gave at least one held-out pair.
    couples_read
        Couples in the file.
    pairs
        Held-out pairs.
    per_couple
        Model to shape (couples,): the same error couple by couple.
    """

    errors: dict[str, float]
    couples: int
    couples_read: int
    pairs: int
    per_couple: dict[str, Values]


def better_pooled(errors: Mapping[str, float]) -> str:
    """Return which model of all couples alike predicts better.

    Parameters
    ----------
    errors
        Model to squared error.
    """
    return min(POOLED, key=lambda model: errors[model])


def judge_prediction(errors: Mapping[str, float]) -> dict[str, bool]:
    """Return every demand on the engine and whether it is met.

    Parameters
    ----------
    errors
        Model to squared error.
    """
    engine = errors["engine"]
    return {
        "at_most_better_pooled": engine <= errors[better_pooled(errors)],
        "below_own_mean": engine < errors["own_mean"],
        "below_couple_var": engine < errors["couple_var"],
    }


def split_diary(couple: CoupleDays) -> SplitDiary | None:
    """Split one couple's complete days at floor(.7 n); ``None`` when a part would be empty."""
    items = couple.diary.items
    answered = ~np.isnan(items)
    row = np.flatnonzero(np.all(np.any(answered, axis=2), axis=1))
    train = int(np.floor(TRAIN_SHARE * len(row)))
    if train < 2 or train == len(row):
        return None
    counts = answered[row].sum(axis=2)
    values = np.where(answered[row], items[row], 0.0).sum(axis=2) / counts
    return SplitDiary(couple.couple, couple.diary, row, values, train)


def score_prediction(
    couples: Iterable[CoupleDays],
    *,
    prior: Prior,
    seed: int = 0,
    backend: str = "auto",
    sweeps: int = 1000,
    advance: Callable[[int], None] = lambda _: None,
) -> PredictionScores:
    """Compare the engine with four baselines on held-out days.

    Parameters
    ----------
    couples
        Diaries of a cohort.
    prior
        Population the engine starts from.
    seed, backend, sweeps
        As in the engine's fit.
    advance
        Told the number of couples done.

    Raises
    ------
    DataError
        No couple has two consecutive days to learn from and two to predict.

    Notes
    -----
    A per-couple regression with fewer training pairs than coefficients takes the smallest
    solution; that is a baseline's own weakness and is left to it.
    """
    read = list(couples)
    splits = [split for split in map(split_diary, read) if split is not None]
    splits = [split for split in splits if len(split.pairs(held_out=True))]
    before, target = _stack(splits, held_out=False)
    if len(target) < 2:
        raise DataError(
            "no couple has enough consecutive days on which both members answered everything"
        )
    scale = target.std(axis=0, ddof=1)
    if np.any(scale == 0):
        raise DataError("the answers of one state never change; there is nothing to predict")
    test_before, test_target = _stack(splits, held_out=True)
    own_slope = (before * target).sum(axis=0) / (before**2).sum(axis=0)
    pooled = np.linalg.lstsq(before, target, rcond=None)[0]
    misses = {
        "own_mean": test_target,
        "pooled_ar": test_target - test_before * own_slope,
        "pooled_var": test_target - test_before @ pooled,
        "couple_var": np.vstack([_couple_var_misses(split) for split in splits]),
        "engine": _engine_misses(
            splits, prior=prior, seed=seed, backend=backend, sweeps=sweeps, advance=advance
        ),
    }
    owner = np.repeat(np.arange(len(splits)), [len(split.pairs(held_out=True)) for split in splits])
    squares = {model: ((misses[model] / scale) ** 2).mean(axis=1) for model in MODELS}
    counts = np.bincount(owner)
    return PredictionScores(
        errors={model: float(squares[model].mean()) for model in MODELS},
        couples=len(splits),
        couples_read=len(read),
        pairs=len(test_target),
        per_couple={model: np.bincount(owner, weights=squares[model]) / counts for model in MODELS},
    )


def _stack(splits: Sequence[SplitDiary], *, held_out: bool) -> tuple[Values, Values]:
    before = [split.centred[split.pairs(held_out=held_out) - 1] for split in splits]
    target = [split.centred[split.pairs(held_out=held_out)] for split in splits]
    return np.vstack([np.empty((0, 4)), *before]), np.vstack([np.empty((0, 4)), *target])


def _couple_var_misses(split: SplitDiary) -> Values:
    centred = split.centred
    learned, tested = split.pairs(held_out=False), split.pairs(held_out=True)
    slope: Values = np.zeros((4, 4))
    if len(learned):
        slope = np.asarray(
            np.linalg.lstsq(centred[learned - 1], centred[learned], rcond=None)[0], dtype=np.float64
        )
    misses: Values = centred[tested] - centred[tested - 1] @ slope
    return misses


def _engine_misses(
    splits: Sequence[SplitDiary],
    *,
    prior: Prior,
    seed: int,
    backend: str,
    sweeps: int,
    advance: Callable[[int], None],
) -> Values:
    fits = fit_dyads(
        (split.training_diary() for split in splits),
        prior=prior,
        seed=seed,
        backend=backend,
        sweeps=sweeps,
    )
    misses: list[Values] = []
    for split, fit in zip(splits, fits, strict=True):
        misses.append(_misses_of(split, fit, prior))
        advance(1)
    return np.vstack(misses)


def _misses_of(split: SplitDiary, fit: DyadFit, prior: Prior) -> Values:
    """Return observed minus predicted value of every held-out pair, shape (pairs, 4)."""
    tested = split.row[split.pairs(held_out=True)]
    learned_days = split.training_diary().days
    expected = predict_items(fit, split.diary, prior, learned_days=learned_days)[tested]
    misses: Values = np.nanmean(split.diary.items[tested] - expected, axis=2)
    return misses
