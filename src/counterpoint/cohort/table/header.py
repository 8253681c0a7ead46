"""The header of a file, checked before anything below it is read."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoint.cohort.table.cells import printable
from counterpoint.cohort.table.limits import MAX_COLUMNS
from counterpoint.errors import DataError, Location


def check_header(header: Sequence[str], source: str, line: int | None) -> None:
    """Refuse a header that has too many columns or names one twice.

    Raises
    ------
    DataError
        With the line of the header and the name of the column.
    """
    if len(header) > MAX_COLUMNS:
        raise DataError(
            f"the header has {len(header):,} columns; at most {MAX_COLUMNS:,} are read",
            Location(source, line, printable(header[MAX_COLUMNS])),
        )
    seen: dict[str, int] = {}
    for place, name in enumerate(header, start=1):
        if name and name in seen:
            raise DataError(
                f"the header names this column twice, as columns {seen[name]} and {place}",
                Location(source, line, printable(name)),
            )
        seen[name] = place
