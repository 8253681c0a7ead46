"""What both members of every couple answered, ready for a dyadic regression.

Files are read by `counterpoint.cohort.table`; this module asks it for any columns on any
scale instead of items of connection and self, and lets a file do without a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.table import DiaryLayout, DiaryTable, ItemColumn
from counterpoint.cohort.table.cells import printable, shown
from counterpoint.cohort.table.gathering import GatheredRows, gather_rows
from counterpoint.cohort.table.layout import find_columns
from counterpoint.cohort.table.sheets import Sheet, open_sheet
from counterpoint.errors import DataError, Location

_NO_DAY = "(one occasion)"
"""Name of the column that stands in for the day in files that have none."""

LIMIT = 1e9
"""Values beyond this, either way, are refused unless the caller gives another range."""


@dataclass(frozen=True)
class DyadRows:
    """Values of both members of every couple, one row per couple and occasion.

    Parameters
    ----------
    source
        Name of the file, for messages.
    couples
        Names of the couples.
    members
        Labels of member a and member b of each couple.
    dyad
        Shape (rows,): index into ``couples``, ascending.
    day
        Shape (rows,): day as a whole number, ascending within a couple; all alike when the
        file has no day.
    variables
        Names of the variables.
    values
        Shape (rows, 2, variables): the value of member a and of member b, NaN = missing.
    """

    source: str
    couples: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    dyad: NDArray[np.int64]
    day: NDArray[np.int64]
    variables: tuple[str, ...]
    values: NDArray[np.float64]

    def column(self, variable: str) -> NDArray[np.float64]:
        """Return one variable, shape (rows, 2).

        Raises
        ------
        DataError
            There is no variable of this name.
        """
        if variable not in self.variables:
            raise DataError(f"{shown(variable)} was not read", Location(self.source))
        found: NDArray[np.float64] = self.values[:, :, self.variables.index(variable)]
        return found

    @property
    def roles(self) -> tuple[str, str] | None:
        """The two labels of the members if they are the same in every couple, else ``None``."""
        first = self.members[0]
        return first if all(pair == first for pair in self.members) else None

    def swapped(self) -> DyadRows:
        """Return the same rows with a and b exchanged in every couple."""
        members = tuple((second, first) for first, second in self.members)
        return replace(self, members=members, values=self.values[:, ::-1])

    def centred(self, variables: Sequence[str], about: str) -> DyadRows:
        """Return the rows with some variables centred.

        Parameters
        ----------
        variables
            Which ones.
        about
            ``person``: each person's own mean over the days; ``grand``: the mean of everybody.
        """
        values = self.values.copy()
        for name in variables:
            place = self.variables.index(name)
            column = values[:, :, place]
            if about == "grand":
                values[:, :, place] = column - np.nanmean(column)
            else:
                values[:, :, place] = column - self._person_means(column)[self.dyad]
        return replace(self, values=values)

    def _person_means(self, column: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the mean of each person, shape (couples, 2); NaN without any answer."""
        means = np.full((len(self.couples), 2), np.nan)
        for member in (0, 1):
            there = np.isfinite(column[:, member])
            count = np.bincount(self.dyad[there], minlength=len(self.couples))
            total = np.bincount(
                self.dyad[there], weights=column[there, member], minlength=len(self.couples)
            )
            np.divide(total, count, out=means[:, member], where=count > 0)
        return means

    def paired_with_day_before(self, now: str, before: Sequence[str]) -> DyadRows:
        """Return one row per pair of days exactly one day apart.

        Parameters
        ----------
        now
            Variable taken from the later day.
        before
            Variables taken from the earlier day; they are named with `day_before`.

        Raises
        ------
        DataError
            No two days are one day apart.
        """
        same = self.dyad[1:] == self.dyad[:-1]
        later = np.flatnonzero(same & (np.diff(self.day) == 1)) + 1
        if not len(later):
            raise DataError("no couple has two days that are one day apart", Location(self.source))
        columns = [self.column(now)[later], *(self.column(name)[later - 1] for name in before)]
        return replace(
            self,
            dyad=self.dyad[later],
            day=self.day[later],
            variables=(now, *(day_before(name) for name in before)),
            values=np.stack(columns, axis=2),
        )


def day_before(variable: str) -> str:
    """Return the name of a variable taken from the day before."""
    return f"{variable}, the day before"


