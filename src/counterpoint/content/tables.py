"""Typed, strict access to a table of a content file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from counterpoint.errors import ContentError

Word = TypeVar("Word", bound=StrEnum)
_TEST = re.compile(r"tests/(?:\w+/)*test_\w+\.py::test_\w+")


class ContentTable:
    """A table of a content file: every access checks its type, `close` refuses leftovers.

    Parameters
    ----------
    where
        File and table, for messages.
    rows
        What the TOML parser read.
    """

    def __init__(self, where: str, rows: dict[str, Any]) -> None:
        self.where = where
        self._left = dict(rows)

    def _take(self, key: str, kind: type, default: Any) -> Any:
        value = self._left.pop(key, default)
        if value is None:
            raise ContentError(f"{self.where}: {key} is missing")
        if type(value) is not kind:
            raise ContentError(f"{self.where}: {key} must be of type {kind.__name__}")
        return value

    def text(self, key: str) -> str:
        """Return a text that may not be empty."""
        value: str = self._take(key, str, None)
        if not value.strip():
            raise ContentError(f"{self.where}: {key} is empty")
        return " ".join(value.split())

    def text_or_empty(self, key: str) -> str:
        """Return a text, empty when it is left out."""
        return " ".join(str(self._take(key, str, "")).split())

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none of them empty."""
        values = self._take(key, list, None)
        if not values or not all(isinstance(value, str) and value.strip() for value in values):
            raise ContentError(f"{self.where}: {key} must be a list of texts")
        return tuple(" ".join(value.split()) for value in values)

    def texts_or_none(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it is left out."""
        return self.texts(key) if key in self._left else ()

    def tests(self) -> tuple[str, ...]:
        """Return names of tests, ``tests/.../test_x.py::test_y``; none when they are left out."""
        values = self._take("tests", list, [])
        if not all(isinstance(one, str) and _TEST.fullmatch(one) for one in values):
            raise ContentError(f"{self.where}: tests are named tests/folder/test_x.py::test_y")
        return tuple(values)

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers; empty when it is left out."""
        values = self._take(key, list, [])
        if not all(type(value) is int for value in values):
            raise ContentError(f"{self.where}: {key} must be a list of whole numbers")
        return tuple(values)

    def number(self, key: str) -> int:
        """Return a whole number."""
        return int(self._take(key, int, None))

    def version(self) -> int:
        """Return the version, which counts from 1."""
        value = self.number("version")
        if value < 1:
            raise ContentError(f"{self.where}: version counts from 1")
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        return bool(self._take(key, bool, default))

    def day_or_none(self, key: str) -> date | None:
        """Return a date, or nothing when it is left out."""
        value = self._left.pop(key, None)
        if value is not None and type(value) is not date:
            raise ContentError(f"{self.where}: {key} must be a date such as 2026-01-31")
        return value

    def word(self, key: str, words: type[Word]) -> Word:
        """Return a word of the domain."""
        value = self.text(key)
        try:
            return words(value)
        except ValueError as unknown:
            raise ContentError(f"{self.where}: {key} {value!r} is no {words.__name__}") from unknown

    def word_or_none(self, key: str, words: type[Word]) -> Word | None:
        """Return a word of the domain, or nothing when it is left out."""
        return self.word(key, words) if key in self._left else None

    def words(self, key: str, words: type[Word]) -> tuple[Word, ...]:
        """Return a list of words of the domain, empty when it is left out."""
        known = {word.value: word for word in words}
        named = self.texts_or_none(key)
        for name in named:
            if name not in known:
                raise ContentError(f"{self.where}: {key} {name!r} is no {words.__name__}")
        return tuple(known[name] for name in named)

    def tables(self, key: str) -> list[ContentTable]:
        """Return the tables of a list; an absent list is empty."""
        values = self._take(key, list, [])
        if not all(isinstance(value, dict) for value in values):
            raise ContentError(f"{self.where}: {key} must be a list of tables")
        return [
            ContentTable(f"{self.where}, {key} {n}", value) for n, value in enumerate(values, 1)
        ]

    def named_tables(self) -> list[tuple[str, ContentTable]]:
        """Return every remaining table with its name, and leave nothing behind."""
        rows, self._left = self._left, {}
        for name, value in rows.items():
            if not isinstance(value, dict):
                raise ContentError(f"{self.where}: {name} must be a table")
        return [(name, ContentTable(f"{self.where}, {name}", rows[name])) for name in rows]

    def close(self) -> None:
        """Refuse what nobody asked for: a misspelt key must not pass in silence."""
        if self._left:
            raise ContentError(f"{self.where}: unknown {', '.join(sorted(self._left))}")


def parse_table(text: str, source: str) -> ContentTable:
    """Return a TOML text as a table; `source` names it in messages."""
    try:
        return ContentTable(source, tomllib.loads(text))
    except tomllib.TOMLDecodeError as broken:
        raise ContentError(f"{source}: {broken}") from broken


def refuse_repeats(where: str, ids: Iterable[str]) -> None:
    """Refuse an id that is there twice."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ContentError(f"{where}: {one} is there twice")
        seen.add(one)
