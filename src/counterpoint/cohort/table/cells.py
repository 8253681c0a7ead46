"""One cell of a diary file: an answer, a day, the name of a couple or a member.

Each reader takes the text of a cell and returns its value, or raises ``ValueError``
with the reason; whoever knows the line and the column adds them.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata

from counterpoint.cohort.table.limits import MAX_LABEL_CHARACTERS

MISSING = frozenset({"", "na", "nan"})
"""Texts, in lower case, that mean "not answered"."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,9}(?:\.0*)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


def shown(text: str, width: int = 40) -> str:
    """Return a text in quotes, shortened, with everything unprintable escaped.

    Parameters
    ----------
    text
        Any text from a file, however hostile.
    width
        Most characters to show.
    """
    return f"'{printable(text, width)}'"


def printable(text: str, width: int = 60) -> str:
    """Return a text without quotes, shortened, with everything unprintable escaped."""
    short = text if len(text) <= width else text[: width - 1] + "…"
    return "".join(
        mark if mark.isprintable() and not unicodedata.combining(mark) else _escaped(mark)
        for mark in short
    )


def _escaped(mark: str) -> str:
    return mark.encode("unicode_escape").decode("ascii")


def read_answer(text: str, low: float, high: float) -> float:
    """Return an answer as a number, or NaN when it was not given.

    Parameters
    ----------
    text
        The cell.
    low, high
        The ends of the answer scale; an answer must lie between them.

    Raises
    ------
    ValueError
        The cell is not a number, not finite, or outside the scale.
    """
    text = text.strip()
    if text.lower() in MISSING:
        return math.nan
    if not _NUMBER.fullmatch(text):
        if _DECIMAL_COMMA.fullmatch(text):
            raise ValueError(f"{shown(text)} has a decimal comma; write a decimal point")
        raise ValueError(
            f"{shown(text)} is not a number; leave the cell empty or write NA if it is missing"
        )
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{shown(text)} is too large to be a number")
    if not low <= value <= high:
        raise ValueError(
            f"{shown(text)} lies outside the range {low:g} to {high:g}; "
            "give the ends of your scale with --range LOW,HIGH"
        )
    return value


def read_day(text: str) -> tuple[int, bool]:
    """Return a day as a whole number, and whether it was written as a date.

    Parameters
    ----------
    text
        A whole number such as ``17`` or a date such as ``2024-02-29``.

    Returns
    -------
    int, bool
        The number (for a date its proleptic ordinal) and whether it was a date.

    Raises
    ------
    ValueError
        The cell is neither, or empty.
    """
    text = text.strip()
    if _WHOLE.fullmatch(text):
        return int(text.partition(".")[0]), False
    if _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text).toordinal(), True
        except ValueError:
            raise ValueError(f"{shown(text)} is not a day of the calendar") from None
    if text.lower() in MISSING:
        raise ValueError("the day is missing; every row needs one")
    raise ValueError(f"{shown(text)} is not a day; write a whole number or a date as YYYY-MM-DD")


def read_label(text: str, what: str) -> str:
    """Return the name of a couple or a member.

    Parameters
    ----------
    text
        The cell.
    what
        What the name belongs to, for the message: ``couple`` or ``member``.

    Raises
    ------
    ValueError
        The name is missing, too long, or holds unprintable characters.
    """
    text = text.strip()
    if text.lower() in MISSING:
        raise ValueError(f"the {what} is missing; every row needs one")
    if len(text) > MAX_LABEL_CHARACTERS:
        raise ValueError(
            f"the name of the {what} has {len(text):,} characters; "
            f"at most {MAX_LABEL_CHARACTERS} are read"
        )
    if not text.isprintable():
        raise ValueError(f"the name of the {what}, {shown(text)}, holds unprintable characters")
    return text
