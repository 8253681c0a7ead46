"""The signs of the score: staff, clef, bar lines, stems and rests, drawn as plain paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from counterpoint.domain.dyad import Member
from counterpoint.pictures.canvas import Canvas, number

GAP = 10.0
"""From one staff line to the next; half of it is one tap of the scale."""
STAFF = 4 * GAP
HEAD = 4.7
"""Radius of a note head: as tall as the space between two lines."""
HALF_HEAD = 5.2
"""From the middle of a head to its stem."""
STEM = 22.0

_TOP_TAP = 10.0
_QUARTER_REST = (
    "M{x0} {y0}l4.6 5.6c-2.6 2.4-2.6 4.2.6 7.6-3.6-1.2-5.6.8-2.4 4.6-4.8-2.2-4.6-6.2-1-6.4"
    "l-4-4.8c3-2.6 3.2-4.2 2.2-6.6z"
)


def height(top: float, points: float) -> float:
    """Return where a value in points lies on a staff: one tap is one step of the staff.

    Eleven taps have room from just under the lowest line to just above the highest.
    """
    taps = min(max(points, 0.0), 100.0) / 10
    return top - GAP / 2 + (_TOP_TAP - taps) * GAP / 2


def draw_staff(canvas: Canvas, left: float, right: float, top: float) -> None:
    """Draw five lines."""
    lines = "".join(
        f"M{number(left)} {number(top + GAP * line)}H{number(right)}" for line in range(5)
    )
    canvas.element(
        "path", d=lines, fill="none", stroke=canvas.paint.ink_soft, stroke_width=1,
        stroke_opacity=0.42,
    )  # fmt: skip


def draw_day_lines(canvas: Canvas, places: Iterable[float], top: float) -> None:
    """Draw the fine line of each day, across a staff and a little beyond."""
    down = number(STAFF + 10)
    lines = "".join(f"M{number(x)} {number(top - 5)}v{down}" for x in places)
    canvas.element(
        "path", d=lines, fill="none", stroke=canvas.paint.ink_soft, stroke_width=1,
        stroke_opacity=0.5, stroke_dasharray="1.5 2.5",
    )  # fmt: skip


def draw_bar(canvas: Canvas, x: float, top: float, *, last: bool = False) -> None:
    """Draw a bar line; the last one is a thin and a thick line."""
    soft = canvas.paint.ink_soft
    if last:
        canvas.line(x - 4.6, top, x - 4.6, top + STAFF, stroke=soft, stroke_width=1.1)
        canvas.line(x - 1.4, top, x - 1.4, top + STAFF, stroke=soft, stroke_width=2.8)
    else:
        canvas.line(x, top, x, top + STAFF, stroke=soft, stroke_width=1.1)


def draw_clef(canvas: Canvas, x: float, top: float) -> None:
    """Draw the clef: two bows that meet at the middle line, after the C clef of old scores."""
    soft = canvas.paint.ink_soft
    middle = top + STAFF / 2
    canvas.line(x + 1.5, top, x + 1.5, top + STAFF, stroke=soft, stroke_width=3)
    canvas.line(x + 5.2, top, x + 5.2, top + STAFF, stroke=soft, stroke_width=1)
    for way in (-1, 1):
        canvas.element("path", d=_bow(x + 5.2, middle, way), fill=soft)
        canvas.element("circle", cx=x + 9.4, cy=middle + way * 14.6, r=2, fill=soft)


def _bow(x: float, middle: float, way: int) -> str:
    """Return one half of the clef, above (-1) or below (1) the middle line."""

    def at(dx: float, dy: float) -> str:
        return f"{number(x + dx)} {number(middle + way * dy)}"

    return (
        f"M{at(0, 0)}L{at(4.4, 5.2)}C{at(6.6, 4.2)} {at(13.6, 3)} {at(13.6, 11.2)}"
        f"C{at(13.6, 17.4)} {at(9, 20)} {at(6, 19.4)}C{at(3.6, 19)} {at(2, 17.2)} {at(2.2, 14.8)}"
        f"C{at(4, 18)} {at(7, 18.8)} {at(8.4, 17.2)}C{at(10.2, 15)} {at(9.8, 7)} {at(7.4, 6.4)}"
        f"C{at(6, 6.2)} {at(4.6, 7)} {at(3.4, 8.8)}Z"
    )


def draw_rest(canvas: Canvas, x: float, middle: float, paint: str) -> None:
    """Draw the rest of one day around a height."""
    canvas.element(
        "path",
        d=_QUARTER_REST.format(x0=number(x - 1.6), y0=number(middle - 9)),
        fill=paint,
        fill_opacity=0.75,
    )


def draw_week_rest(canvas: Canvas, x: float, top: float) -> None:
    """Draw the rest of a whole week: a block that hangs from the second line."""
    canvas.element(
        "rect", x=x - 7, y=top + GAP, width=14, height=GAP * 0.52, fill=canvas.paint.ink_soft
    )


def stem_path(member: Member, x: float, y: float) -> str:
    """Return the path of one stem: up for the first voice, down for the second."""
    end = y - STEM if member is Member.A else y + STEM
    return f"M{number(x)} {number(y)}V{number(end)}"


def draw_stems(canvas: Canvas, paths: Iterable[str], paint: str) -> None:
    """Draw all stems of one voice in one path."""
    whole = "".join(paths)
    if whole:
        canvas.element("path", d=whole, fill="none", stroke=paint, stroke_width=1.3)


def draw_melody(canvas: Canvas, points: Sequence[tuple[float, float]], member: Member) -> None:
    """Draw the soft line that a voice sings along, through days that follow each other."""
    if len(points) < 2:
        return
    steps = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        bend = (x2 - x1) / 2
        steps.append(
            f"C{number(x1 + bend)} {number(y1)} {number(x2 - bend)} {number(y2)} "
            f"{number(x2)} {number(y2)}"
        )
    canvas.element(
        "path", d="".join(steps), fill="none", stroke=canvas.paint.voice(member),
        stroke_width=1.7, stroke_opacity=0.4, stroke_linecap="round",
        stroke_dasharray=None if member is Member.A else "5 4",
    )  # fmt: skip


def draw_brackets(canvas: Canvas, x: float, y: float, paint: str) -> None:
    """Put a head in brackets: its height is known and its nearness is not."""
    for way in (-1, 1):
        start = f"M{number(x + way * 7)} {number(y - 6)}"
        canvas.element(
            "path",
            d=f"{start}q{number(way * 3)} 6 0 12",
            fill="none",
            stroke=paint,
            stroke_width=1.1,
        )
