"""Texts in another language, laid over the English files.

The English files hold structure and words. A file of the same path in another language holds
words only, so ids, keys and directions of items are written down once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from counterpoint.content.tables import ContentTable
from counterpoint.errors import ContentError

SOURCE_LANGUAGE = "en"
"""The language whose files hold the structure."""

IDS = (
    "item_id", "value", "entry_id", "word_id", "part_id", "instrument_id", "lead", "skill",
)  # fmt: skip
"""Keys by which an entry of a list is found again, the first that all entries have."""

STRUCTURE = frozenset(
    {
        "after", "coin", "days_from", "entry_id", "from", "id", "instrument_id", "item_id", "kind",
        "leads_to", "link_page", "moves_from", "note", "outcome", "part_id", "parts", "rationale",
        "shows", "sign", "skill", "source", "sources", "state", "tests", "views", "way", "word_id",
    }
)  # fmt: skip
"""Keys whose texts are no words for people; a translation may not hold them."""

DECIMAL_MARKS = {"en": ".", "de": ",", "es": ","}
"""What stands before the decimals of a number in each language."""

WRITTEN_WHOLE = {"needs.toml": ("words", "feelings", "needs")}
"""Lists each language writes for itself: what blames or erases is not the same words elsewhere."""


@dataclass(frozen=True)
class ContentFiles:
    """The content files of one language.

    Parameters
    ----------
    language
        Code of the language; its folder lies beside the English one.
    """

    language: str

    @cached_property
    def _data(self) -> Traversable:
        return files("counterpoint.content") / "data"

    def table(self, path: str) -> ContentTable:
        """Return a file as a table, with the words of this language in it.

        Raises
        ------
        ContentError
            When a file is no TOML, or a translation holds what the English file does not.
        """
        return ContentTable(path, self._rows(path))

    def names(self, folder: str) -> list[str]:
        """Return what lies in a folder, sorted by name."""
        place = self._data / SOURCE_LANGUAGE / folder
        return sorted(one.name for one in place.iterdir())

    def outdated(self, paths: list[str]) -> Iterator[str]:
        """Yield which texts render an earlier English wording, one sentence each."""
        for path in paths:
            words = self._read(self.language, path)
            yield from _outdated(self._read(SOURCE_LANGUAGE, path), words, path)

    def _rows(self, path: str) -> dict[str, Any]:
        rows = self._read(SOURCE_LANGUAGE, path)
        if self.language == SOURCE_LANGUAGE:
            return rows
        words = self._read(self.language, path)
        whole = {name: words.pop(name) for name in WRITTEN_WHOLE.get(path, ()) if name in words}
        return lay_over(rows, words, f"{self.language}/{path}") | whole

    def _read(self, language: str, path: str) -> dict[str, Any]:
        file = self._data.joinpath(language, *path.split("/"))
        if language != SOURCE_LANGUAGE and not file.is_file():
            return {}
        try:
            return tomllib.loads(file.read_text("utf-8"))
        except tomllib.TOMLDecodeError as broken:
            raise ContentError(f"{language}/{path}: {broken}") from broken


def lay_over(rows: Mapping[str, Any], words: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return a table with the words of a translation in place of its own.

    Parameters
    ----------
    rows
        The English table.
    words
        Texts under the same keys; ``version`` counts the wordings of this language, ``of`` names
        the English wording that is rendered. What is left out stays English.
    where
        File, for messages.

    Raises
    ------
    ContentError
        When the translation holds a key or an entry that is not there, changes what is no text,
        or does not say which wording it renders.
    """
    if ("version" in rows) and words and not {"version", "of"} <= words.keys():
        raise ContentError(f"{where}: a translation says its version and which one it is of")
    laid = dict(rows)
    for key, value in words.items():
        if key == "of" and "version" in rows:
            continue
        if key not in rows:
            raise ContentError(f"{where}: the English file has no {key}")
        laid[key] = _value(rows[key], value, key, f"{where}, {key}")
    return laid


def _value(base: Any, value: Any, key: str, where: str) -> Any:
    if isinstance(base, dict) and isinstance(value, dict):
        return lay_over(base, value, where)
    if _are_tables(base) and _are_tables(value):
        return _entries(base, value, where)
    if base == value or key == "version":
        return value
    if key in STRUCTURE:
        raise ContentError(f"{where}: is structure and stands in the English file alone")
    if isinstance(base, str) and isinstance(value, str):
        return value
    if _are_texts(base) and _are_texts(value):
        if len(base) != len(value):
            raise ContentError(f"{where}: has {len(value)} texts where English has {len(base)}")
        return value
    raise ContentError(f"{where}: is no text in English, or another kind of it")


def _entries(base: list[Any], value: list[Any], where: str) -> list[Any]:
    key = _id_of(base)
    if key is None or not all(key in one for one in value):
        if len(base) != len(value):
            raise ContentError(f"{where}: has {len(value)} entries where English has {len(base)}")
        return [
            lay_over(one, words, f"{where} {number}")
            for number, (one, words) in enumerate(zip(base, value, strict=True), 1)
        ]
    found = {one[key]: one for one in value}
    unknown = found.keys() - {one[key] for one in base}
    if unknown:
        raise ContentError(f"{where}: English has no {', '.join(map(str, sorted(unknown)))}")
    return [lay_over(one, found.get(one[key], {}), f"{where} {one[key]}") for one in base]


def _outdated(rows: Any, words: Any, where: str) -> Iterator[str]:
    if isinstance(rows, dict) and isinstance(words, dict):
        if words.get("of", rows.get("version")) != rows.get("version"):
            yield f"{where}: renders wording {words['of']}, and English is at {rows['version']}"
        for key in rows.keys() & words.keys():
            yield from _outdated(rows[key], words[key], f"{where}, {key}")
    elif _are_tables(rows) and _are_tables(words):
        key = _id_of(rows)
        if key is not None:
            found = {one.get(key): one for one in words}
            for one in rows:
                yield from _outdated(one, found.get(one[key], {}), f"{where} {one[key]}")


def _id_of(entries: list[Any]) -> str | None:
    return next((key for key in IDS if all(key in one for one in entries)), None)


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
