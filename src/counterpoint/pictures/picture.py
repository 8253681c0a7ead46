"""What every picture is: a drawing, one sentence that says it, a table that holds its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoint.errors import DataError


@dataclass(frozen=True)
class Table:
    """The table twin of a picture.

    Parameters
    ----------
    headers
        Column headings, in words.
    rows
        One tuple of words a row, as long as ``headers``.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.headers)]
        if wrong:
            raise DataError(
                f"a table row has {len(wrong[0])} cells for {len(self.headers)} headings"
            )


@dataclass(frozen=True)
class Picture:
    """One picture with its sentence and its table.

    Parameters
    ----------
    svg
        A complete ``<svg>`` element: no script, no style sheet, nothing fetched.
    sentence
        What the picture shows, for the caption and for those who hear it.
    table
        The same numbers as a table.
    title
        A short name.
    """

    svg: str
    sentence: str
    table: Table
    title: str

    def __post_init__(self) -> None:
        if not self.sentence.strip():
            raise DataError("a picture without a sentence is a defect")
