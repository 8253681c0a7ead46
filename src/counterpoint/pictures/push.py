"""One hard day and what follows: two voices on two staves, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import SMALL, Canvas, path, wrap
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table

WIDTH = 340.0
_LEFT, _RIGHT = 24.0, 326.0
_TOPS = {Axis.CONNECTION: 44.0, Axis.SELF: 166.0}
_TALL = 84.0
_BOTTOM = 274.0
_HEADINGS = {Axis.CONNECTION: "nearness", Axis.SELF: "being oneself"}
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
    names: tuple[str, str] = ("the one with the hard day", "the other"),
    title: str = "One hard day and what follows",
    sentence: str | None = None,
    first: str = "hard day",
    key: str = "push",
    theme: Theme = "page",
) -> Picture:
    """Draw how one hard day of one person moves on through both.

    Parameters
    ----------
    days
        Day 0 is the hard day; at least two days.
    names
        How the one and the other are called.
    first
        What the first day is called.
    title, sentence, key, theme
        As in `counterpoint.pictures.plane.plane`.

    Raises
    ------
    DataError
        If there are fewer than two days.
    """
    if len(days) < 2:
        raise DataError("a push is followed for at least one day")
    canvas = Canvas(WIDTH, _BOTTOM + 44, key=key, theme=theme)
    for axis in Axis:
        _draw_staff(canvas, axis, len(days), first)
        for member in (Member.B, Member.A):
            _draw_voice(canvas, axis, member, [day.along(axis)[_index(member)] for day in days])
    for member, name in zip(Member, names, strict=True):
        y = _BOTTOM + 12 + 21 * _index(member)
        canvas.note(_LEFT + 8, y - 4.5, member, radius=5.5)
        canvas.text(_LEFT + 24, y, wrap(name, WIDTH - 60)[0])
    words = sentence or tell_push(days, names)
    return Picture(
        canvas.finish(title=title, sentence=words), words, _table(days, names, first), title
    )


def tell_push(days: Sequence[PushDay], names: tuple[str, str]) -> str:
    """Say in one or two sentences what a path shows."""
    one, other = names
    settled = settled_after(days)
    widest = max(
        ((abs(day.along(axis)[1]), day.along(axis)[1], axis) for day in days for axis in Axis),
        key=lambda found: found[0],
    )
    if widest[0] < _NOTICED:
        moved = f"{_upper(other)} stays about as usual."
    else:
        if widest[2] is Axis.CONNECTION:
            what = "feels nearer" if widest[1] > 0 else "feels further away"
        else:
            what = "is more themselves" if widest[1] > 0 else "is less themselves"
        moved = f"{_upper(other)} {what} than usual for a while."
    if settled is None:
        back = "It is felt for longer than this picture."
    else:
        back = f"After about {settled} {'day' if settled == 1 else 'days'} both are as usual again."
    return f"{_upper(one)} is less themselves for a day. {moved} {back}"


def settled_after(days: Sequence[PushDay]) -> int | None:
    """Return the first day from which on nobody is noticeably moved, ``None`` if none is drawn."""
    moved = [
        max(abs(value) for axis in Axis for value in day.along(axis)) >= _NOTICED for day in days
    ]
    if moved[-1]:
        return None
    return max(at for at, is_moved in enumerate(moved) if is_moved) + 1 if any(moved) else 0


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _index(member: Member) -> int:
    return 0 if member is Member.A else 1


def _across(at: int, count: int) -> float:
    return _LEFT + 16 + (_RIGHT - _LEFT - 32) * at / (count - 1)


def _height(axis: Axis, value: float) -> float:
    middle = _TOPS[axis] + _TALL / 2
    return middle - min(max(value, -1.05), 1.05) * _TALL / 2


def _draw_staff(canvas: Canvas, axis: Axis, count: int, first: str) -> None:
    top = _TOPS[axis]
    canvas.text(_LEFT, top - 14, _HEADINGS[axis], size=SMALL, soft=True, italic=True)
    canvas.text(_RIGHT, top - 14, "more", size=SMALL, anchor="end", soft=True, italic=True)
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
        canvas.text(_RIGHT, y, f"{count - 1} days on", size=SMALL, anchor="end", soft=True)


def _draw_voice(canvas: Canvas, axis: Axis, member: Member, values: Sequence[float]) -> None:
    points = [(_across(at, len(values)), _height(axis, value)) for at, value in enumerate(values)]
    canvas.element(
        "path", d=path(points), fill="none", stroke=canvas.paint.voice(member), stroke_width=1.6,
        stroke_opacity=0.75, stroke_dasharray=None if member is Member.A else "5 4",
    )  # fmt: skip
    for x, y in points:
        canvas.note(x, y, member, radius=4.2)


def _told(value: float) -> str:
    if abs(value) < _NOTICED:
        return "as usual"
    size = "a little " if abs(value) < 0.4 else ("" if abs(value) < 0.8 else "much ")
    return f"{size}{'more' if value > 0 else 'less'}"


def _table(days: Sequence[PushDay], names: tuple[str, str], first: str) -> Table:
    headers = (
        "Day",
        *(f"{_upper(name)}: {_HEADINGS[axis]}" for name in names for axis in Axis),
    )
    rows = []
    for at, day in enumerate(days):
        label = f"the {first}" if at == 0 else f"{at} {'day' if at == 1 else 'days'} on"
        rows.append((label, *(_told(day.along(axis)[who]) for who in (0, 1) for axis in Axis)))
    return Table(headers, tuple(rows))
