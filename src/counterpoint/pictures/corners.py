"""Four corners: own days counted in four quiet fields, one dot a day, nothing inferred."""

from __future__ import annotations

import math
from collections.abc import Mapping

from counterpoint.content import Content, load_content
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

CORNERS = (
    Corner.APART_AND_MYSELF,
    Corner.NEAR_AND_MYSELF,
    Corner.APART_AND_LESS_MYSELF,
    Corner.NEAR_AND_LESS_MYSELF,
)
"""The corners as they lie on the plane, from upper left to lower right."""


def four_corners(
    counts: Mapping[Corner, int],
    *,
    member: Member = Member.A,
    title: str | None = None,
    sentence: str | None = None,
    key: str = "corners",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw how many days lay in each corner of the plane, one dot a day.

    Of more than 240 days in one corner a dot stands for a week or more, and the caption says so.

    Parameters
    ----------
    counts
        Days per corner; a corner left out counts no day.
    member
        Whose days: chooses colour and shape of the dots.
    title, sentence, key, theme, language
        As in :func:`counterpoint.pictures.plane.plane`.

    Raises
    ------
    DataError
        If a count is negative.
    """
    if any(count < 0 for count in counts.values()):
        raise DataError("a number of days cannot be negative")
    said = load_content(language)
    title = title or said.phrase("picture.corners.title")
    names = {corner: said.phrase(f"corner.{corner.value}") for corner in CORNERS}
    canvas = Canvas(WIDTH, 2 * _FIELD_HEIGHT + _GAP + 8, key=key, theme=theme)
    largest = max(counts.get(corner, 0) for corner in Corner)
    per_dot = next((days for days in _DAYS_A_DOT if largest <= days * _MOST_DOTS), _DAYS_A_DOT[-1])
    spacing = _spacing(-(-largest // per_dot))
    for index, (corner, words) in enumerate(names.items()):
        x = 5 + (index % 2) * (_FIELD_WIDTH + _GAP)
        y = 4 + (index // 2) * (_FIELD_HEIGHT + _GAP)
        count = counts.get(corner, 0)
        canvas.element(
            "rect", x=x, y=y, width=_FIELD_WIDTH, height=_FIELD_HEIGHT, rx=10,
            fill=canvas.paint.line, fill_opacity=0.22, stroke=canvas.paint.line,
        )  # fmt: skip
        canvas.text(x + _PADDING, y + 21, words, size=TEXT, italic=True)
        canvas.text(x + _PADDING, y + _FIELD_HEIGHT - 10, _days(count, said), size=SMALL, soft=True)
        _draw_dots(
            canvas, x + _PADDING, y + 30, count=-(-count // per_dot), spacing=spacing, member=member
        )
    total = sum(counts.get(corner, 0) for corner in Corner)
    words = sentence or _tell(counts, total, names, said)
    if per_dot > 1:
        words += " " + said.phrase("picture.corners.dot", n=per_dot)
    table = Table(
        (said.phrase("picture.corners.column.corner"), said.phrase("picture.corners.column.days")),
        tuple((name, str(counts.get(corner, 0))) for corner, name in names.items()),
    )
    return Picture(canvas.finish(title=title, sentence=words), words, table, title)


def _days(count: int, said: Content) -> str:
    return said.phrase("picture.days", n=count)


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


def _tell(
    counts: Mapping[Corner, int], total: int, names: Mapping[Corner, str], said: Content
) -> str:
    if total == 0:
        return said.phrase("picture.corners.none")
    parts = [
        said.phrase("picture.corners.part", days=_days(counts.get(corner, 0), said), corner=name)
        for corner, name in names.items()
    ]
    return said.phrase("picture.corners.said", n=total, corners=", ".join(parts))
