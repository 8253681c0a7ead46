"""The need builder: four parts, and words that blame, press or erase, found by rules alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from counterpoint.content.tables import ContentTable, refuse_repeats
from counterpoint.errors import ContentError

KINDS = ("blame", "press", "erase", "guess")
"""What a word can do to a wish: it blames, it presses, it erases the one who wishes, or it is a
guess about the other that sounds like a feeling."""

_END = ".!?,; "


@dataclass(frozen=True, slots=True)
class NeedPart:
    """One part of a wish: observation, feeling, need or request.

    `opening_alone` opens it where the part before it was left out; empty for the same words.
    """

    part_id: str
    opening: str
    opening_alone: str
    title: str
    hint: str
    example: str
    found: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class NeedWord:
    """Words that stand in the way of a wish, with a kind hint.

    Parameters
    ----------
    parts
        Parts of the builder it is looked for in; empty for all, and for text without parts.
    marks, spares
        Examples that have to be marked and that must not be.
    """

    word_id: str
    kind: str
    parts: tuple[str, ...]
    pattern: re.Pattern[str]
    hint: str
    marks: tuple[str, ...]
    spares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One place in a draft: ``draft[start:end]`` is what was written, `hint` what is said to it.

    The hint repeats what was written: escape it where it is shown.
    """

    start: int
    end: int
    kind: str
    word_id: str
    hint: str


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Feelings or needs that lie near each other."""

    group: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class NeedBuilder:
    """Everything the builder says and looks for."""

    version: int
    source: str
    title: str
    lead: str
    safe: str
    kept: str
    nothing_marked: str
    parts: Mapping[str, NeedPart]
    words: Mapping[str, NeedWord]
    feelings: tuple[WordGroup, ...]
    needs: tuple[WordGroup, ...]

    def marks_in(self, draft: str, part_id: str = "") -> tuple[Mark, ...]:
        """Return the words of a draft that stand in the way, in order; where two overlap, one.

        Parameters
        ----------
        draft
            What somebody wrote; it is read here and kept nowhere.
        part_id
            Which part of the builder it is; empty for a whole message.
        """
        plain = draft.replace("’", "'").replace("‘", "'")
        found = [
            Mark(
                start=match.start(),
                end=match.end(),
                kind=word.kind,
                word_id=word.word_id,
                hint=word.hint.replace("{word}", draft[match.start() : match.end()]),
            )
            for word in self.words.values()
            if not word.parts or part_id in word.parts
            for match in word.pattern.finditer(plain)
        ]
        return tuple(_without_overlaps(sorted(found, key=lambda one: (one.start, -one.end))))

    def parts_in(self, message: str) -> tuple[str, ...]:
        """Return which of the four parts a whole message seems to hold, in their order."""
        plain = message.replace("’", "'")
        return tuple(one.part_id for one in self.parts.values() if one.found.search(plain))

    def sentence(self, **parts: str) -> str:
        """Return the wish put together; parts that are empty are left out.

        Parameters
        ----------
        **parts
            What was written for ``observation``, ``feeling``, ``need`` and ``request``.
        """
        told = {
            part_id: f"{part.opening} {parts[part_id].strip(_END)}"
            for part_id, part in self.parts.items()
            if parts.get(part_id, "").strip(_END)
        }
        asked = told.pop("request", "")
        if "need" in told and "feeling" not in told:
            need = self.parts["need"]
            told["need"] = f"{need.opening_alone or need.opening} {parts['need'].strip(_END)}"
        moment = told.pop("observation", "")
        rest = " ".join(told.values())
        wish = f"{moment}{', ' if rest else ' ..'}{rest}" if moment else rest
        sentences = [f"{wish[0].upper()}{wish[1:]}." if wish else "", f"{asked}?" if asked else ""]
        return " ".join(one for one in sentences if one)


def _without_overlaps(marks: list[Mark]) -> Iterator[Mark]:
    reached = -1
    for mark in marks:
        if mark.start >= reached:
            reached = mark.end
            yield mark


def read_needs(table: ContentTable) -> NeedBuilder:
    """Return the need builder of a file.

    Raises
    ------
    ContentError
        When the file breaks the schema, or a pattern is no regular expression.
    """
    parts = [_part(entry) for entry in table.tables("parts")]
    words = [_word(entry) for entry in table.tables("words")]
    refuse_repeats(table.where, [one.part_id for one in parts])
    refuse_repeats(table.where, [one.word_id for one in words])
    builder = NeedBuilder(
        version=table.version(),
        source=table.text("source"),
        title=table.text("title"),
        lead=table.text("lead"),
        safe=table.text("safe"),
        kept=table.text("kept"),
        nothing_marked=table.text("nothing_marked"),
        parts=MappingProxyType({one.part_id: one for one in parts}),
        words=MappingProxyType({one.word_id: one for one in words}),
        feelings=tuple(_group(entry) for entry in table.tables("feelings")),
        needs=tuple(_group(entry) for entry in table.tables("needs")),
    )
    table.close()
    return builder


def _part(entry: ContentTable) -> NeedPart:
    part = NeedPart(
        part_id=entry.text("part_id"),
        opening=entry.text("opening"),
        opening_alone=entry.text_or_empty("opening_alone"),
        title=entry.text("title"),
        hint=entry.text("hint"),
        example=entry.text("example"),
        found=_pattern(entry, "found", after=""),
    )
    entry.close()
    return part


def _word(entry: ContentTable) -> NeedWord:
    word = NeedWord(
        word_id=entry.text("word_id"),
        kind=entry.text("kind"),
        parts=entry.texts_or_none("parts"),
        pattern=_pattern(entry, "pattern", after=r"(?!\w)"),
        hint=entry.text("hint"),
        marks=entry.texts("marks"),
        spares=entry.texts("spares"),
    )
    if word.kind not in KINDS:
        raise ContentError(f"{entry.where}: kind {word.kind!r} is none of {', '.join(KINDS)}")
    entry.close()
    return word


def _pattern(entry: ContentTable, key: str, *, after: str) -> re.Pattern[str]:
    text = entry.text(key)
    try:
        return re.compile(rf"(?<!\w)(?:{text}){after}", re.IGNORECASE)
    except re.error as broken:
        raise ContentError(f"{entry.where}: {key} is no pattern: {broken}") from broken


def _group(entry: ContentTable) -> WordGroup:
    group = WordGroup(group=entry.text("group"), words=entry.texts("words"))
    entry.close()
    return group
