"""What a cohort's fit leaves in a folder: tables, the population, pictures."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TextIO

import numpy as np
from defusedcsv import csv as defused

from counterpoint.cohort.extras import Asked
from counterpoint.cohort.extras_store import EXTRA_FILES, ExtrasStore, open_extras
from counterpoint.cohort.fit import NOTHING_MORE, CoupleResult
from counterpoint.cohort.population import write_population
from counterpoint.cohort.replacing import refuse_occupied, replaced_folder
from counterpoint.engine import Answer, Prior
from counterpoint.engine.states import STATE_NAMES

COUPLE_COLUMNS = (
    "couple",
    "quantity",
    "effect",
    "cause",
    "mean",
    "sd",
    "q05",
    "q50",
    "q95",
    "prob",
    "days",
    "said",
)
"""Columns of ``couples.csv``."""

DAY_COLUMNS = ("couple", "day", "state", "mean", "lower", "upper", "answered")
"""Columns of ``days.csv``: points, ``lower`` and ``upper`` the ends of a 90 % band."""

FIT_COLUMNS = (
    "couple",
    "member_a",
    "member_b",
    "days_a",
    "days_b",
    "flag",
    "z_mean",
    "z_sd",
    "z_inside",
    "effective_draws",
)
"""Columns of ``fits.csv``: labels of the members, their answered days, and what to be wary of."""

CONTENTS = ("couples.csv", "days.csv", "fits.csv", "population.json", "pictures", *EXTRA_FILES)
"""Names of what a store leaves in its folder."""

_BAND = 1.6448536269514722


class Gallery(Protocol):
    """Draws couples as they come and the cohort at the end."""

    def add(self, result: CoupleResult) -> None:
        """Take one couple."""

    def finish(self) -> None:
        """Take notice that there are no more."""


class CohortStore:
    """The folder of one fit while it is being filled.

    Parameters
    ----------
    folder
        Where to write.
    couples_file, days_file, fits_file
        The opened tables.
    gallery
        Draws the pictures, if any are wanted.
    extras
        Writes what was asked beyond the tables.
    """

    def __init__(
        self,
        folder: Path,
        couples_file: TextIO,
        days_file: TextIO,
        fits_file: TextIO,
        *,
        gallery: Gallery | None,
        extras: ExtrasStore,
    ) -> None:
        self.extras = extras
        self._folder = folder
        self._couples = couples_file
        self._days = days_file
        self._fits: Any = defused.writer(fits_file, lineterminator="\n")
        self._gallery = gallery
        self._couples.write(",".join(COUPLE_COLUMNS) + "\n")
        self._days.write(",".join(DAY_COLUMNS) + "\n")
        self._fits.writerow(FIT_COLUMNS)

    def add(self, result: CoupleResult) -> None:
        """Write one couple."""
        couple = _text_cell(result.couple)
        self._couples.writelines(
            f"{couple}{','.join(map(str, answer_cells(answer)))}\n" for answer in result.answers
        )
        self._days.writelines(_day_lines(couple, result))
        found = result.diagnostics
        self._fits.writerow(
            (
                result.couple,
                *result.members,
                *result.answered_days,
                found.charts_only,
                _rounded(found.z_mean),
                _rounded(found.z_sd),
                _rounded(found.z_inside),
                _rounded(found.ess_worst),
            )
        )
        self.extras.add(result)
        if self._gallery is not None:
            self._gallery.add(result)

    def finish(self, prior: Prior) -> None:
        """Write the population and the pictures of the cohort as a whole."""
        today = dt.datetime.now(dt.UTC).date()
        write_population(self._folder / "population.json", prior, on=today)
        self.extras.finish(prior)
        if self._gallery is not None:
            self._gallery.finish()


@contextmanager
def open_store(
    folder: Path,
    *,
    force: bool = False,
    gallery: Callable[[Path], Gallery] | None = None,
    asked: Asked = NOTHING_MORE,
    seed: int = 0,
) -> Iterator[CohortStore]:
    """Open a folder for results; it appears, whole, when the block ends without an error.

    Parameters
    ----------
    folder
        Where results shall stand.
    force
        Whether results of an earlier run may be replaced.
    gallery
        Makes what draws into the folder ``pictures`` it is given; without it there are none.
    asked
        What is written beyond the tables.
    seed
        Base of the seeds of the run.

    Yields
    ------
    CohortStore
        To be given each couple, then finished.

    Raises
    ------
    DataError
        The folder is occupied or cannot be written.
    """
    refuse_occupied(folder, force=force, ours=CONTENTS)
    with (
        replaced_folder(folder) as part,
        (part / "couples.csv").open("w", encoding="utf-8", newline="") as couples_file,
        (part / "days.csv").open("w", encoding="utf-8", newline="") as days_file,
        (part / "fits.csv").open("w", encoding="utf-8", newline="") as fits_file,
        open_extras(part, asked, seed=seed) as extras,
    ):
        drawing = None if gallery is None else gallery(part / "pictures")
        yield CohortStore(part, couples_file, days_file, fits_file, gallery=drawing, extras=extras)


def answer_cells(answer: Answer) -> tuple[Any, ...]:
    """Return an answer as the cells of ``couples.csv`` after the couple's name."""
    return (
        answer.quantity,
        answer.effect,
        answer.cause,
        _rounded(answer.mean),
        _rounded(answer.sd),
        _rounded(answer.q05),
        _rounded(answer.q50),
        _rounded(answer.q95),
        "" if answer.prob is None else _rounded(answer.prob),
        answer.days,
        "true" if answer.said else "false",
    )


@lru_cache(maxsize=4096)
def _text_cell(text: str) -> str:
    """Return a text as the first cells of a line, its comma included.

    Only names and days can hold what must be quoted or defused. Writing them once, and numbers and
    our own words as they are, takes a quarter of the time.
    """
    line = io.StringIO()
    defused.writer(line, lineterminator="\n").writerow((text, ""))
    return line.getvalue().removesuffix("\n")


def _day_lines(couple: str, result: CoupleResult) -> Iterator[str]:
    """Return the lines of ``days.csv`` of one couple, whose name is a cell already."""
    lower, upper = result.band
    numbers = np.stack([result.mean, lower, upper], axis=2)
    known = np.where(result.answered, "true", "false")
    for label, states, flags in zip(result.days, numbers.tolist(), known.tolist(), strict=True):
        opening = couple + _text_cell(label)
        for name, state, flag in zip(STATE_NAMES, states, flags, strict=True):
            mean, low, high = map(_rounded, state)
            yield f"{opening}{name},{mean},{low},{high},{flag}\n"


def _rounded(value: float) -> float | str:
    """Return a number with six decimals; an empty cell for what is no number."""
    return round(float(value), 6) + 0.0 if math.isfinite(value) else ""
