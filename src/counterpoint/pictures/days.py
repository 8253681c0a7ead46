"""Days as a score: two staves, a note for a day that is known, a rest for one that is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterpoint.content import Content, load_content
from counterpoint.domain.dyad import Member
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import SMALL, TEXT, Canvas, number, path
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.wording import both, capitals, span

WIDTH = 340.0
_LEFT, _RIGHT = 14.0, 286.0
_STAFF = 84.0
_FIRST, _SECOND = 30.0, 158.0
_BAR_DAYS = 7
_ROOM_FOR_TWO = 180.0

Band = tuple[float, float]


@dataclass(frozen=True)
class DayNotes:
    """One day of one person.

    Parameters
    ----------
    label
        The day in words, for the table and the ends of the line.
    connection, self
        Points 0-100; ``None`` when the day is not known.
    connection_band, self_band
        Range the day lies in, points, when it was estimated rather than answered.
    """

    label: str
    connection: float | None = None
    self: float | None = None
    connection_band: Band | None = None
    self_band: Band | None = None


def days_strip(
    days: Sequence[DayNotes],
    *,
    partner: Sequence[DayNotes] | None = None,
    names: tuple[str, str] | None = None,
    wish: tuple[float, float] | None = None,
    title: str | None = None,
    sentence: str | None = None,
    key: str = "days",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw consecutive days as two staves.

    Parameters
    ----------
    days
        One entry per calendar day, in order; days not known have ``None``.
    partner
        The same days of the second person, as long as ``days``.
    names
        Legend of the two voices, by default the reader and the reader's partner; only used when
        there are two.
    wish
        Own wish (connection, self) in points: a dotted line across each staff.
    title, sentence, key, theme, language
        As in :func:`counterpoint.pictures.plane.plane`.

    Raises
    ------
    DataError
        If ``partner`` has another number of days.
    """
    if partner is not None and len(partner) != len(days):
        raise DataError(f"the second voice has {len(partner)} days, the first {len(days)}")
    said = load_content(language)
    title = title or said.phrase("picture.days.title")
    names = names or capitals(both(said))
    height = 274.0 + (24 if partner is not None else 0)
    canvas = Canvas(WIDTH, height, key=key, theme=theme)
    staves = (
        (_FIRST, "near", "near"),
        (_SECOND, "myself" if partner is None else "oneself", "self"),
    )
    for axis, (top, heading, ends) in enumerate(staves):
        high, low = (said.phrase(f"picture.days.{end}.{ends}") for end in ("high", "low"))
        _draw_staff(canvas, top, said.phrase(f"picture.days.{heading}"), (high, low), len(days))
        if wish is not None:
            y = _height(top, wish[axis])
            canvas.line(
                _LEFT, y, _RIGHT, y, stroke=canvas.paint.voice_a, stroke_width=1.4,
                stroke_dasharray="1 5", stroke_linecap="round",
            )  # fmt: skip
        _draw_rests(canvas, top, days, partner, axis)
        if partner is not None:
            _draw_voice(canvas, top, partner, Member.B, axis)
        _draw_voice(canvas, top, days, Member.A, axis)
    canvas.line(
        _LEFT, _FIRST, _LEFT, _SECOND + _STAFF, stroke=canvas.paint.ink_soft, stroke_width=1.6
    )
    if days:
        base = _SECOND + _STAFF + 20
        end = min(_across(len(days) - 1, len(days)) + 12, _RIGHT)
        if len(days) > 1 and end - _LEFT < _ROOM_FOR_TWO:
            whole = span(days[0].label, days[-1].label, said)
            canvas.text(_LEFT, base, whole, size=SMALL, soft=True)
        else:
            canvas.text(_LEFT, base, days[0].label, size=SMALL, soft=True)
            if len(days) > 1:
                canvas.text(end, base, days[-1].label, size=SMALL, anchor="end", soft=True)
    if partner is not None:
        x = _LEFT + 6
        for member, name in zip(Member, names, strict=True):
            canvas.note(x, height - 15, member, radius=5)
            canvas.text(x + 13, height - 10.5, name)
            x += 150
    words = sentence or _tell(days, partner, names, said)
    table = _table(days, partner, names, said)
    return Picture(canvas.finish(title=title, sentence=words), words, table, title)


def known_days(days: Sequence[DayNotes]) -> int:
    """Return on how many days both nearness and being oneself are known."""
    return sum(1 for day in days if day.connection is not None and day.self is not None)


def _height(top: float, points: float) -> float:
    return top + _STAFF * (1 - min(max(points, 0.0), 100.0) / 100)


def _across(index: int, count: int) -> float:
    step = min((_RIGHT - _LEFT - 16) / max(count - 1, 1), 20.0)
    return _LEFT + 9 + step * index


