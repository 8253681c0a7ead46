"""The plane: connection from left to right, self from below to above, drawn on staff lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from counterpoint.content import Content, load_content
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import SMALL, TEXT, Canvas, number, path, text_width, wrap
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.wording import capital

WIDTH = 340.0
_LEFT, _TOP, _SIDE = 22.0, 26.0, 296.0
_BELOW = 26.0
PLANE_LEFT, PLANE_BOTTOM = _LEFT, _TOP + _SIDE
"""Left and lower edge of the frame in the drawing."""
_PALE = 0.5
_FRAME = 0.75
"""Opacity of the frame: three to one against the ground in every light."""
_CHI_SQUARE_90 = -2.0 * math.log(0.1)  # 90 % point of chi-square with two degrees of freedom

Spread = tuple[tuple[float, float], tuple[float, float]]
"""2 × 2 covariance in points² (connection, self)."""


class MarkKind(StrEnum):
    """What a mark on the plane stands for."""

    PLACE = "place"  # from the days, with its range
    NOW = "now"  # own tap: the last two weeks
    WISH = "wish"  # own tap: where I would like to be
    GUESS = "guess"  # own tap: where my partner would put me


@dataclass(frozen=True)
class Mark:
    """One mark on the plane.

    Parameters
    ----------
    place
        Where it is, in points 0-100.
    kind
        What it stands for.
    label
        Words of the legend.
    voice
        Whose it is: slot ``a`` or ``b``.
    spread
        2 × 2 covariance in points² (connection, self) when the place is known within a range.
    pale
        Whether it is drawn pale, as a mark of an earlier time.
    """

    place: Place
    kind: MarkKind
    label: str
    voice: Member = Member.A
    spread: Spread | None = None
    pale: bool = False


def ellipse_axes(
    spread: Spread,
) -> tuple[float, float, float]:
    r"""Return the half axes and the turn of the 90 % ellipse of a bivariate normal.

    Half axes are :math:`\sqrt{4.605\,\lambda_i}`, 4.605 the 90 % point of chi-square with two
    degrees of freedom, :math:`\lambda_i` the eigenvalues of the covariance.

    Parameters
    ----------
    spread
        2 × 2 covariance in points² (connection, self).

    Returns
    -------
    tuple of float
        Longer half axis and shorter half axis in points, turn of the longer one in degrees
        against the connection axis, towards more self.

    Raises
    ------
    DataError
        If the covariance is not symmetric and positive semi-definite.
    """
    (a, b), (c, d) = spread
    if not all(math.isfinite(value) for value in (a, b, c, d)):
        raise DataError("the spread of a place must be finite")
    if not math.isclose(b, c, rel_tol=1e-6, abs_tol=1e-9) or a < 0 or d < 0:
        raise DataError("the spread of a place must be a symmetric covariance")
    mean = (a + d) / 2
    half = math.hypot((a - d) / 2, b)
    if mean - half < -1e-6 * max(mean, 1.0):
        raise DataError("the spread of a place must be positive semi-definite")
    long = math.sqrt(_CHI_SQUARE_90 * (mean + half))
    short = math.sqrt(_CHI_SQUARE_90 * max(mean - half, 0.0))
    return long, short, math.degrees(0.5 * math.atan2(2 * b, a - d))


def plane(
    marks: Sequence[Mark],
    *,
    title: str | None = None,
    sentence: str | None = None,
    days: int | None = None,
    key: str = "plane",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw places and wishes on the plane of connection and self.

    Parameters
    ----------
    marks
        What to draw, later marks on top.
    title
        Accessible name.
    sentence
        Caption; by default the marks in words.
    days
        Number of days behind the place, for the default caption.
    key
        Prefix of the ids in the drawing.
    theme
        ``"page"`` (CSS variables) or ``"file"`` (fixed colours).
    language
        Language of the words, one of `counterpoint.content.LANGUAGES`.

    Returns
    -------
    Picture
        Drawing, sentence and table twin.
    """
    said = load_content(language)
    title = title or said.phrase("picture.plane.title")
    legend = [wrap(mark.label, WIDTH - 56) for mark in marks]
    rows = sum(max(1, len(lines)) for lines in legend)
    height = _TOP + _SIDE + _BELOW + (16 + 21 * rows if marks else 0) + 4
    canvas = Canvas(WIDTH, height, key=key, theme=theme)
    draw_staff(canvas, said)
    with_range = [mark for mark in marks if mark.spread is not None]
    if with_range:
        canvas.open("g", clip_path=f"url(#{key}-frame)")
        for mark in with_range:
            draw_range(canvas, mark)
        canvas.close("g")
    for mark in marks:
        draw_mark(canvas, *position(mark.place), mark)
    y = _TOP + _SIDE + _BELOW + 24
    for mark, lines in zip(marks, legend, strict=True):
        lower = 2.5 if mark.kind is MarkKind.NOW else 0.0
        draw_mark(canvas, _LEFT + 10, y - 4.5 + lower, mark, size=5.5)
        for line in lines or [""]:
            canvas.text(_LEFT + 28, y, line)
            y += 21
    words = sentence or _tell(marks, days, said)
    return Picture(canvas.finish(title=title, sentence=words), words, _table(marks, said), title)


