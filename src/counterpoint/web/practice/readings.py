"""What the need builder says to a draft: the wish put together, and single words. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from counterpoint.content.needs import NeedBuilder

MESSAGE = "message"
FIELDS = ("observation", "feeling", "need", "request", MESSAGE)
"""What a draft can hold: the four parts of a wish, and words written in one piece."""

Words = Mapping[str, str]
"""What was written, by field; empty where nothing was."""

MAKES_SMALL = "erase"
"""Words that take the writer out. Nothing is said to them where silence may be kept for safety."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what was written; ``number`` is that of its remark, 0 where there is none."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One field in which something was marked, in stretches.

    Parameters
    ----------
    title
        Which part of the wish it is; empty for words written in one piece.
    opening
        The words the part begins with, as in the sentence.
    pieces
        All of the field, in order.
    """

    title: str
    opening: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said to one marked place.

    Parameters
    ----------
    number
        Counted from one, over all fields.
    hint
        What is said; it repeats what was written there.
    is_small
        Whether the words take the writer out.
    """

    number: int
    hint: str
    is_small: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is said to a draft.

    Parameters
    ----------
    sentence
        The four parts as one wish; empty where all are.
    passages, remarks
        Where something was marked, and what is said to it.
    seen, unseen
        Titles of the parts that the rules see in words written in one piece, and of the others;
        both empty where nothing was written so.
    is_empty
        Whether nothing was written at all.
    """

    sentence: str
    passages: tuple[Passage, ...]
    remarks: tuple[Remark, ...]
    seen: tuple[str, ...]
    unseen: tuple[str, ...]
    is_empty: bool


def is_blank(words: Words) -> bool:
    """Tell whether nothing was written."""
    return not any(words.get(field, "").strip() for field in FIELDS)


def read_draft(builder: NeedBuilder, words: Words, *, without: Collection[str] = ()) -> Reading:
    """Return what the rules say to a draft; nothing of it is kept.

    Parameters
    ----------
    builder
        Its words and rules.
    words
        What was written.
    without
        Kinds of words nothing is said to.
    """
    passages: list[Passage] = []
    remarks: list[Remark] = []
    for field in FIELDS:
        part = builder.parts.get(field)
        text = words.get(field, "")
        marks = builder.marks_in(text, "" if part is None else field)
        kept = [mark for mark in marks if mark.kind not in without]
        if not kept:
            continue
        pieces, reached = [], 0
        for mark in kept:
            number = len(remarks) + 1
            pieces.append(Piece(text[reached : mark.start], 0))
            pieces.append(Piece(text[mark.start : mark.end], number))
            remarks.append(Remark(number, mark.hint, mark.kind == MAKES_SMALL))
            reached = mark.end
        pieces.append(Piece(text[reached:], 0))
        whole = tuple(piece for piece in pieces if piece.text)
        title, opening = ("", "") if part is None else (part.title, part.opening)
        passages.append(Passage(title, opening, whole))
    message = words.get(MESSAGE, "")
    found = builder.parts_in(message) if message.strip() else ()
    rest = [one for one in builder.parts if one not in found] if message.strip() else []
    parts = {field: words.get(field, "") for field in builder.parts}
    return Reading(
        sentence=builder.sentence(**parts),
        passages=tuple(passages),
        remarks=tuple(remarks),
        seen=tuple(builder.parts[one].title for one in found),
        unseen=tuple(builder.parts[one].title for one in rest),
        is_empty=is_blank(words),
    )
