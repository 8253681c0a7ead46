"""A file as a sheet: a header and numbered rows of text, whatever it was written as.

A diary comes as CSV or as Parquet. Both are read row by row and only in the columns that
are wanted, so that a large file costs no more memory than its answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from counterpoint.cohort.table.cells import printable
from counterpoint.cohort.table.csv_sheet import CsvSheet
from counterpoint.cohort.table.limits import MAX_ROWS
from counterpoint.cohort.table.parquet_sheet import ParquetSheet
from counterpoint.errors import DataError, Location


class Sheet(Protocol):
    """A header and numbered rows.

    Attributes
    ----------
    source
        The file's name as the reader of a message knows it.
    header
        Names of the columns, stripped of surrounding blanks.
    """

    source: str
    header: tuple[str, ...]

    def rows(self, columns: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """Yield the line number and the wanted cells, in the order of ``columns``.

        Lines are counted from 1 with the header; rows of a Parquet file from 1 without.
        """
        ...


_FOREIGN = (
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"PK\x03\x04", "a zip archive or a spreadsheet; export the sheet as CSV first"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet; export the sheet as CSV first"),
    (b"\xff\xfe", "UTF-16 text; save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text; save it as UTF-8"),
    (b"$FL2", "an SPSS file; export it as CSV first"),
    (b"<stata", "a Stata file; export it as CSV first"),
    (b"RDX", "an R data file; write it as CSV first"),
    (b"ARROW1", "an Arrow file; write it as Parquet first"),
)


def open_sheet(path: Path, *, most_rows: int = MAX_ROWS) -> Sheet:
    """Open a CSV or Parquet file; which of the two it is, its first bytes tell.

    Parameters
    ----------
    path
        The file.
    most_rows
        How many rows it may have.

    Raises
    ------
    DataError
        There is no such file, it cannot be read, it is empty, or it is something else.
    """
    source = printable(str(path), 200)
    where = Location(source)
    try:
        if path.is_dir():
            raise DataError("this is a folder; give one CSV or Parquet file", where)
        if path.exists() and not path.is_file():
            raise DataError("this is not an ordinary file", where)
        with path.open("rb") as file:
            start = file.read(8)
    except DataError:
        raise
    except FileNotFoundError:
        raise DataError("there is no such file", where) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it has no readable name"
        raise DataError(f"the file cannot be opened: {reason}", where) from None
    if not start:
        raise DataError("the file is empty", where)
    if start.startswith(b"PAR1"):
        return ParquetSheet(path, source, most_rows)
    if path.suffix.lower() in {".parquet", ".pq"}:
        raise DataError("this is not a Parquet file, although its name says so", where)
    for magic, what in _FOREIGN:
        if start.startswith(magic):
            raise DataError(f"this is {what}", where)
    return CsvSheet(path, source, most_rows)
