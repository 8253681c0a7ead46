"""Rows of a sheet gathered into flat arrays, each cell checked where it stands."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.table.cells import printable, read_answer, read_day, read_label, shown
from counterpoint.cohort.table.layout import PAIRWISE, WIDE, DiaryLayout, FoundColumns
from counterpoint.cohort.table.sheets import Sheet
from counterpoint.errors import DataError, Location

_REMEMBERED = 50_000
"""Most different texts of answers, or of days, whose value is kept in mind."""


@dataclass(frozen=True)
class GatheredRows:
    """The rows of a diary, one per couple, member and day, in the order of the file.

    Parameters
    ----------
    couples
        Names of the couples in order of appearance.
    labels
        Names of the members in order of appearance.
    couple, label, day, line
        Shape (rows,): indices into ``couples`` and ``labels``, the day as a number, the line.
    values
        Shape (rows, items), on the caller's scale, NaN = missing; connection items first.
    partner_values
        Shape (rows, items), what a pairwise file says of the partner; shape (0, items) otherwise.
    dated
        Whether days were written as dates.
    """

    couples: tuple[str, ...]
    labels: tuple[str, ...]
    couple: NDArray[np.int64]
    label: NDArray[np.int64]
    day: NDArray[np.int64]
    line: NDArray[np.int64]
    values: NDArray[np.float64]
    partner_values: NDArray[np.float64]
    dated: bool

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Whether anybody answered an item, shape (items,)."""
        return np.asarray(np.any(~np.isnan(self.values), axis=0))


def gather_rows(sheet: Sheet, layout: DiaryLayout, found: FoundColumns) -> GatheredRows:
    """Read all rows of a sheet.

    Parameters
    ----------
    sheet
        The opened file.
    layout
        What the caller says about it.
    found
        Where its columns stand.

    Raises
    ------
    DataError
        A cell cannot be read; with its line and column.
    """
    gathering = _Gathering(sheet, layout, found)
    for line, cells in sheet.rows(gathering.columns):
        gathering.add(line, cells)
    return gathering.result()


def gather_runs(
    sheet: Sheet, layout: DiaryLayout, found: FoundColumns, *, couples: int
) -> Iterator[GatheredRows]:
    """Read the rows of a sheet in which those of each couple stand together.

    Parameters
    ----------
    sheet, layout, found
        As in `gather_rows`.
    couples
        How many couples are held at once.

    Yields
    ------
    GatheredRows
        The rows of so many couples, of fewer at the end.

    Raises
    ------
    DataError
        A cell cannot be read, or a couple comes again after another.
    """
    gathering = _Gathering(sheet, layout, found)
    answered = np.zeros(len(layout.items), dtype=bool)
    known: set[str] = set()
    current, held = None, 0
    for line, cells in sheet.rows(gathering.columns):
        couple = cells[0].strip()
        if couple != current:
            if couple in known:
                raise DataError(
                    f"the couple {shown(couple)} comes again after another; with --stream all "
                    "rows of a couple stand together: sort the file by couple",
                    Location(sheet.source, line, printable(sheet.header[found.couple])),
                )
            if held == couples:
                rows = gathering.rows()
                answered |= rows.answered
                yield rows
                gathering, held = gathering.following(), 0
            known.add(couple)
            current, held = couple, held + 1
        gathering.add(line, cells)
    rows = gathering.rows()
    gathering.check_answered(answered | rows.answered)
    yield rows