def position(place: Place) -> tuple[float, float]:
    """Return where a place in points 0-100 lies in the drawing."""
    x = min(max(place.connection, 0.0), 100.0)
    y = min(max(place.self, 0.0), 100.0)
    return _LEFT + _SIDE * x / 100, _TOP + _SIDE * (1 - y / 100)


def draw_staff(canvas: Canvas, said: Content) -> None:
    """Draw the frame, five staff lines, soft bar lines and the words at the four sides."""
    right, bottom = _LEFT + _SIDE, _TOP + _SIDE
    canvas.open("defs")
    canvas.open("clipPath", id=f"{canvas.key}-frame")
    canvas.element("rect", x=_LEFT, y=_TOP, width=_SIDE, height=_SIDE)
    canvas.close("clipPath")
    canvas.close("defs")
    for step in range(1, 4):
        y = _TOP + _SIDE * step / 4
        x = _LEFT + _SIDE * step / 4
        canvas.line(_LEFT, y, right, y, stroke_width=1.3)
        canvas.line(x, _TOP, x, bottom, stroke_opacity=0.4)
    canvas.element(
        "rect", x=_LEFT, y=_TOP, width=_SIDE, height=_SIDE, fill="none",
        stroke=canvas.paint.ink_soft, stroke_opacity=_FRAME, stroke_width=1.2,
    )  # fmt: skip
    up, corner, nearer = (said.phrase(f"picture.plane.{one}") for one in ("up", "corner", "right"))
    canvas.text(_LEFT, _TOP - 9, up, size=TEXT, soft=True, italic=True)
    _arrow(canvas, round(_LEFT + text_width(up, TEXT) + 5.6, 1), _TOP - 12, (0, -1))
    canvas.text(_LEFT, bottom + 18, corner, size=SMALL, soft=True, italic=True)
    canvas.text(right - 14, bottom + 18, nearer, size=TEXT, anchor="end", soft=True, italic=True)
    _arrow(canvas, right - 5, bottom + 14, (1, 0))


