"""Sentences with placeholders, and their plurals."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from counterpoint.errors import ContentError

PhraseValue = str | int | float


class _PhraseFormatter(string.Formatter):
    """``{days}`` gives the value, ``{days:day|days}`` the word that fits it."""

    def __init__(self, decimal: str) -> None:
        self.decimal = decimal

    def get_field(
        self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, str]:
        if not field_name.isidentifier():
            raise ContentError(f"a placeholder must be a plain name, not {field_name!r}")
        return self.get_value(field_name, args, kwargs), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if not format_spec:
            return (
                _spoken(value).replace(".", self.decimal)
                if isinstance(value, float)
                else str(value)
            )
        singular, separator, plural = format_spec.partition("|")
        if not separator:
            raise ContentError(f"a placeholder takes 'one|many', not {format_spec!r}")
        if isinstance(value, str):
            raise ContentError(f"a plural needs a number, not {value!r}")
        return singular if value == 1 else plural


def _spoken(value: float) -> str:
    """Write a number as a person would: no decimals where there are none."""
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}"


@dataclass(frozen=True)
class Phrase:
    """A sentence about a person, with placeholders.

    Parameters
    ----------
    phrase_id
        Stable id, dotted (``place.connection.nearer``); never re-used for another meaning.
    version
        Counts up when the wording changes.
    source
        Where the sentence comes from.
    text
        The template. ``{days}`` is replaced by a value, ``{days:day|days}`` by the word that
        agrees with it.
    decimal
        What stands before the decimals of a number in the language of the text.
    """

    phrase_id: str
    version: int
    source: str
    text: str
    decimal: str = "."

    @cached_property
    def values(self) -> frozenset[str]:
        """Names of the values the template needs."""
        try:
            return frozenset(
                name for _, name, _, _ in string.Formatter().parse(self.text) if name is not None
            )
        except ValueError as broken:
            raise ContentError(f"phrase {self.phrase_id!r}: {broken}") from broken

    def render(self, values: Mapping[str, PhraseValue]) -> str:
        """Return the sentence with its values put in.

        Parameters
        ----------
        values
            One for every name in `values`; a name the template does not use is ignored, so that
            one call can choose among variants. A whole float is written without decimals.

        Returns
        -------
        str
            Plain text: escape it where it is shown.

        Raises
        ------
        ContentError
            When a value is missing, or a plural is given something that is not a number.
        """
        missing = sorted(self.values - values.keys())
        if missing:
            raise ContentError(f"phrase {self.phrase_id!r} needs {', '.join(missing)}")
        return _PhraseFormatter(self.decimal).vformat(self.text, (), values)
