"""A cohort's diaries, read from one file and given out couple by couple."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.table.cells import printable, shown
from counterpoint.cohort.table.gathering import GatheredRows, gather_rows
from counterpoint.cohort.table.layout import PAIRWISE, DiaryLayout, FoundColumns, find_columns
from counterpoint.cohort.table.limits import MAX_DAYS
from counterpoint.cohort.table.sheets import Sheet, open_sheet
from counterpoint.engine import DyadDiary, last_days, to_units
from counterpoint.errors import DataError, Location

FEWEST_ANSWERS = 3
"""Different answers it takes to know the step of a scale."""


@dataclass(frozen=True)
class CoupleDays:
    """The diary of one couple with the days it is made of.

    Parameters
    ----------
    couple
        Name of the couple.
    members
        Labels of member a and member b.
    diary
        The diary in units of the engine, one row per calendar day, named after the couple.
    days
        Shape (days,): each day as it was written, a whole number or a date.
    """

    couple: str
    members: tuple[str, str]
    diary: DyadDiary
    days: tuple[str, ...]


class DiaryTable:
    """The diaries of a cohort.

    Kept flat and given out couple by couple, so that a large cohort needs no more memory
    than its answers.

    Parameters
    ----------
    rows
        All rows of the file, checked cell by cell.
    layout
        What the caller said about the file.
    found
        Where its columns stood.
    source
        The file's name for messages.
    header
        Names of the file's columns.

    Raises
    ------
    DataError
        A couple has not exactly two members, a day appears twice, the partner's columns of a
        pairwise file disagree with the partner's own row, or a diary is too long.
    """

    def __init__(
        self,
        rows: GatheredRows,
        layout: DiaryLayout,
        found: FoundColumns,
        source: str,
        header: tuple[str, ...],
    ) -> None:
        self.source = source
        self.shape = found.shape
        self.couples = rows.couples
        self.dated = rows.dated
        self._layout = layout
        self._header = header
        self._found = found
        slot, self._members = self._slots(rows)
        order = np.lexsort((slot, rows.day, rows.couple))
        self._couple = rows.couple[order]
        self._slot = slot[order]
        self._day = rows.day[order]
        self._line = rows.line[order]
        self._values = rows.values[order]
        self._start = np.searchsorted(self._couple, np.arange(len(self.couples) + 1))
        self._check_duplicates()
        self._check_spans()
        if found.shape == PAIRWISE:
            self._check_partner(rows.partner_values[order])

    def __len__(self) -> int:
        """Return the number of couples."""
        return len(self.couples)

    def __iter__(self) -> Iterator[CoupleDays]:
        """Yield the couples in the order of the file."""
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> CoupleDays:
        """Return one couple's diary; its calendar days without a row are missing days."""
        part = slice(self._start[index], self._start[index + 1])
        day, slot, values = self._day[part], self._slot[part], self._values[part]
        first, length = int(day[0]), int(day[-1] - day[0]) + 1
        items = np.full((length, 4, self.items), np.nan)
        points = self._points(values)
        count = len(self._layout.connection_items)
        for member in (0, 1):
            own = slot == member
            at = day[own] - first
            items[at, 2 * member, :count] = points[own, :count]
            items[at, 2 * member + 1, : points.shape[1] - count] = points[own, count:]
        diary = DyadDiary(
            items=to_units(items),
            dyad_id=self.couples[index],
            ends=ends_of(items) if self._layout.has_ends else None,
        )
        if self._layout.last_days is not None:
            diary = last_days(diary, self._layout.last_days)
        return CoupleDays(
            couple=self.couples[index],
            members=self._members[index],
            diary=diary,
            days=tuple(self._written(first + step) for step in range(length - diary.days, length)),
        )

    @property
    def items(self) -> int:
        """Items per state: the larger count of the two states."""
        return max(len(self._layout.connection_items), len(self._layout.self_items))

    @property
    def calendar_days(self) -> int:
        """Calendar days of all diaries together, each from its first to its last day."""
        return int((self._day[self._start[1:] - 1] - self._day[self._start[:-1]] + 1).sum())

    def _points(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return answers as points 0 to 100, items keyed the other way round turned."""
        low, high = self._layout.low, self._layout.high
        points = (values - low) * (100.0 / (high - low))
        turned = np.array([item.turned for item in self._layout.items])
        return np.where(turned, 100.0 - points, points)

    def _written(self, day: int) -> str:
        return dt.date.fromordinal(day).isoformat() if self.dated else str(day)

    def _at(self, line: int, place: int | None) -> Location:
        name = self._header[0 if place is None else place]
        return Location(self.source, int(line), printable(name))

    def _slots(self, rows: GatheredRows) -> tuple[NDArray[np.int64], list[tuple[str, str]]]:
        """Return each row's member, 0 = a and 1 = b, and the labels of each couple."""
        order = np.lexsort((rows.line, rows.label, rows.couple))
        couple, label = rows.couple[order], rows.label[order]
        fresh = np.ones(len(order), dtype=bool)
        fresh[1:] = (couple[1:] != couple[:-1]) | (label[1:] != label[:-1])
        firsts: list[dict[int, int]] = [{} for _ in rows.couples]
        for row in order[fresh]:
            firsts[rows.couple[row]][int(rows.label[row])] = int(rows.line[row])
        slots: list[int] = []
        members: list[tuple[str, str]] = []
        for code, found in enumerate(firsts):
            if len(found) != 2:
                raise self._wrong_count(rows, code, found)
            first, second = sorted(found, key=lambda index: self._rank(rows.labels[index]))
            members.append((rows.labels[first], rows.labels[second]))
            slots.extend(int(label == second) for label in found)
        slot = np.empty(len(order), dtype=np.int64)
        slot[order] = np.array(slots)[np.cumsum(fresh) - 1]
        return slot, members

    def _rank(self, label: str) -> tuple[int, str]:
        named = self._layout.members
        return (named.index(label) if label in named else 0, label)

    def _wrong_count(self, rows: GatheredRows, code: int, found: dict[int, int]) -> DataError:
        couple = shown(rows.couples[code])
        by_line = sorted(found.items(), key=lambda pair: pair[1])
        if len(found) == 1:
            label, line = by_line[0]
            return DataError(
                f"the couple {couple} has one member only, {shown(rows.labels[label])}; "
                "a couple needs two, the second may have empty answers",
                self._at(line, self._found.member),
            )
        label, line = by_line[2]
        others = " and ".join(shown(rows.labels[known]) for known, _ in by_line[:2])
        return DataError(
            f"the couple {couple} has a third member, {shown(rows.labels[label])}, beside {others}",
            self._at(line, self._found.member),
        )

    def _check_duplicates(self) -> None:
        twice = np.flatnonzero(
            (self._couple[1:] == self._couple[:-1])
            & (self._day[1:] == self._day[:-1])
            & (self._slot[1:] == self._slot[:-1])
        )
        if not len(twice):
            return
        later = int(twice[np.argmin(np.maximum(self._line[twice], self._line[twice + 1]))])
        earlier, line = sorted((int(self._line[later]), int(self._line[later + 1])))
        member = self._members[self._couple[later]][self._slot[later]]
        who = "" if self._found.member is None else f", member {shown(member)}"
        raise DataError(
            f"the couple {shown(self.couples[self._couple[later]])}{who} has the day "
            f"{self._written(int(self._day[later]))} twice, first on line {earlier}",
            self._at(line, self._found.day),
        )

    def _check_spans(self) -> None:
        first, last = self._start[:-1], self._start[1:] - 1
        spans = self._day[last] - self._day[first] + 1
        for index in np.flatnonzero(spans > MAX_DAYS):
            raise DataError(
                f"the diary of the couple {shown(self.couples[index])} spans {spans[index]:,} "
                f"days, to this one; at most {MAX_DAYS:,} are read. Is a day mistyped?",
                self._at(self._line[last[index]], self._found.day),
            )

    def _check_partner(self, told: NDArray[np.float64]) -> None:
        """Compare what a pairwise file says of the partner with the partner's own row."""
        same = np.flatnonzero(
            (self._couple[1:] == self._couple[:-1]) & (self._day[1:] == self._day[:-1])
        )
        for own, other in ((same, same + 1), (same + 1, same)):
            apart = np.abs(told[own] - self._values[other]) > 1e-9 * (
                1.0 + np.abs(self._values[other])
            )
            for row, item in np.argwhere(apart):
                raise DataError(
                    f"this says {told[own[row], item]:g} of the partner, whose own row on line "
                    f"{self._line[other[row]]} says {self._values[other[row], item]:g}",
                    self._at(self._line[own[row]], self._found.partner[item]),
                )


def ends_of(points: NDArray[np.float64]) -> tuple[float, float] | None:
    """Return where a scale from 0 to 100 points ends, in units u: half a step inside.

    The step is the smallest distance between two different answers, so that it need not be told:
    one point of a slider, or the fifths of a scale of five.

    Parameters
    ----------
    points
        Answers, any shape, ``NaN`` where missing.

    Returns
    -------
    tuple of float or None
        ``None`` where fewer than three different answers were given: these have no inside.
    """
    told = np.unique(np.round(points[~np.isnan(points)], 6))
    if len(told) < FEWEST_ANSWERS:
        return None
    half = 0.5 * float(np.diff(told).min())
    low, high = to_units(np.array([half, 100.0 - half]))
    return float(low), float(high)


def read_diaries(path: Path, layout: DiaryLayout) -> DiaryTable:
    """Read a file of diaries in any of the three dyadic shapes.

    Parameters
    ----------
    path
        A CSV or Parquet file, one row per couple, member and day (individual-long or
        pairwise) or one row per couple and day (dyad-wide).
    layout
        What its columns mean.

    Returns
    -------
    DiaryTable
        The couples in order of appearance.

    Raises
    ------
    DataError
        Anything in the file cannot be read as a diary; the message says where.
    """
    sheet: Sheet = open_sheet(path)
    found = find_columns(layout, sheet.header, sheet.source)
    rows = gather_rows(sheet, layout, found)
    return DiaryTable(rows, layout, found, sheet.source, sheet.header)
