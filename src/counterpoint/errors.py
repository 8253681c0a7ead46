"""Every error Counterpoint raises on purpose.

::

    CounterpointError
    ├── DataError (ValueError)      what was given cannot be read: says where and how to mend it
    ├── EstimationError             an estimate cannot be had from these data
    │   └── NotConvergedError       an iteration did not settle
    ├── ContentError                a content file breaks its own rules
    └── SetupError                  the site cannot start; says which setting is missing
"""

from __future__ import annotations

from dataclasses import dataclass


class CounterpointError(Exception):
    """Root of every error Counterpoint raises on purpose."""


@dataclass(frozen=True)
class Location:
    """Where in an input something is wrong.

    Parameters
    ----------
    source
        File or form the input came from.
    line
        Line number, 1-based, header included; ``None`` when lines have no meaning.
    column
        Column or field name; ``None`` when the whole line is meant.
    """

    source: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.source]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class DataError(CounterpointError, ValueError):
    """What was given cannot be read.

    Parameters
    ----------
    reason
        What is wrong and how to mend it, in one sentence.
    location
        Where it is wrong, when that is known.
    """

    def __init__(self, reason: str, location: Location | None = None) -> None:
        self.reason = reason
        self.location = location
        super().__init__(f"{location}: {reason}" if location else reason)


class EstimationError(CounterpointError):
    """An estimate cannot be had from these data; the message says what can be said instead."""


class NotConvergedError(EstimationError):
    """An iteration did not settle."""


class ContentError(CounterpointError):
    """A content file breaks its own rules."""


class SetupError(CounterpointError):
    """The site cannot start as it is set up."""