class _Gathering:
    """Rows read so far."""

    def __init__(self, sheet: Sheet, layout: DiaryLayout, found: FoundColumns) -> None:
        self._sheet = sheet
        self._layout = layout
        self._found = found
        self._pairwise = found.shape == PAIRWISE
        self._wide = found.shape == WIDE
        self._width = len(layout.items)
        partner = [place for place in found.partner if place is not None]
        head = [found.couple, found.day] + ([] if found.member is None else [found.member])
        self._start = len(head)
        self.columns = [*head, *found.answers, *(partner if self._pairwise else [])]
        self._couples: dict[str, int] = {}
        self._labels: dict[str, int] = {}
        self._known_labels = set(layout.members)
        self._dated: bool | None = None
        self._known_answers: dict[str, float] = {}
        self._known_days: dict[str, int] = {}
        self._couple, self._label, self._day, self._line = (array("q") for _ in range(4))
        self._values, self._partner_values = array("d"), array("d")
        if self._wide:
            for mark in layout.members:
                self._labels[mark] = len(self._labels)

    def add(self, line: int, cells: list[str]) -> None:
        """Check one row and keep it."""
        couple = self._code_of(line, cells[0], self._found.couple, "couple")
        day = self._day_of(line, cells[1])
        answers = cells[self._start : self._start + len(self._found.answers)]
        if self._wide:
            self._keep(couple, 0, day, line)
            self._keep(couple, 1, day, line)
        else:
            self._keep(couple, self._member_of(line, cells[2]), day, line)
        for text, place in zip(answers, self._found.answers, strict=True):
            self._values.append(self._answer(line, text, place))
        if self._pairwise:
            rest = iter(cells[self._start + len(answers) :])
            for partner in self._found.partner:
                told = math.nan if partner is None else self._answer(line, next(rest), partner)
                self._partner_values.append(told)

    def _member_of(self, line: int, text: str) -> int:
        assert self._found.member is not None  # noqa: S101 - a long file has this column
        code = self._code_of(line, text, self._found.member, "member")
        label = text.strip()
        if self._known_labels and label not in self._known_labels:
            named = " and ".join(shown(name) for name in self._layout.members)
            raise self._error(
                line, self._found.member, f"the member is {shown(label)}; --members named {named}"
            )
        return code

    def _keep(self, couple: int, label: int, day: int, line: int) -> None:
        self._couple.append(couple)
        self._label.append(label)
        self._day.append(day)
        self._line.append(line)

    def _answer(self, line: int, text: str, place: int) -> float:
        known = self._known_answers.get(text)
        if known is not None:
            return known
        try:
            value = read_answer(text, self._layout.low, self._layout.high)
        except ValueError as error:
            raise self._error(line, place, str(error)) from None
        if len(self._known_answers) < _REMEMBERED:
            self._known_answers[text] = value
        return value

    def _code_of(self, line: int, text: str, place: int, what: str) -> int:
        """Return the number of a couple or a member, a new one at the first meeting."""
        codes = self._couples if what == "couple" else self._labels
        code = codes.get(text)
        if code is None:
            try:
                label = read_label(text, what)
            except ValueError as error:
                raise self._error(line, place, str(error)) from None
            code = codes.setdefault(label, len(codes))
        return code

    def _day_of(self, line: int, text: str) -> int:
        known = self._known_days.get(text)
        if known is not None:
            return known
        try:
            day, dated = read_day(text)
        except ValueError as error:
            raise self._error(line, self._found.day, str(error)) from None
        if self._dated is None:
            self._dated = dated
        elif self._dated != dated:
            kinds = ("a date", "whole numbers") if dated else ("a whole number", "dates")
            raise self._error(
                line,
                self._found.day,
                f"the day {shown(text.strip())} is {kinds[0]}, the days before are {kinds[1]}",
            )
        if len(self._known_days) < _REMEMBERED:
            self._known_days[text] = day
        return day

    def _error(self, line: int, place: int, reason: str) -> DataError:
        name = self._sheet.header[place] or str(place + 1)
        return DataError(reason, Location(self._sheet.source, line, printable(name)))

    def following(self) -> _Gathering:
        """Return a gathering for the rows after these, which keeps to the same kind of days."""
        other = _Gathering(self._sheet, self._layout, self._found)
        other._dated = self._dated
        other._known_answers, other._known_days = self._known_answers, self._known_days
        return other

    def result(self) -> GatheredRows:
        """Return the arrays; refuse a file without rows or without answers to an item."""
        rows = self.rows()
        self.check_answered(rows.answered)
        return rows

    def check_answered(self, answered: NDArray[np.bool_]) -> None:
        """Refuse a file that holds no answer to an item, shape (items,)."""
        for number in np.flatnonzero(~answered):
            name = self._sheet.header[self._found.answers[number]]
            raise DataError(
                "this column holds no answer at all",
                Location(self._sheet.source, None, printable(name)),
            )

    def rows(self) -> GatheredRows:
        """Return the arrays; refuse a file without rows."""
        if not self._couple:
            raise DataError(
                "there is no row below the header",
                Location(self._sheet.source, 2, printable(self._layout.couple)),
            )
        values = np.array(self._values).reshape(-1, self._width)
        return GatheredRows(
            couples=tuple(self._couples),
            labels=tuple(self._labels),
            couple=np.array(self._couple),
            label=np.array(self._label),
            day=np.array(self._day),
            line=np.array(self._line),
            values=values,
            partner_values=np.array(self._partner_values).reshape(-1, self._width),
            dated=bool(self._dated),
        )
