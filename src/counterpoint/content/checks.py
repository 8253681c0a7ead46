"""The rules a text must keep, applied to everything the product says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from counterpoint.content.loader import load_content
from counterpoint.content.need_checks import needs_broken
from counterpoint.content.practice_checks import exercises_broken
from counterpoint.content.question_checks import questions_broken
from counterpoint.content.readability import grade_of
from counterpoint.content.schema import Content
from counterpoint.content.sign_checks import sign_pages_broken
from counterpoint.content.source_checks import sources_broken
from counterpoint.content.spoken import texts_in
from counterpoint.content.tables import ContentTable
from counterpoint.content.telling_checks import telling_broken
from counterpoint.domain.signs import Sign
from counterpoint.domain.styles import Style

GRADE_LIMIT = 8.0
"""Highest Flesch-Kincaid grade of a page, an exercise or a group of short texts."""

LONG_TEXT_LIMIT = 10.0
"""The same for a single text of fifteen words or more; shorter ones vary too widely to be told."""

LONG_TEXT_WORDS = 15

SAFETY_LINE_SIGNS = frozenset(
    {Sign.STAYING_QUIET, Sign.HARMONY_OVER_HONESTY, Sign.LOSING_OWN_FEELINGS}
)
"""Signs that may be silence kept for safety; the safety line stands beside them on every page."""

REQUIRED_PAGES = (
    "cannot", "help_fear", "landing", "limits", "own_part", "parted", "privacy", "promises",
    "simulated", "styles",
)  # fmt: skip

_NO_LETTER_BEFORE = r"(?<![^\W\d_])"
_NO_LETTER_AFTER = r"(?![^\W\d_])"


@dataclass(frozen=True, slots=True)
class _Lexicon:
    banned: tuple[tuple[re.Pattern[str], str], ...]
    exceptions: frozenset[tuple[str, str]]


def grades_of(content: Content) -> dict[str, float]:
    """Return the Flesch-Kincaid grade of every group of texts, hardest first."""
    groups: dict[str, list[str]] = {}
    for spoken in texts_in(content):
        text = spoken.text if spoken.text.endswith((".", "?", "!")) else f"{spoken.text}."
        groups.setdefault(spoken.group, []).append(text)
    grades = {group: grade_of(" ".join(texts)) for group, texts in groups.items()}
    return dict(sorted(grades.items(), key=lambda pair: -pair[1]))


def banned_words_in(text: str, language: str = "en") -> list[str]:
    """Return the words of a text that no text for people may hold, in order of appearance.

    Parameters
    ----------
    text
        Plain text, from wherever it is shown: a template, a picture, a message.
    language
        Language of the lexicon.

    Returns
    -------
    list of str
        The words as they stand in the text; empty when it keeps the rule.
    """
    found = [
        (match.start(), match.group())
        for pattern, _ in _lexicon(language).banned
        for match in pattern.finditer(text)
    ]
    return [word for _, word in sorted(found)]


def check_content(language: str = "en", *, content: Content | None = None) -> list[str]:
    """Return what is wrong with the content of a language; nothing, when it keeps every rule.

    Parameters
    ----------
    language
        Language of the texts, and of the lexicon they are held against.
    content
        Texts to check; those of `language` when left out.

    Returns
    -------
    list of str
        One sentence a problem, each naming the text.

    Raises
    ------
    ContentError
        When a file breaks the schema, so that nothing can be checked.
    """
    said = load_content(language) if content is None else content
    return [
        *_words(said, _lexicon(language)),
        *_reading(said),
        *_signs(said),
        *sign_pages_broken(said),
        *questions_broken(said),
        *exercises_broken(said),
        *sources_broken(said),
        *telling_broken(said),
        *needs_broken(said),
        *_links(said),
    ]


@cache
def _lexicon(language: str) -> _Lexicon:
    file = files("counterpoint.content") / "data" / language / "lexicon.toml"
    table = ContentTable(file.name, tomllib.loads(file.read_text("utf-8")))
    banned = []
    for entry in table.tables("banned"):
        pattern = re.compile(
            rf"{_NO_LETTER_BEFORE}(?:{entry.text('pattern')}){_NO_LETTER_AFTER}", re.IGNORECASE
        )
        banned.append((pattern, entry.text("reason")))
        entry.close()
    exceptions = set()
    for entry in table.tables("exceptions"):
        exceptions.add((entry.text("text_id"), entry.text("word").lower()))
        entry.text("reason")
        entry.close()
    table.close()
    return _Lexicon(tuple(banned), frozenset(exceptions))


def _words(content: Content, lexicon: _Lexicon) -> Iterator[str]:
    needed = set()
    for spoken in texts_in(content):
        for pattern, reason in lexicon.banned:
            for match in pattern.finditer(spoken.text):
                found = (spoken.text_id, match.group().lower())
                needed.add(found)
                if found not in lexicon.exceptions:
                    yield f"{spoken.text_id}: {match.group()!r} ({reason})"
    for text_id, word in sorted(lexicon.exceptions - needed):
        yield f"lexicon: the exception for {word!r} in {text_id} is not needed"


def _reading(content: Content) -> Iterator[str]:
    for group, grade in grades_of(content).items():
        if grade > GRADE_LIMIT:
            yield f"{group}: reading grade {grade:.1f} is above {GRADE_LIMIT:.0f}"
    for spoken in texts_in(content):
        grade = grade_of(spoken.text)
        if len(spoken.text.split()) >= LONG_TEXT_WORDS and grade > LONG_TEXT_LIMIT:
            yield f"{spoken.text_id}: reading grade {grade:.1f} is above {LONG_TEXT_LIMIT:.0f}"


def _signs(content: Content) -> Iterator[str]:
    for sign, text in content.signs.items():
        if text.safety_line != (sign in SAFETY_LINE_SIGNS):
            yield f"signs.{sign.value}: safety_line stands on the three signs of SAFETY rule 11"
        told_as_strength = "a strength" in text.meaning
        told_as_adaptation = "an adaptation, not a flaw" in text.meaning
        is_strength = sign.style is Style.INTERDEPENDENCE
        if told_as_strength != is_strength or told_as_adaptation == is_strength:
            yield (
                f"signs.{sign.value}: say 'an adaptation, not a flaw' of a stuck style, "
                "and 'a strength' of interdependence"
            )


def _links(content: Content) -> Iterator[str]:
    for page_id in dict.fromkeys((*REQUIRED_PAGES, *content.learn)):
        if page_id not in content.pages:
            yield f"pages: {page_id} is missing"
    for item in content.checkin.items.values():
        if bool(item.link) != bool(item.link_page):
            yield f"checkin.{item.item_id}: a link needs both its words and its page"
        elif item.link_page and item.link_page not in content.pages:
            yield f"checkin.{item.item_id}: there is no page {item.link_page!r}"
    for family in ("safety_line", "neutral_state"):
        if family not in content.phrases:
            yield f"phrases: {family} is missing"
