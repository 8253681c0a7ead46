"""Parquet read batch by batch, only in the columns that are wanted."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from counterpoint.cohort.table.cells import printable
from counterpoint.cohort.table.header import check_header
from counterpoint.cohort.table.limits import MAX_COLUMN_BYTES, MAX_ROWS
from counterpoint.errors import DataError, Location

_BATCH_ROWS = 16_384


class ParquetSheet:
    """A Parquet file as a sheet; cells become the text a CSV file would hold.

    Parameters
    ----------
    path
        The file.
    source
        Its name for messages.
    most_rows
        How many rows it may have; where more than can be held whole are allowed, a column may
        also be of any size.

    Raises
    ------
    DataError
        The file is damaged, too large, or names a column twice.
    """

    def __init__(self, path: Path, source: str, most_rows: int = MAX_ROWS) -> None:
        import pyarrow as pa  # noqa: PLC0415 - paid for only when a Parquet file is read
        import pyarrow.parquet as pq  # noqa: PLC0415 - paid for only when a Parquet file is read

        self.source = source
        self._is_whole = most_rows <= MAX_ROWS
        try:
            self._file = pq.ParquetFile(path)
            self._schema = self._file.schema_arrow
        except (pa.ArrowException, OSError, ValueError) as error:
            raise self._damaged(error) from None
        self.header: tuple[str, ...] = tuple(name.strip() for name in self._schema.names)
        check_header(self.header, source, None)
        if self._file.metadata.num_rows > most_rows:
            raise DataError(
                f"the file has {self._file.metadata.num_rows:,} rows; "
                f"at most {most_rows:,} are read at once; a file sorted by couple can be read with "
                "--stream",
                Location(source),
            )

    def rows(self, columns: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """Yield the row number, counted from 1, and the wanted cells of each row."""
        import pyarrow as pa  # noqa: PLC0415 - paid for only when a Parquet file is read

        for index in columns:
            self._check_column(index)
        names = [self._schema.names[index] for index in columns]
        row = 0
        try:
            for batch in self._file.iter_batches(batch_size=_BATCH_ROWS, columns=names):
                place = {name: number for number, name in enumerate(batch.schema.names)}
                values = [batch.column(place[name]).to_pylist() for name in names]
                for cells in zip(*values, strict=True):
                    row += 1
                    yield (
                        row,
                        [
                            self._text(cell, row, index)
                            for cell, index in zip(cells, columns, strict=True)
                        ],
                    )
        except (pa.ArrowException, OSError, ValueError) as error:
            if isinstance(error, DataError):
                raise
            raise self._damaged(error) from None

    def _check_column(self, index: int) -> None:
        """Refuse a column that holds no single values or unpacks to too much."""
        import pyarrow.types as kinds  # noqa: PLC0415 - paid for only when a Parquet file is read

        name = self._schema.names[index]
        where = Location(self.source, None, printable(name))
        kind = self._schema.field(index).type
        if kinds.is_dictionary(kind):
            kind = kind.value_type
        plain = (
            kinds.is_integer(kind)
            or kinds.is_floating(kind)
            or kinds.is_decimal(kind)
            or kinds.is_string(kind)
            or kinds.is_large_string(kind)
            or kinds.is_date(kind)
            or kinds.is_timestamp(kind)
            or kinds.is_null(kind)
        )
        if not plain:
            raise DataError(f"this column is of the type {kind}; a number or text is needed", where)
        size = 0
        metadata = self._file.metadata
        for group in range(metadata.num_row_groups):
            rows = metadata.row_group(group)
            for leaf in range(rows.num_columns):
                if rows.column(leaf).path_in_schema == name:
                    size += rows.column(leaf).total_uncompressed_size
        if self._is_whole and size > MAX_COLUMN_BYTES:
            raise DataError(
                f"this column unpacks to {size:,} bytes; at most {MAX_COLUMN_BYTES:,} are read",
                where,
            )

    def _text(self, cell: Any, row: int, index: int) -> str:
        """Return a cell as the text a CSV file would hold."""
        if cell is None:
            return ""
        if isinstance(cell, float):
            if math.isnan(cell):
                return ""
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        if isinstance(cell, dt.datetime):
            if (cell.hour, cell.minute, cell.second, cell.microsecond) != (0, 0, 0, 0):
                raise DataError(
                    "this is a moment, not a day; keep the date alone",
                    Location(self.source, row, printable(self.header[index])),
                )
            return cell.date().isoformat()
        if isinstance(cell, dt.date):
            return cell.isoformat()
        return str(cell)

    def _damaged(self, error: Exception) -> DataError:
        reason = printable(str(error).strip().splitlines()[0] if str(error).strip() else "", 160)
        return DataError(
            f"the Parquet file is damaged and cannot be read ({reason})", Location(self.source)
        )
