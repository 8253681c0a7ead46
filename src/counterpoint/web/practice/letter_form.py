"""The letter that closes a movement: its parts, and the form in which it is kept. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from counterpoint.domain.movements import Movement

FORM = 1
"""Version of the kept form; a form this code does not know is not shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or own words where `is_own`."""

    text: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the letter.

    Parameters
    ----------
    key
        Which part, as ``worked``.
    title
        Its heading; empty where it has none.
    lines
        What stands in it, in order.
    is_inferred
        Whether it was worked out from days. Such a part is left out where the reader's own pages
        leave out what goes together and what moves what.
    """

    key: str
    title: str
    lines: tuple[Line, ...]
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something that stays open.

    Parameters
    ----------
    text
        The sentence.
    is_open
        Whether it stayed open when the letter was written. One that was answered is shown as
        open where its answer is left out.
    """

    text: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class LetterText:
    """A whole letter, as it was told.

    Parameters
    ----------
    movement
        Which movement it closes.
    title, opening, ground
        How it begins, and what it is not.
    parts
        What it holds.
    wish
        The first wish and the one at the end, points (connection, self) each; ``None`` without.
    open_title, questions
        What stays open.
    offer
        The offer to stop, and how it would go on.
    close
        The last sentence.
    """

    movement: Movement
    title: str
    opening: str
    ground: tuple[str, ...]
    parts: tuple[Part, ...]
    wish: tuple[tuple[float, float], tuple[float, float]] | None
    open_title: str
    questions: tuple[OpenQuestion, ...]
    offer: tuple[str, ...]
    close: str

    @property
    def open_questions(self) -> tuple[str, ...]:
        """Sentences of what stays open."""
        return tuple(one.text for one in self.questions if one.is_open)

    def without_inferred(self) -> LetterText:
        """Return the letter as it reads where nothing could be worked out."""
        return replace(
            self,
            parts=tuple(part for part in self.parts if not part.is_inferred),
            questions=tuple(replace(one, is_open=True) for one in self.questions),
        )

    def to_json(self) -> str:
        """Return the form in which it is sealed and kept."""
        return json.dumps({"form": FORM, **asdict(self)}, ensure_ascii=False)

    def plain(self) -> str:
        """Return it as plain text, own words between quotation marks, to be taken along."""
        blocks = [self.title, self.opening, *self.ground]
        for part in self.parts:
            if part.title:
                blocks.append(part.title)
            blocks += [quoted(line.text) if line.is_own else line.text for line in part.lines]
        blocks += [self.open_title, *self.open_questions, *self.offer, self.close]
        return "\n\n".join(blocks)


def quoted(words: str) -> str:
    """Return words between quotation marks, as they are written in the language in force."""
    return _("“%(words)s”") % {"words": words}


def read_letter(stored: str) -> LetterText | None:
    """Return a kept letter, ``None`` where its form is not known."""
    try:
        found = json.loads(stored)
    except ValueError:
        return None
    if not isinstance(found, dict) or found.pop("form", None) != FORM:
        return None
    wish = found["wish"]
    return LetterText(
        movement=Movement(found["movement"]),
        title=found["title"],
        opening=found["opening"],
        ground=tuple(found["ground"]),
        parts=tuple(_part(one) for one in found["parts"]),
        wish=None if wish is None else ((wish[0][0], wish[0][1]), (wish[1][0], wish[1][1])),
        open_title=found["open_title"],
        questions=tuple(OpenQuestion(**one) for one in found["questions"]),
        offer=tuple(found["offer"]),
        close=found["close"],
    )


def _part(stored: Mapping[str, Any]) -> Part:
    return Part(
        key=stored["key"],
        title=stored["title"],
        lines=tuple(Line(**one) for one in stored["lines"]),
        is_inferred=stored["is_inferred"],
    )
