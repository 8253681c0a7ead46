"""Diary files larger than memory, read couple by couple."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from counterpoint.cohort.table.gathering import gather_runs
from counterpoint.cohort.table.layout import DiaryLayout, find_columns
from counterpoint.cohort.table.limits import MAX_STREAMED_ROWS
from counterpoint.cohort.table.sheets import open_sheet
from counterpoint.cohort.table.table import CoupleDays, DiaryTable

HELD_COUPLES = 50
"""Couples that are held at once."""


class DiaryStream:
    """The diaries of a cohort in a file in which the rows of each couple stand together.

    Of what is read nothing is kept but the names of the couples.

    Parameters
    ----------
    path
        A CSV or Parquet file in any of the three dyadic shapes.
    layout
        What its columns mean.

    Raises
    ------
    DataError
        The header cannot be read as that of a diary.
    """

    def __init__(self, path: Path, layout: DiaryLayout) -> None:
        self._sheet = open_sheet(path, most_rows=MAX_STREAMED_ROWS)
        self._layout = layout
        self._found = find_columns(layout, self._sheet.header, self._sheet.source)
        self.source = self._sheet.source
        self.shape = self._found.shape

    @property
    def items(self) -> int:
        """Items per state: the larger count of the two states."""
        return max(len(self._layout.connection_items), len(self._layout.self_items))

    def __iter__(self) -> Iterator[CoupleDays]:
        """Yield the couples in the order of the file.

        Raises
        ------
        DataError
            A row cannot be read; the couples before it have been given out by then.
        """
        parts = gather_runs(self._sheet, self._layout, self._found, couples=HELD_COUPLES)
        for rows in parts:
            yield from DiaryTable(
                rows, self._layout, self._found, self._sheet.source, self._sheet.header
            )