@dataclass(frozen=True)
class VariableLayout(DiaryLayout):
    """Columns of a dyadic file on any scale, as `counterpoint.cohort.table` reads them.

    Unlike a diary it has no items of connection and self; all columns stand in
    ``connection_items``.
    """

    def __post_init__(self) -> None:
        names = [item.name for item in self.connection_items]
        if not all(names):
            raise DataError("a variable needs the name of a column")
        for name in names:
            if names.count(name) > 1:
                raise DataError(f"the column {shown(name)} is named twice")
        if self.members and (len(self.members) != 2 or self.members[0] == self.members[1]):
            raise DataError("--members takes two different names, such as M_,W_")
        if not self.low < self.high:
            raise DataError("--range takes two numbers, the lower one first, such as 0,100")


def read_dyads(
    path: Path,
    variables: Sequence[str],
    *,
    couple: str = "couple",
    member: str = "member",
    day: str | None = None,
    members: tuple[str, ...] = (),
    low: float = -LIMIT,
    high: float = LIMIT,
) -> DyadRows:
    """Read variables of both members from a file in any of the three dyadic shapes.

    Parameters
    ----------
    path
        A CSV or Parquet file.
    variables
        Names of the columns, in dyad-wide files without the member's prefix or suffix.
    couple, member
        Names of these columns.
    day
        Name of the column of the day; ``None`` when every couple was asked once.
    members
        In a dyad-wide file the two prefixes or suffixes, in a long file the two labels;
        the first becomes member a.
    low, high
        Ends of the values that are believed; anything outside is refused where it stands.

    Returns
    -------
    DyadRows
        The rows, sorted by couple (in order of appearance) and day.

    Raises
    ------
    DataError
        Anything in the file cannot be read; the message says where.
    """
    layout = VariableLayout(
        connection_items=tuple(ItemColumn(name) for name in dict.fromkeys(variables)),
        self_items=(),
        couple=couple,
        member=member,
        day=_NO_DAY if day is None else day,
        members=members,
        low=low,
        high=high,
    )
    sheet: Sheet = open_sheet(path)
    if day is None:
        sheet = _SheetWithoutDay(sheet)
    found = find_columns(layout, sheet.header, sheet.source)
    rows = gather_rows(sheet, layout, found)
    if day is None:
        _refuse_second_rows(rows, sheet, found.couple)
    table = DiaryTable(rows, layout, found, sheet.source, sheet.header)
    return _paired(rows, table, tuple(item.name for item in layout.items))


class _SheetWithoutDay:
    """A sheet of couples asked once: a last column gives every row the same day."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.source = sheet.source
        self.header = (*sheet.header, _NO_DAY)

    def rows(self, columns: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of the sheet with the day put in where it is wanted."""
        added = len(self.header) - 1
        kept = [index for index in columns if index != added]
        places = [place for place, index in enumerate(columns) if index == added]
        for line, cells in self._sheet.rows(kept):
            for place in places:
                cells.insert(place, "1")
            yield line, cells


def _refuse_second_rows(rows: GatheredRows, sheet: Sheet, couple_column: int) -> None:
    """Refuse a second row of one person, which without a day can only be a mistake."""
    seen: dict[tuple[int, int], int] = {}
    for couple, label, line in zip(
        rows.couple.tolist(), rows.label.tolist(), rows.line.tolist(), strict=True
    ):
        first = seen.setdefault((couple, label), line)
        if first != line:
            raise DataError(
                f"the couple {shown(rows.couples[couple])} has a second row of the member "
                f"{shown(rows.labels[label])}, first on line {first}; if there is one row a day, "
                "name the day with --day COLUMN",
                Location(sheet.source, line, printable(sheet.header[couple_column])),
            )


def _paired(rows: GatheredRows, table: DiaryTable, variables: tuple[str, ...]) -> DyadRows:
    """Lay the rows of a and b of one couple and day side by side."""
    members = tuple(table[index].members for index in range(len(table)))
    second = np.array([rows.labels.index(pair[1]) for pair in members])
    slot = (rows.label == second[rows.couple]).astype(np.int64)
    order = np.lexsort((slot, rows.day, rows.couple))
    couple, day, slot = rows.couple[order], rows.day[order], slot[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (couple[1:] != couple[:-1]) | (day[1:] != day[:-1])
    occasion = np.cumsum(fresh) - 1
    values = np.full((int(fresh.sum()), 2, rows.values.shape[1]), np.nan)
    values[occasion, slot] = rows.values[order]
    return DyadRows(
        source=table.source,
        couples=rows.couples,
        members=members,
        dyad=couple[fresh],
        day=day[fresh],
        variables=variables,
        values=values,
    )
