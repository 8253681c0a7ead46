"""Four corners: own days counted in four quiet fields, one dot a day, nothing inferred."""

from __future__ import annotations

import math
from collections.abc import Mapping

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Corner
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import SMALL, TEXT, Canvas
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table

WIDTH = 340.0
_FIELD_WIDTH, _FIELD_HEIGHT, _GAP = 160.0, 112.0, 10.0
_PADDING = 12.0
_MOST_DOTS = 240
_DAYS_A_DOT = (1, 7, 30, 365)

CORNER_WORDS: dict[Corner, str] = {
    Corner.APART_AND_MYSELF: "apart and myself",
    Corner.NEAR_AND_MYSELF: "near and myself",
    Corner.APART_AND_LESS_MYSELF: "apart and less myself",
    Corner.NEAR_AND_LESS_MYSELF: "near and less myself",
}
"""Names of the corners as they lie on the plane, from upper left to lower right."""


def four_corners(
    counts: Mapping[Corner, int],
    *,
    member: Member = Member.A,
    title: str = "Four corners",
    sentence: str | None = None,
    key: str = "corners",
    theme: Theme = "page",
) -> Picture:
    """Draw how many days lay in each corner of the plane, one dot a day.

    Of more than 240 days in one corner a dot stands for a week or more, and the caption says so.

    Parameters
    ----------
    counts
        Days per corner; a corner left out counts no day.
    member
        Whose days: chooses colour and shape of the dots.
    title, sentence, key, theme
        As in :func:`counterpoint.pictures.plane.plane`.

    Raises
    ------
    DataError
        If a count is negative.
    """
    if any(count < 0 for count in counts.values()):
        raise DataError("a number of days cannot be negative")
    canvas = Canvas(WIDTH, 2 * _FIELD_HEIGHT + _GAP + 8, key=key, theme=theme)
    largest = max(counts.get(corner, 0) for corner in Corner)
    per_dot = next((days for days in _DAYS_A_DOT if largest <= days * _MOST_DOTS), _DAYS_A_DOT[-1])
    spacing = _spacing(-(-largest // per_dot))
    for index, (corner, words) in enumerate(CORNER_WORDS.items()):
        x = 5 + (index % 2) * (_FIELD_WIDTH + _GAP)
        y = 4 + (index // 2) * (_FIELD_HEIGHT + _GAP)
        count = counts.get(corner, 0)
        canvas.element(
            "rect", x=x, y=y, width=_FIELD_WIDTH, height=_FIELD_HEIGHT, rx=10,
            fill=canvas.paint.line, fill_opacity=0.22, stroke=canvas.paint.line,
        )  # fmt: skip
        canvas.text(x + _PADDING, y + 21, words, size=TEXT, italic=True)
        canvas.text(x + _PADDING, y + _FIELD_HEIGHT - 10, _days(count), size=SMALL, soft=True)
        _draw_dots(
            canvas, x + _PADDING, y + 30, count=-(-count // per_dot), spacing=spacing, member=member
        )
    total = sum(counts.get(corner, 0) for corner in Corner)
    words = sentence or _tell(counts, total)
    if per_dot > 1:
        words += f" One dot stands for {per_dot} days."
    table = Table(
        ("Corner", "Days"),
        tuple((name, str(counts.get(corner, 0))) for corner, name in CORNER_WORDS.items()),
    )
    return Picture(canvas.finish(title=title, sentence=words), words, table, title)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _spacing(largest: int) -> float:
    """Return the widest dot spacing at which the fullest field still fits."""
    room_x, room_y = _FIELD_WIDTH - 2 * _PADDING, _FIELD_HEIGHT - 30 - 26
    for step in range(28, 1, -1):
        spacing = step / 2
        if math.floor(room_x / spacing) * math.floor(room_y / spacing) >= largest:
            return spacing
    return 1.0


def _draw_dots(
    canvas: Canvas, x: float, y: float, *, count: int, spacing: float, member: Member
) -> None:
    columns = max(1, math.floor((_FIELD_WIDTH - 2 * _PADDING) / spacing))
    for index in range(count):
        canvas.note(
            x + spacing * (index % columns + 0.5),
            y + spacing * (index // columns + 0.5),
            member,
            radius=spacing * 0.3,
        )


def _tell(counts: Mapping[Corner, int], total: int) -> str:
    if total == 0:
        return "No days yet. Each day you answer becomes one dot in one of four corners."
    parts = [f"{_days(counts.get(corner, 0))} {name}" for corner, name in CORNER_WORDS.items()]
    return f"Of your {_days(total)}: " + ", ".join(parts) + "."
