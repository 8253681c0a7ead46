"""The signs of the score: staff, clef, bar lines, stems and rests, drawn as plain paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

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

_STEMS = {Member.A: number(-STEM), Member.B: number(STEM)}
_TOP_TAP = 10.0
_BOW: tuple[tuple[str, *tuple[tuple[float, float], ...]], ...] = (
    ("l", (4.4, 5.2)),
    ("c", (6.6, 4.2), (13.6, 3.0), (13.6, 11.2)),
    ("c", (13.6, 17.4), (9.0, 20.0), (6.0, 19.4)),
    ("c", (3.6, 19.0), (2.0, 17.2), (2.2, 14.8)),
    ("c", (4.0, 18.0), (7.0, 18.8), (8.4, 17.2)),
    ("c", (10.2, 15.0), (9.8, 7.0), (7.4, 6.4)),
    ("c", (6.0, 6.2), (4.6, 7.0), (3.4, 8.8)),
)
"""The bow of the clef as path commands with their points, measured from where it begins."""
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


@dataclass
class Systems:
    """Staves, clefs, bar lines and day lines of all lines of music, one path for each look."""

    _staves: list[str] = field(default_factory=list)
    _bars: list[str] = field(default_factory=list)
    _days: list[str] = field(default_factory=list)
    _clefs: list[str] = field(default_factory=list)
    _last: list[str] = field(default_factory=list)

    def add_staff(self, left: float, right: float, top: float) -> None:
        """Add five lines and the clef before them."""
        start, end = number(left), number(right)
        self._staves += [f"M{start} {number(top + GAP * line)}H{end}" for line in range(5)]
        self.add_bar(left, top)
        self._clefs.append(f"M{number(left + 4)} {number(top)}{_clef()}")

    def add_days(self, places: Iterable[float], top: float) -> None:
        """Add the fine line of each day, across a staff and a little beyond."""
        end = f" {number(top - 5)}v{number(STAFF + 10)}"
        self._days += [f"M{number(x)}{end}" for x in places]

    def add_bar(self, x: float, top: float, *, last: bool = False) -> None:
        """Add a bar line; the last one is a thin and a thick line."""
        down = f" {number(top)}v{number(STAFF)}"
        self._bars.append(f"M{number(x - 4.6 if last else x)}{down}")
        if last:
            self._last.append(f"M{number(x - 1.4)}{down}")

    def draw(self, canvas: Canvas) -> None:
        """Draw what was added."""
        soft = canvas.paint.ink_soft
        look: dict[str, str | float] = {"fill": "none", "stroke": soft}
        canvas.element(
            "path", d="".join(self._staves), stroke_width=1, stroke_opacity=0.42, **look
        )  # fmt: skip
        canvas.element(
            "path", d="".join(self._days), stroke_width=1, stroke_opacity=0.5,
            stroke_dasharray="1.5 2.5", **look,
        )  # fmt: skip
        canvas.element("path", d="".join(self._bars), stroke_width=1.1, **look)
        canvas.element("path", d="".join(self._last), stroke_width=2.8, **look)
        canvas.element("path", d="".join(self._clefs), fill=soft)


@cache
def _clef() -> str:
    """Return the clef from its upper left corner on, after the C clef of old scores.

    Two upright lines, and two bows that meet at the middle line, each with its dot.
    """
    down = number(STAFF)
    lines = f"h3v{down}h-3zm4.7 0h1v{down}h-1zm.5 {number(STAFF / 2)}"
    return lines + "".join(_bow(way) + _dot(way) for way in (-1, 1))


def _dot(way: int) -> str:
    return f"m2.2 {number(way * 14.6)}a2 2 0 1 0 4 0a2 2 0 1 0-4 0zm-2.2 {number(way * -14.6)}"


def _bow(way: int) -> str:
    """Return one half of the clef, above (-1) or below (1) the point where both meet."""
    here, steps = (0.0, 0.0), []
    for command, *points in _BOW:
        (x, y), here = here, points[-1]
        ends = " ".join(f"{number(dx - x)} {number(way * (dy - y))}" for dx, dy in points)
        steps.append(f"{command}{ends}")
    return "".join(steps) + "z"


def rest_path(x: float, middle: float) -> str:
    """Return the path of the rest of one day around a height."""
    return _QUARTER_REST.format(x0=number(x - 1.6), y0=number(middle - 9))


def draw_rests(canvas: Canvas, paths: Iterable[str], paint: str) -> None:
    """Draw all rests of one colour in one path."""
    whole = "".join(paths)
    if whole:
        canvas.element("path", d=whole, fill=paint, fill_opacity=0.75)


def draw_week_rest(canvas: Canvas, x: float, top: float) -> None:
    """Draw the rest of a whole week: a block that hangs from the second line."""
    canvas.element(
        "rect", x=x - 7, y=top + GAP, width=14, height=GAP * 0.52, fill=canvas.paint.ink_soft
    )


def stem_path(member: Member, x: float, y: float) -> str:
    """Return the path of one stem: up for the first voice, down for the second."""
    return f"M{number(x)} {number(y)}v{_STEMS[member]}"


def draw_stems(canvas: Canvas, paths: Iterable[str], paint: str) -> None:
    """Draw all stems of one voice in one path."""
    whole = "".join(paths)
    if whole:
        canvas.element("path", d=whole, fill="none", stroke=paint, stroke_width=1.3)


def melody_path(points: Sequence[tuple[float, float]]) -> str:
    """Return the path that a voice sings along, through days that follow each other."""
    if len(points) < 2:
        return ""
    before, y = points[0]
    start = number(y)
    steps = [f"M{number(before)} {start}"]
    for x, y in points[1:]:
        middle, end = number((before + x) / 2), number(y)
        steps.append(f"C{middle} {start} {middle} {end} {number(x)} {end}")
        before, start = x, end
    return "".join(steps)


def draw_melodies(canvas: Canvas, paths: Iterable[str], member: Member) -> None:
    """Draw the soft line of one voice in one path."""
    whole = "".join(paths)
    if whole:
        canvas.element(
            "path", d=whole, fill="none", stroke=canvas.paint.voice(member), stroke_width=1.7,
            stroke_opacity=0.4, stroke_linecap="round",
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
