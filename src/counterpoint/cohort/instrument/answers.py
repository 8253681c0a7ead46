"""Questionnaire answers of many people, read so that every error says where."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from counterpoint.cohort.table.cells import printable, read_answer, read_label, shown
from counterpoint.cohort.table.sheets import Sheet, open_sheet
from counterpoint.content.sign_form import SignForm
from counterpoint.errors import DataError, Location

LONG = ("item_id", "value")
"""Columns that a file with one row an answer has beside the person's."""


@dataclass(frozen=True, eq=False)
class AnswerTable:
    """Answers before keying.

    Parameters
    ----------
    source
        Name of the file, for messages.
    people
        Their labels, in file order.
    values
        Shape (people, items) in the order of the form, from 0, NaN where skipped or not asked.
    unknown
        Names of items that the form does not have and that were therefore not read.
    """

    source: str
    people: tuple[str, ...]
    values: npt.NDArray[np.float64]
    unknown: tuple[str, ...]


def read_answers(path: Path, form: SignForm, *, person: str = "person") -> AnswerTable:
    """Read a file with one row a person, or one row an answer.

    Parameters
    ----------
    path
        CSV or Parquet: a column that names the person, and either one column an item, named by
        its id, or the columns ``item_id`` and ``value``.
    form
        The questionnaire.
    person
        Name of the person's column; a file without it is one person's own.

    Raises
    ------
    DataError
        A cell that is no option, a person or an item answered twice, no item of the form; with
        line and column.
    """
    sheet = open_sheet(path)
    index = {name: place for place, name in enumerate(sheet.header)}
    if all(name in index for name in LONG):
        return _read_long(sheet, index, form, person)
    return _read_wide(sheet, index, form, person)


def _read_wide(sheet: Sheet, index: dict[str, int], form: SignForm, person: str) -> AnswerTable:
    asked = [item for item in form.item_ids if item in index]
    if not asked:
        raise DataError(
            "no column is named by an item: name columns as the items are, such as "
            f"{form.item_ids[0]}, or give the columns item_id and value",
            Location(sheet.source, 1, printable(sheet.header[0])),
        )
    has_person = person in index
    columns = ([index[person]] if has_person else []) + [index[item] for item in asked]
    place = [form.item_ids.index(item) for item in asked]
    people: dict[str, int] = {}
    rows: list[list[float]] = []
    for line, cells in sheet.rows(columns):
        label = _label(cells[0], sheet, line, person) if has_person else str(line)
        if label in people:
            raise DataError(
                f"{shown(label)} stands here a second time (first on line {people[label]}); "
                "give one row a person",
                Location(sheet.source, line, printable(person)),
            )
        people[label] = line
        row = [math.nan] * len(form.item_ids)
        for item, where, text in zip(asked, place, cells[has_person:], strict=True):
            row[where] = _option(text, form, Location(sheet.source, line, item))
        rows.append(row)
    unknown = [name for name in sheet.header if name and name != person and name not in asked]
    return _table(sheet, people, rows, unknown)


def _read_long(sheet: Sheet, index: dict[str, int], form: SignForm, person: str) -> AnswerTable:
    has_person = person in index
    wanted = ([person] if has_person else []) + list(LONG)
    people: dict[str, int] = {}
    rows: list[list[float]] = []
    first_line: dict[tuple[int, int], int] = {}
    unknown: dict[str, None] = {}
    for line, cells in sheet.rows([index[name] for name in wanted]):
        label = _label(cells[0], sheet, line, person) if has_person else "you"
        item, text = cells[-2].strip(), cells[-1]
        if label not in people:
            people[label] = len(rows)
            rows.append([math.nan] * len(form.item_ids))
        if item not in form.item_ids:
            unknown[item] = None
            continue
        key = (people[label], form.item_ids.index(item))
        if key in first_line:
            raise DataError(
                f"{shown(label)} answers this item a second time (first on line "
                f"{first_line[key]}); keep one answer",
                Location(sheet.source, line, "item_id"),
            )
        first_line[key] = line
        rows[key[0]][key[1]] = _option(text, form, Location(sheet.source, line, "value"))
    if unknown and not first_line:
        raise DataError(
            f"no line names an item of this questionnaire; they are named as {form.item_ids[0]}",
            Location(sheet.source, 2, "item_id"),
        )
    return _table(sheet, people, rows, list(unknown))


def _table(
    sheet: Sheet, people: dict[str, int], rows: list[list[float]], unknown: Sequence[str]
) -> AnswerTable:
    if not rows:
        raise DataError("there is no row after the header", Location(sheet.source, 1))
    return AnswerTable(
        sheet.source, tuple(people), np.array(rows), tuple(printable(name) for name in unknown)
    )


def _label(text: str, sheet: Sheet, line: int, person: str) -> str:
    try:
        return read_label(text, "person")
    except ValueError as error:
        raise DataError(str(error), Location(sheet.source, line, printable(person))) from None


def _option(text: str, form: SignForm, where: Location) -> float:
    try:
        value = read_answer(text, -math.inf, math.inf)
    except ValueError as error:
        raise DataError(str(error), where) from None
    if not math.isnan(value) and value not in range(form.options):
        raise DataError(
            f"{shown(text.strip())} is no option: they are 0 to {form.options - 1}, an empty cell "
            "for a skipped item",
            where,
        )
    return value
