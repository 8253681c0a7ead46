"""The rules a text must keep, applied to everything the product says."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoint.content.lexicon import Lexicon, ToldWords, read_lexicon
from counterpoint.content.loader import load_content
from counterpoint.content.need_checks import needs_broken
from counterpoint.content.practice_checks import exercises_broken
from counterpoint.content.question_checks import questions_broken
from counterpoint.content.readability import grade_of
from counterpoint.content.schema import Content
from counterpoint.content.sign_checks import sign_pages_broken
from counterpoint.content.source_checks import sources_broken
from counterpoint.content.spoken import texts_in
from counterpoint.content.telling_checks import telling_broken
from counterpoint.content.translation_checks import translation_broken
from counterpoint.domain.signs import Sign
from counterpoint.domain.styles import Style

GRADE_LIMIT = 8.0
"""Highest reading grade of a page, an exercise or a group of short texts."""

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


def grades_of(content: Content) -> dict[str, float]:
    """Return the reading grade of every group of texts in its language, hardest first."""
    groups: dict[str, list[str]] = {}
    for spoken in texts_in(content):
        text = spoken.text if spoken.text.endswith((".", "?", "!")) else f"{spoken.text}."
        groups.setdefault(spoken.group, []).append(text)
    grades = {group: grade_of(" ".join(texts), content.language) for group, texts in groups.items()}
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
        for pattern, _ in read_lexicon(language).banned
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
    lexicon = read_lexicon(language)
    return [
        *_words(said, lexicon),
        *_reading(said),
        *_signs(said, lexicon.told),
        *sign_pages_broken(said, lexicon.told),
        *questions_broken(said),
        *exercises_broken(said, lexicon.told),
        *sources_broken(said),
        *telling_broken(said),
        *needs_broken(said),
        *_links(said),
        *translation_broken(said, lexicon),
    ]


def _words(content: Content, lexicon: Lexicon) -> Iterator[str]:
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
        grade = grade_of(spoken.text, content.language)
        if len(spoken.text.split()) >= LONG_TEXT_WORDS and grade > LONG_TEXT_LIMIT:
            yield f"{spoken.text_id}: reading grade {grade:.1f} is above {LONG_TEXT_LIMIT:.0f}"


def _signs(content: Content, told: ToldWords) -> Iterator[str]:
    for sign, text in content.signs.items():
        if text.safety_line != (sign in SAFETY_LINE_SIGNS):
            yield f"signs.{sign.value}: safety_line stands on the three signs of SAFETY rule 11"
        told_as_strength = told.strength in text.meaning
        told_as_adaptation = told.adaptation in text.meaning
        is_strength = sign.style is Style.INTERDEPENDENCE
        if told_as_strength != is_strength or told_as_adaptation == is_strength:
            yield (
                f"signs.{sign.value}: say {told.adaptation!r} of a stuck style, "
                f"and {told.strength!r} of interdependence"
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
