"""One hard day and what follows: two voices on two staves, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterpoint.content import Content, load_content
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import SMALL, Canvas, path, wrap
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.wording import capital

WIDTH = 340.0
_LEFT, _RIGHT = 24.0, 326.0
_TOPS = {Axis.CONNECTION: 44.0, Axis.SELF: 166.0}
_TALL = 84.0
_BOTTOM = 274.0
_HEADINGS = {Axis.CONNECTION: "picture.nearness", Axis.SELF: "picture.being_oneself"}
_NOTICED = 0.12
"""A move smaller than this share of the push is told as "as usual"."""


@dataclass(frozen=True)
class PushDay:
    """One day after the push, as moves away from the usual in shares of the push.

    Parameters
    ----------
    connection, self
        Moves of the one who had the hard day and of the other.
    """

    connection: tuple[float, float]
    self: tuple[float, float]

    def along(self, axis: Axis) -> tuple[float, float]:
        """Return the moves on one axis."""
        return self.connection if axis is Axis.CONNECTION else self.self


def push_picture(
    days: Sequence[PushDay],
    *,
    names: tuple[str, str] | None = None,
    title: str | None = None,
    sentence: str | None = None,
    is_hard: bool = True,
    key: str = "push",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw how one hard day of one person moves on through both.

    Parameters
    ----------
    days
        Day 0 is the hard day; at least two days.
    names
        How the one and the other are called; by default without names.
    is_hard
        Whether the first day is called a hard day or a near day.
    title, sentence, key, theme, language
        As in `counterpoint.pictures.plane.plane`.

    Raises
    ------
    DataError
        If there are fewer than two days.
    """
    if len(days) < 2:
        raise DataError("a push is followed for at least one day")
    said = load_content(language)
    names = names or (said.phrase("picture.push.one"), said.phrase("picture.push.other"))
    title = title or said.phrase("picture.push.title")
    first = "hard" if is_hard else "near"
    canvas = Canvas(WIDTH, _BOTTOM + 44, key=key, theme=theme)
    for axis in Axis:
        _draw_staff(canvas, axis, len(days), said.phrase(f"picture.push.{first}"), said)
        for member in (Member.B, Member.A):
            _draw_voice(canvas, axis, member, [day.along(axis)[_index(member)] for day in days])
    for member, name in zip(Member, names, strict=True):
        y = _BOTTOM + 12 + 21 * _index(member)
        canvas.note(_LEFT + 8, y - 4.5, member, radius=5.5)
        canvas.text(_LEFT + 24, y, wrap(name, WIDTH - 60)[0])
    words = sentence or tell_push(days, names, said)
    table = _table(days, names, first, said)
    return Picture(canvas.finish(title=title, sentence=words), words, table, title)


def tell_push(days: Sequence[PushDay], names: tuple[str, str], said: Content) -> str:
    """Say in one or two sentences what a path shows."""
    one, other = map(capital, names)
    settled = settled_after(days)
    size, move, axis = max(
        ((abs(day.along(axis)[1]), day.along(axis)[1], axis) for day in days for axis in Axis),
        key=lambda found: found[0],
    )
    if size < _NOTICED:
        what = "stays"
    elif axis is Axis.CONNECTION:
        what = "nearer" if move > 0 else "further"
    else:
        what = "more_self" if move > 0 else "less_self"
    told = [
        said.phrase("picture.push.start", name=one),
        said.phrase(f"picture.push.{what}", name=other),
        said.phrase(f"picture.push.{'long' if settled is None else 'back'}", n=settled or 0),
    ]
    return " ".join(told)


def settled_after(days: Sequence[PushDay]) -> int | None:
    """Return the first day from which on nobody is noticeably moved, ``None`` if none is drawn."""
    moved = [
        max(abs(value) for axis in Axis for value in day.along(axis)) >= _NOTICED for day in days
    ]
    if moved[-1]:
        return None
    return max(at for at, is_moved in enumerate(moved) if is_moved) + 1 if any(moved) else 0


def _index(member: Member) -> int:
    return 0 if member is Member.A else 1


def _across(at: int, count: int) -> float:
    return _LEFT + 16 + (_RIGHT - _LEFT - 32) * at / (count - 1)


def _height(axis: Axis, value: float) -> float:
    middle = _TOPS[axis] + _TALL / 2
    return middle - min(max(value, -1.05), 1.05) * _TALL / 2


def _draw_staff(canvas: Canvas, axis: Axis, count: int, first: str, said: Content) -> None:
    top = _TOPS[axis]
    canvas.text(_LEFT, top - 14, said.phrase(_HEADINGS[axis]), size=SMALL, soft=True, italic=True)
    more = said.phrase("picture.push.more")
    canvas.text(_RIGHT, top - 14, more, size=SMALL, anchor="end", soft=True, italic=True)
    for step in range(5):
        y = top + _TALL * step / 4
        usual = step == 2
        canvas.line(
            _LEFT, y, _RIGHT, y,
            stroke=canvas.paint.ink_soft if usual else canvas.paint.line,
            stroke_width=1.4 if usual else 1.0,
        )  # fmt: skip
    if axis is Axis.SELF:
        y = top + _TALL + 16
        canvas.text(_across(0, count), y, first, size=SMALL, anchor="middle", soft=True)
        later = said.phrase("picture.days_on", n=count - 1)
        canvas.text(_RIGHT, y, later, size=SMALL, anchor="end", soft=True)


def _draw_voice(canvas: Canvas, axis: Axis, member: Member, values: Sequence[float]) -> None:
    points = [(_across(at, len(values)), _height(axis, value)) for at, value in enumerate(values)]
    canvas.element(
        "path", d=path(points), fill="none", stroke=canvas.paint.voice(member), stroke_width=1.6,
        stroke_opacity=0.75, stroke_dasharray=None if member is Member.A else "5 4",
    )  # fmt: skip
    for x, y in points:
        canvas.note(x, y, member, radius=4.2)


def _told(value: float) -> str:
    """Return which word tells a move."""
    if abs(value) < _NOTICED:
        return "as_usual"
    size = "little_" if abs(value) < 0.4 else ("" if abs(value) < 0.8 else "much_")
    return f"{size}{'more' if value > 0 else 'less'}"


def _table(days: Sequence[PushDay], names: tuple[str, str], first: str, said: Content) -> Table:
    headers = (
        said.phrase("picture.column.day"),
        *(
            said.phrase(
                "picture.push.column", name=capital(name), need=said.phrase(_HEADINGS[axis])
            )
            for name in names
            for axis in Axis
        ),
    )
    rows = []
    for at, day in enumerate(days):
        label = (
            said.phrase("picture.days_on", n=at) if at else said.phrase(f"picture.push.{first}.row")
        )
        moves = (day.along(axis)[who] for who in (0, 1) for axis in Axis)
        rows.append((label, *(said.phrase(f"picture.push.{_told(move)}") for move in moves)))
    return Table(headers, tuple(rows))
