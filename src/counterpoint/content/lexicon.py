"""The words of a language that texts for people may not hold, and those they must."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from counterpoint.content.tables import ContentTable

_NO_LETTER_BEFORE = r"(?<![^\W\d_])"
_NO_LETTER_AFTER = r"(?![^\W\d_])"


@dataclass(frozen=True, slots=True)
class ToldWords:
    """Words a rule looks for, in one language.

    Parameters
    ----------
    strength, adaptation
        What the meaning of a sign says of interdependence, and of the two stuck styles.
    stop
        What a stop rule says.
    no_reason
        What an exercise for two says of a no.
    mildness
        What no step of an exercise for two may speak of (SAFETY rule 6).
    """

    strength: str
    adaptation: str
    stop: str
    no_reason: str
    mildness: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Banned words with their reasons, exceptions by text, and texts that are as in English."""

    banned: tuple[tuple[re.Pattern[str], str], ...]
    exceptions: frozenset[tuple[str, str]]
    same: frozenset[str]
    told: ToldWords


@cache
def read_lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language; every language writes its own file whole.

    Raises
    ------
    ContentError
        When the file breaks the schema.
    """
    file = files("counterpoint.content") / "data" / language / "lexicon.toml"
    table = ContentTable(file.name, tomllib.loads(file.read_text("utf-8")))
    banned = []
    for entry in table.tables("banned"):
        banned.append((_whole_word(entry.text("pattern")), entry.text("reason")))
        entry.close()
    exceptions = set()
    for entry in table.tables("exceptions"):
        exceptions.add((entry.text("text_id"), entry.text("word").lower()))
        entry.text("reason")
        entry.close()
    same = frozenset(table.texts_or_none("same"))
    (told,) = table.tables("told")
    words = ToldWords(
        strength=told.text("strength"),
        adaptation=told.text("adaptation"),
        stop=told.text("stop"),
        no_reason=told.text("no_reason"),
        mildness=_whole_word(told.text("mildness")),
    )
    told.close()
    table.close()
    return Lexicon(tuple(banned), frozenset(exceptions), same, words)


def _whole_word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_NO_LETTER_BEFORE}(?:{pattern}){_NO_LETTER_AFTER}", re.IGNORECASE)
