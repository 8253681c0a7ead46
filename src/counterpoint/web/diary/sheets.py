"""A check-in as its owner reads it again: each question with the answer in words."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoint.content.schema import CheckinItem
from counterpoint.web.core.language import current_content
from counterpoint.web.diary.models import Checkin
from counterpoint.web.diary.queries import DayEntry


@dataclass(frozen=True, slots=True)
class Answered:
    """One question that was answered.

    Parameters
    ----------
    item
        The question.
    tap
        Tap 0-10 of a scale, else ``None``.
    words
        The answer in words; empty for a bare tap.
    """

    item: CheckinItem
    tap: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One check-in of a day.

    Parameters
    ----------
    checkin
        The row.
    answers
        What was answered; questions left empty are absent.
    line
        Own words; empty where there are none, ``None`` where they cannot be read.
    """

    checkin: Checkin
    answers: tuple[Answered, ...]
    line: str | None

    @property
    def tells_friction(self) -> bool:
        """Whether it says what the person did in a friction."""
        return any(answer.item.item_id == "e3" for answer in self.answers)


def sheets(entry: DayEntry) -> tuple[Sheet, ...]:
    """Return the check-ins of a day in words, slot 1 first."""
    return tuple(
        Sheet(checkin=row, answers=answered(row), line=entry.lines[row.slot])
        for row in entry.checkins
    )


def answered(row: Checkin) -> tuple[Answered, ...]:
    """Return the answered questions of one check-in, in the order of the design."""
    answers = []
    for name, item in current_content().checkin.items.items():
        if item.kind == "scale":
            tap = getattr(row, name)
            words = _beside(row, item)
            if tap is not None or words:
                answers.append(Answered(item, tap, words))
        elif item.kind != "line":
            given = getattr(row, name)
            chosen = given if isinstance(given, list) else [given]
            labels = [option.label for option in item.options if option.value in chosen]
            if labels:
                answers.append(Answered(item, None, ", ".join(labels)))
    return tuple(answers)


def _beside(row: Checkin, item: CheckinItem) -> str:
    """Return what was ticked beside or instead of a scale."""
    if item.item_id == "s3" and row.s3_nothing_came_up:
        return item.not_applicable
    if item.item_id == "w" and row.w_some_of_both:
        return item.extra_tick
    return ""
