"""Tables that a command writes into a Markdown page, each in a place of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from counterpoint.cohort.population_distance import Difference
from counterpoint.cohort.replacing import replaced_file
from counterpoint.cohort.table.cells import printable
from counterpoint.errors import DataError, Location


def write_comparison(path: Path, found: Iterable[Difference], *, couples: int, base: str) -> None:
    """Write how far a learned population is from the one before into a page.

    Parameters
    ----------
    path
        A page with a place named ``comparison`` (see `replace_section`).
    found
        The numbers.
    couples
        How many couples it was learned from.
    base
        What it was anchored on.
    """
    lines = [
        f"Learned from {couples:,} couples; before: {base}.",
        "",
        "| number | before | learned | in words |",
        "|---|---|---|---|",
    ]
    for one in found:
        digits = 1 if one.unit == "points" else 2
        name = f"{one.name}, {one.unit}" if one.unit else one.name
        before, after = (round(value, digits) + 0.0 for value in (one.before, one.after))
        lines.append(f"| {name} | {before:.{digits}f} | {after:.{digits}f} | {one.words} |")
    replace_section(path, "comparison", "\n".join(lines))


def replace_section(path: Path, name: str, text: str) -> None:
    """Write text between ``<!-- NAME -->`` and ``<!-- end NAME -->`` of a page.

    Parameters
    ----------
    path
        The page.
    name
        Name of the place.
    text
        What is to stand there.

    Raises
    ------
    DataError
        There is no such page, or no such place in it.
    """
    where = Location(printable(str(path), 200))
    begin, end = f"<!-- {name} -->", f"<!-- end {name} -->"
    try:
        page = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise DataError("there is no such page", where) from None
    before, found, rest = page.partition(begin)
    _, ended, after = rest.partition(end)
    if not (found and ended):
        raise DataError(f"the page has no place between {begin} and {end}", where)
    with replaced_file(path) as part:
        part.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")
