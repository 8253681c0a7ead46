"""The rules a translation must keep: whole, up to date, and with the same blanks to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterpoint.content.lexicon import Lexicon
from counterpoint.content.loader import content_paths, load_content
from counterpoint.content.schema import Content
from counterpoint.content.spoken import texts_in
from counterpoint.content.translation import SOURCE_LANGUAGE, ContentFiles

_LETTERS = re.compile(r"[^\W\d_]{3,}")


def translation_broken(content: Content, lexicon: Lexicon) -> Iterator[str]:
    """Yield what is wrong with a translation, one sentence a problem; nothing for English."""
    if content.language == SOURCE_LANGUAGE:
        return
    source = load_content(SOURCE_LANGUAGE)
    yield from ContentFiles(content.language).outdated(content_paths())
    yield from _left(source, content, lexicon)
    for phrase_id, phrase in content.phrases.items():
        unknown = phrase.values - source.phrases[phrase_id].values
        if unknown:
            yield f"phrases.{phrase_id}: English has no {', '.join(sorted(unknown))}"


def _left(source: Content, content: Content, lexicon: Lexicon) -> Iterator[str]:
    """Yield texts that are still English, and exceptions that are not needed."""
    english = {one.text_id: one.text for one in texts_in(source)}
    needed = set()
    for one in texts_in(content):
        if english.get(one.text_id) != one.text or not _LETTERS.search(one.text):
            continue
        needed.add(one.text_id)
        if one.text_id not in lexicon.same:
            yield f"{one.text_id}: is still English"
    for text_id in sorted(lexicon.same - needed):
        yield f"lexicon: {text_id} is not the same as in English"
