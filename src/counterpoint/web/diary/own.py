"""Reading questions of one's own. Every function takes the owner."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content
from counterpoint.web.diary.own_models import OwnAnswer, OwnQuestion

MOST = 2
"""Questions that go on at one time."""


class Rhythm(StrEnum):
    """When a question of one's own is asked."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Own:
    """A question of one's own as its owner reads it.

    Parameters
    ----------
    id
        Of its row.
    rhythm
        Asked in the evening, or in the look at the week.
    prompt
        The question; ``None`` where own words cannot be read.
    low, high
        Words at the ends of the row of taps.
    is_asked
        Whether it is still asked.
    """

    id: uuid.UUID
    rhythm: Rhythm
    prompt: str | None
    low: str
    high: str
    is_asked: bool

    @property
    def field(self) -> str:
        """Name of its form field."""
        return f"own_{self.id.hex}"


def current(owner: User, rhythm: Rhythm | None = None) -> tuple[Own, ...]:
    """Return the owner's questions that go on, the oldest first; all, or those of one rhythm."""
    rows = OwnQuestion.objects.filter(owner=owner, ended_at__isnull=True).order_by("added_at")
    read = tuple(_read(owner, row) for row in rows)
    return tuple(one for one in read if rhythm is None or one.rhythm is rhythm)


def ended(owner: User) -> tuple[Own, ...]:
    """Return the questions that are no longer asked, the last ended first."""
    rows = OwnQuestion.objects.filter(owner=owner, ended_at__isnull=False).order_by("-ended_at")
    return tuple(_read(owner, row) for row in rows)


def taps_on(owner: User, day: date) -> dict[str, int]:
    """Return the owner's answers about a day or week, by field name."""
    rows = OwnAnswer.objects.filter(owner=owner, about_on=day)
    return {f"own_{row.question_id.hex}": row.tap for row in rows}


def answers(owner: User, question: Own) -> dict[date, int]:
    """Return every answer to one question by the day it is about, oldest first."""
    rows = OwnAnswer.objects.filter(owner=owner, question_id=question.id).order_by("about_on")
    return dict(rows.values_list("about_on", "tap"))


def words_place(row: OwnQuestion) -> keys.Place:
    """Return where a question in own words lives, for its seal."""
    return keys.Place("diary.OwnQuestion", row.pk, "question")


def words_of(owner: User, row: OwnQuestion) -> str | None:
    """Return a question in own words: empty where it is of the list, ``None`` if unreadable."""
    if row.question_sealed is None:
        return ""
    return keys.open_if_readable(owner, words_place(row), bytes(row.question_sealed))


def _read(owner: User, row: OwnQuestion) -> Own:
    rhythm, content = Rhythm(row.rhythm), current_content()
    item = content.sunday.own.get(row.item_id)
    if item is None:
        low, high = content.phrase("own.low"), content.phrase("own.high")
        prompt = words_of(owner, row) or None
    else:
        low, high = item.low, item.high
        prompt = item.day if rhythm is Rhythm.DAY else item.week
    return Own(row.pk, rhythm, prompt, low, high, is_asked=row.ended_at is None)