def draw_mark(canvas: Canvas, x: float, y: float, mark: Mark, *, size: float = 7.0) -> None:
    """Draw one mark: solid head a place, with a stem a tap, open head a wish, cross a guess."""
    if mark.pale:
        canvas.open("g", opacity=_PALE)
        draw_mark(canvas, x, y, replace(mark, pale=False), size=size)
        canvas.close("g")
        return
    colour = canvas.paint.voice(mark.voice)
    if mark.kind is MarkKind.GUESS:
        r = size * 0.8
        for x1, x2 in ((x - r, x + r), (x + r, x - r)):
            canvas.line(
                x1, y - r, x2, y + r, stroke=colour, stroke_width=2.2, stroke_linecap="round"
            )
        return
    if mark.kind is MarkKind.NOW:
        r = size * 0.8
        side = r * 1.05 if mark.voice is Member.A else r * 1.1
        canvas.line(
            x + side, y - 1, x + side, y - size * 2.6, stroke=colour, stroke_width=1.6,
            stroke_linecap="round",
        )  # fmt: skip
        canvas.note(x, y, mark.voice, radius=r)
        return
    if mark.kind is MarkKind.WISH:
        canvas.note(x, y, mark.voice, radius=size * 0.92, hollow=True)
        return
    canvas.note(x, y, mark.voice, radius=size)


def _arrow(canvas: Canvas, x: float, y: float, way: tuple[int, int]) -> None:
    dx, dy = way
    tip = (x + 5 * dx, y + 5 * dy)
    wings = (
        (x + 1 * dx - 3.5 * dy, y + 1 * dy - 3.5 * dx),
        tip,
        (x + 1 * dx + 3.5 * dy, y + 1 * dy + 3.5 * dx),
    )
    look = {"fill": "none", "stroke": canvas.paint.ink_soft, "stroke_linecap": "round"}
    canvas.element("path", d=path(((x - 6 * dx, y - 6 * dy), tip)), stroke_width=1.3, **look)
    canvas.element("path", d=path(wings), stroke_width=1.3, **look)


def draw_range(canvas: Canvas, mark: Mark) -> None:
    """Draw the 90 % oval of a mark that has a spread."""
    if mark.spread is None:
        return
    long, short, turn = ellipse_axes(mark.spread)
    x, y = position(mark.place)
    colour = canvas.paint.voice(mark.voice)
    canvas.element(
        "ellipse",
        cx=x,
        cy=y,
        rx=max(long * _SIDE / 100, 1.0),
        ry=max(short * _SIDE / 100, 1.0),
        transform=f"rotate({number(-turn)} {number(x)} {number(y)})",
        fill=colour,
        fill_opacity=0.14,
        stroke=colour,
        stroke_width=1.5,
        stroke_dasharray=None if mark.voice is Member.A else "7 4",
    )


def _spread_sd(mark: Mark) -> tuple[float, float] | None:
    if mark.spread is None:
        return None
    return math.sqrt(mark.spread[0][0]), math.sqrt(mark.spread[1][1])


def _interval(mean: float, sd: float | None, said: Content) -> str:
    if sd is None:
        return f"{mean:.0f}"
    low, high = max(0.0, mean - 1.645 * sd), min(100.0, mean + 1.645 * sd)
    return said.phrase(
        "picture.plane.between", middle=f"{mean:.0f}", low=f"{low:.0f}", high=f"{high:.0f}"
    )


def _tell(marks: Sequence[Mark], days: int | None, said: Content) -> str:
    if not marks:
        return said.phrase("picture.plane.none")
    told = [said.phrase("picture.on_lines")]
    for mark in marks:
        near, own = _numbers(mark, said)
        label = capital(mark.label)
        told.append(said.phrase("picture.plane.mark", label=label, near=near, own=own))
    if days is not None:
        told.append(said.phrase("picture.plane.rests_on", days=days))
    return " ".join(told)


def _numbers(mark: Mark, said: Content) -> tuple[str, str]:
    near_sd, own_sd = _spread_sd(mark) or (None, None)
    return (
        _interval(mark.place.connection, near_sd, said),
        _interval(mark.place.self, own_sd, said),
    )


def _table(marks: Sequence[Mark], said: Content) -> Table:
    headers = (
        said.phrase("picture.plane.column.mark"),
        said.phrase("picture.column.near"),
        said.phrase("picture.column.oneself"),
    )
    return Table(headers, tuple((mark.label, *_numbers(mark, said)) for mark in marks))
