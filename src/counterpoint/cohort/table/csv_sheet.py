"""CSV read line by line, so that every complaint can say where.

The standard library's parser does the splitting; this module feeds it checked lines and
keeps count of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from counterpoint.cohort.table.cells import printable
from counterpoint.cohort.table.header import check_header
from counterpoint.cohort.table.limits import MAX_LINE_CHARACTERS, MAX_ROWS
from counterpoint.errors import DataError, Location

SEPARATORS = (",", ";", "\t", "|")
"""Separators that are recognised from the header line."""


class CsvSheet:
    """A CSV file as a sheet; the separator is the one that splits the header most.

    Parameters
    ----------
    path
        The file.
    source
        Its name for messages.
    most_rows
        How many rows it may have.

    Raises
    ------
    DataError
        The header cannot be read.
    """

    def __init__(self, path: Path, source: str, most_rows: int = MAX_ROWS) -> None:
        self._most_rows = most_rows
        self.source = source
        self._path = path
        self._separator = ","
        self._header_line = 1
        self.header: tuple[str, ...] = ()
        for _, text in self._lines():
            if text.strip():
                self._separator = _separator_of(text)
                break
        for line, cells in self._records():
            self.header = tuple(cell.strip() for cell in cells)
            self._header_line = line
            break
        else:
            raise DataError("the file holds no header line", Location(source, 1))
        check_header(self.header, source, self._header_line)

    def rows(self, columns: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """Yield the line number and the wanted cells of each row after the header."""
        width = len(self.header)
        records = self._records()
        first = next(records)[1][0]
        for count, (line, cells) in enumerate(records, start=1):
            if count > self._most_rows:
                raise DataError(
                    f"there are more than {self._most_rows:,} rows; split the file, or sort it by "
                    "couple and read it with --stream",
                    Location(self.source, line, self._name(0)),
                )
            if len(cells) != width:
                raise self._ragged(line, len(cells))
            if cells[0] == first and tuple(cell.strip() for cell in cells) == self.header:
                raise DataError(
                    "this line repeats the header; were two files put together?",
                    Location(self.source, line, self._name(columns[0] if columns else 0)),
                )
            yield line, [cells[index] for index in columns]

    def _ragged(self, line: int, found: int) -> DataError:
        width = len(self.header)
        column = self._name(found) if found < width else f"{width + 1} (after the last)"
        cells = "1 cell" if found == 1 else f"{found:,} cells"
        return DataError(
            f"this line has {cells}, the header has {width:,}",
            Location(self.source, line, column),
        )

    def _name(self, index: int) -> str:
        if index < len(self.header) and self.header[index]:
            return printable(self.header[index])
        return str(index + 1)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each record that is not blank with the line on which it starts."""
        last = _LineCount()
        reader = csv.reader(self._counted(last), delimiter=self._separator, strict=True)
        while True:
            start = last.line + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise self._unparsed(start, last, str(error)) from None
            if not (cells and (cells[0] or any(cell.strip() for cell in cells))):
                continue
            yield start, cells

    def _counted(self, last: _LineCount) -> Iterator[str]:
        for line, text in self._lines():
            last.line = line
            yield text

    def _unparsed(self, start: int, last: _LineCount, reason: str) -> DataError:
        """Turn the parser's complaint into one with a line, a column and a remedy."""
        text = self._line_text(start)
        index = _quote_cell(text, self._separator)
        if "field larger" in reason and '"' not in text:
            index = _longest_cell(text, self._separator)
            reason = f"this cell is longer than {csv.field_size_limit():,} characters"
        elif "field larger" in reason or "unexpected end" in reason:
            reason = "a quotation mark is opened here and never closed"
        elif "expected after" in reason:
            reason = "a quotation mark stands in the middle of a quoted cell; double it"
        else:
            index, start = 0, last.line
            reason = f"the line cannot be split into cells ({reason})"
        return DataError(reason, Location(self.source, start, self._name(index)))

    def _line_text(self, wanted: int) -> str:
        for line, text in self._lines():
            if line == wanted:
                return text
        return ""

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Yield the numbered lines, each checked for length, encoding and NUL bytes."""
        with (
            self._path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape") as file,
        ):
            line = 0
            while text := self._next_line(file, line + 1):
                line += 1
                if len(text) > MAX_LINE_CHARACTERS:
                    raise DataError(
                        f"this line is longer than {MAX_LINE_CHARACTERS:,} characters",
                        Location(self.source, line, self._name(0)),
                    )
                if "\0" in text:
                    raise DataError(
                        "there is a NUL byte here; this is not a text file, or it is damaged",
                        self._spot(line, text, text.index("\0")),
                    )
                if not text.isascii():
                    self._check_encoding(line, text)
                yield line, text

    def _next_line(self, file: io.TextIOWrapper, line: int) -> str:
        try:
            return file.readline(MAX_LINE_CHARACTERS + 1)
        except OSError as error:
            raise DataError(
                f"the file cannot be read on: {error.strerror}", Location(self.source, line)
            ) from None

    def _check_encoding(self, line: int, text: str) -> None:
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise DataError(
                "this is not UTF-8 text; save the file with the encoding UTF-8",
                self._spot(line, text, error.start),
            ) from None

    def _spot(self, line: int, text: str, position: int) -> Location:
        index = _cell_index(text[:position], self._separator)
        return Location(self.source, line, self._name(index))


class _LineCount:
    """The line that was handed to the parser last."""

    def __init__(self) -> None:
        self.line = 0


def _separator_of(header_line: str) -> str:
    """Return the separator that splits the header line into most cells; comma on a tie."""
    counts = [_cell_index(header_line, separator) for separator in SEPARATORS]
    return SEPARATORS[counts.index(max(counts))]


def _cell_index(text: str, separator: str) -> int:
    """Count the separators of a text that stand outside quotation marks."""
    count, quoted = 0, False
    for mark in text:
        if mark == '"':
            quoted = not quoted
        elif mark == separator and not quoted:
            count += 1
    return count


def _quote_cell(text: str, separator: str) -> int:
    """Return the index of the cell of this line in which the last quotation opens."""
    count, quoted, opened = 0, False, 0
    for mark in text:
        if mark == '"':
            quoted = not quoted
            if quoted:
                opened = count
        elif mark == separator and not quoted:
            count += 1
    return opened


def _longest_cell(text: str, separator: str) -> int:
    """Return the index of the longest cell of a line without quotation marks."""
    lengths = [len(cell) for cell in text.split(separator)]
    return lengths.index(max(lengths))
