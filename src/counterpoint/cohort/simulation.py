"""A simulated cohort as two tables: a diary that can be read back, and the truth behind it.

Answers are whole sliders from 0 to 100: what the model would put beyond an end of the scale
is written as that end, as a person's slider would.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from counterpoint.cohort.replacing import replaced_file
from counterpoint.engine import (
    DyadDiary,
    DyadParameters,
    Prior,
    simulate_dyads,
    to_points,
)
from counterpoint.engine.quantities import (
    COST_PAIRS,
    COUPLING_PAIRS,
    SAME_DAY_PAIRS,
    quantities_of_truth,
)
from counterpoint.engine.states import STATE_NAMES
from counterpoint.errors import DataError

TRUTH_COLUMNS = ("couple", "quantity", "effect", "cause", "value")
"""Columns of the truth table; the first four are those of ``couples.csv``."""


def item_names(items: int) -> tuple[str, ...]:
    """Return the answer columns of a simulated diary, those of connection first."""
    return tuple(
        f"{state}_{number}" for state in ("connection", "self") for number in range(1, items + 1)
    )


def simulate_cohort(
    diary_path: Path,
    truth_path: Path,
    *,
    couples: int,
    days: int,
    seed: int,
    prior: Prior,
    design: str = "continuous",
) -> int:
    """Simulate couples and write their diary and their truth.

    Parameters
    ----------
    diary_path, truth_path
        The two files to write, individual-long and one row per quantity.
    couples, days
        How many couples, and calendar days of each.
    seed
        Seed of the cohort: the same seed writes the same bytes.
    prior
        Population the couples are drawn from.
    design
        ``continuous``: every item on every answered day. ``checkin``: the marker and by coin one
        of two further items, on eleven taps.

    Returns
    -------
    int
        Number of rows of the diary.

    Raises
    ------
    DataError
        A number is out of range, or both paths are the same file.
    """
    if diary_path.resolve() == truth_path.resolve():
        raise DataError("--out and --truth name the same file; give two")
    diaries, truths = simulate_dyads(
        couples, days, prior=prior, rng=np.random.default_rng(seed), design=design
    )
    width = len(str(couples))
    names = [f"c{number:0{width}d}" for number in range(1, couples + 1)]
    with replaced_file(diary_path) as part, replaced_file(truth_path) as other:
        rows = _write_diary(part, names, diaries)
        _write_truth(other, names, truths)
    return rows


def _write_diary(path: Path, names: Sequence[str], diaries: Sequence[DyadDiary]) -> int:
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("couple", "member", "day", *item_names(diaries[0].item_count)))
        for name, diary in zip(names, diaries, strict=True):
            points = np.clip(to_points(diary.items), 0.0, 100.0)
            for day in range(diary.days):
                for member in (0, 1):
                    answers = points[day, 2 * member : 2 * member + 2].ravel()
                    cells = ["" if np.isnan(value) else f"{value:.2f}" for value in answers]
                    writer.writerow((name, "ab"[member], day + 1, *cells))
                    rows += 1
    return rows


def _write_truth(path: Path, names: Sequence[str], truths: Sequence[DyadParameters]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(TRUTH_COLUMNS)
        for name, truth in zip(names, truths, strict=True):
            for quantity, effect, cause, value in true_values(truth):
                writer.writerow((name, quantity, effect, cause, f"{value:.6f}"))


def true_values(truth: DyadParameters) -> Iterator[tuple[str, str, str, float]]:
    """Yield quantity, effect, cause and true value in the order of ``couples.csv``.

    Parameters
    ----------
    truth
        Parameters of one couple.
    """
    known = quantities_of_truth(truth)
    for state, value in zip(STATE_NAMES, known.level[0], strict=True):
        yield "level", state, "", float(value)
    blocks = (
        ("same_day", SAME_DAY_PAIRS, known.same_day[0]),
        ("coupling", COUPLING_PAIRS, known.coupling[0]),
        ("cost", COST_PAIRS, known.cost[0]),
        ("share", ((0, 2),), known.alone_share),
    )
    for quantity, pairs, values in blocks:
        for (effect, cause), value in zip(pairs, values, strict=True):
            yield quantity, STATE_NAMES[effect], STATE_NAMES[cause], float(value)