def _draw_staff(
    canvas: Canvas, top: float, heading: str, ends: tuple[str, str], count: int
) -> None:
    canvas.text(_LEFT + 7, top - 11, heading, size=TEXT, italic=True)
    for line in range(5):
        y = top + _STAFF * line / 4
        canvas.line(_LEFT, y, _RIGHT, y)
    for index in range(_BAR_DAYS, count, _BAR_DAYS):
        x = (_across(index - 1, count) + _across(index, count)) / 2
        canvas.line(x, top, x, top + _STAFF)
    canvas.line(_RIGHT, top, _RIGHT, top + _STAFF)
    canvas.text(_RIGHT + 7, top + 4, ends[0], size=SMALL, soft=True)
    canvas.text(_RIGHT + 7, top + _STAFF + 4, ends[1], size=SMALL, soft=True)


def _value(day: DayNotes, axis: int) -> float | None:
    return day.self if axis else day.connection


def _draw_rests(
    canvas: Canvas,
    top: float,
    days: Sequence[DayNotes],
    partner: Sequence[DayNotes] | None,
    axis: int,
) -> None:
    width = min(5.0, 2.4 + 30 / max(len(days), 1))
    bar = f" {number(top + _STAFF / 2)}h{number(width)}v2.4h-{number(width)}z"
    bars = [
        f"M{number(_across(index, len(days)) - width / 2)}{bar}"
        for index, day in enumerate(days)
        if _value(day, axis) is None and (partner is None or _value(partner[index], axis) is None)
    ]
    if bars:
        canvas.element("path", d="".join(bars), fill=canvas.paint.ink_soft, fill_opacity=0.55)


def _draw_voice(
    canvas: Canvas, top: float, days: Sequence[DayNotes], member: Member, axis: int
) -> None:
    colour = canvas.paint.voice(member)
    count = len(days)
    radius = 4.6 if count <= 14 else (3.4 if count <= 35 else 2.5)
    _draw_band(canvas, top, days, member, axis)
    run: list[tuple[float, float]] = []
    runs: list[list[tuple[float, float]]] = []
    for index, day in enumerate(days):
        points = _value(day, axis)
        if points is None:
            if run:
                runs.append(run)
            run = []
        else:
            run.append((_across(index, count), _height(top, points)))
    if run:
        runs.append(run)
    lines = "".join(path(stretch) for stretch in runs if len(stretch) > 1)
    if lines:
        canvas.element(
            "path", d=lines, fill="none", stroke=colour, stroke_width=1.1,
            stroke_opacity=0.55 if len(days) <= 35 else 0.4, stroke_linejoin="round",
            stroke_dasharray=None if member is Member.A else "4 2.5",
        )  # fmt: skip
    for stretch in runs:
        canvas.notes(stretch, member, radius=radius)


def _draw_band(
    canvas: Canvas, top: float, days: Sequence[DayNotes], member: Member, axis: int
) -> None:
    upper: list[tuple[float, float]] = []
    lower: list[tuple[float, float]] = []
    for index, day in enumerate(days):
        band = day.self_band if axis else day.connection_band
        if band is None:
            continue
        x = _across(index, len(days))
        lower.append((x, _height(top, band[0])))
        upper.append((x, _height(top, band[1])))
    if len(upper) > 1:
        canvas.element(
            "path",
            d=path([*upper, *reversed(lower)], closed=True),
            fill=canvas.paint.voice(member),
            fill_opacity=0.13,
        )


def _tell(
    days: Sequence[DayNotes],
    partner: Sequence[DayNotes] | None,
    names: tuple[str, str],
    said: Content,
) -> str:
    if not days:
        return said.phrase("picture.days.none")
    known = known_days(days)
    if partner is None:
        return said.phrase("picture.days.alone", n=known)
    one, two = names
    return said.phrase("picture.days.both", one=one, n=known, two=two, m=known_days(partner))


def _table(
    days: Sequence[DayNotes],
    partner: Sequence[DayNotes] | None,
    names: tuple[str, str],
    said: Content,
) -> Table:
    unknown = said.phrase("picture.not_known")

    def cell(value: float | None) -> str:
        return unknown if value is None else f"{value:.0f}"

    day = said.phrase("picture.column.day")
    if partner is None:
        return Table(
            (day, said.phrase("picture.column.near"), said.phrase("picture.column.myself")),
            tuple((day.label, cell(day.connection), cell(day.self)) for day in days),
        )
    headers = [
        said.phrase(f"picture.column.{column}", name=name)
        for name in names
        for column in ("near_of", "oneself_of")
    ]
    return Table(
        (day, *headers),
        tuple(
            (a.label, cell(a.connection), cell(a.self), cell(b.connection), cell(b.self))
            for a, b in zip(days, partner, strict=True)
        ),
    )
