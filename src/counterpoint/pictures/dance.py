"""The dance: two people's nearness and self as four notes, with what moves what between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from counterpoint.content import Content, load_content
from counterpoint.domain.couplings import STATES, State
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import SMALL, Canvas, number, wrap
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.wording import both, capital

WIDTH = 340.0
_ACROSS = {Member.A: 88.0, Member.B: 252.0}
_DOWN = {Axis.CONNECTION: 84.0, Axis.SELF: 216.0}
_RING = 19.0
_BOTTOM = 268.0
_LINE = 19.0
STRANDS = (1, 2, 3)
MANY = 3
"""Beyond so many, the caption leaves the list to the table."""


class Way(StrEnum):
    """Whether what moves goes along or the other way; neither is better."""

    SAME = "same"
    OTHER = "other"


@dataclass(frozen=True)
class Arrow:
    """One thing that moves another from one day to the next.

    Parameters
    ----------
    effect, cause
        What moves, and what it moves after.
    way
        Along with it or the other way.
    """

    effect: State
    cause: State
    way: Way

    def __post_init__(self) -> None:
        same_person = self.effect.member is self.cause.member
        same_axis = self.effect.axis is self.cause.axis
        if same_person == same_axis:
            raise DataError(
                "an arrow of the dance runs within a person between the two needs, or between the "
                "two people on one need"
            )


@dataclass(frozen=True)
class Link:
    """Two things that go together on the same day.

    Parameters
    ----------
    one, other
        The two, in any order.
    strands
        How much, 1 to 3.
    way
        Together or by turns.
    """

    one: State
    other: State
    strands: int = 2
    way: Way = Way.SAME

    def __post_init__(self) -> None:
        if self.strands not in STRANDS:
            raise DataError(f"a link has one to three strands, not {self.strands}")
        if (self.one.member is self.other.member) == (self.one.axis is self.other.axis):
            raise DataError("a link runs within a person, or between two people on one need")


def dance(
    arrows: Sequence[Arrow],
    links: Sequence[Link],
    *,
    names: tuple[str, str] | None = None,
    title: str | None = None,
    sentence: str | None = None,
    key: str = "dance",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw what may be said of how two people move each other, and nothing else.

    Parameters
    ----------
    arrows
        What moves what from one day to the next.
    links
        What goes together on the same day.
    names
        How member a and member b are called; by default the reader and the reader's partner.
    title, sentence, key, theme, language
        As in `counterpoint.pictures.plane.plane`.
    """
    said = load_content(language)
    names = names or both(said)
    title = title or said.phrase("picture.dance.title")
    legend = _legend(arrows, links, said)
    canvas = Canvas(WIDTH, _BOTTOM + _LINE * max(1, len(legend)), key=key, theme=theme)
    for member, name in zip(Member, names, strict=True):
        x = _ACROSS[member]
        canvas.text(x, 18, wrap(name, 110)[0], anchor="middle")
    for link in links:
        _draw_link(canvas, link)
    for arrow in arrows:
        _draw_arrow(canvas, arrow)
    for state in STATES:
        _draw_state(canvas, state, said)
    if not arrows and not links:
        open_word = said.phrase("picture.dance.open")
        canvas.text(
            WIDTH / 2, (_DOWN[Axis.CONNECTION] + _DOWN[Axis.SELF]) / 2 + 4, open_word,
            anchor="middle", soft=True, italic=True,
        )  # fmt: skip
    for index, (kind, words) in enumerate(legend):
        _draw_legend(canvas, kind, words, _BOTTOM + _LINE * index)
    words = sentence or _tell(arrows, links, names, said)
    table = _table(arrows, links, names, said)
    return Picture(canvas.finish(title=title, sentence=words), words, table, title)


def _place(state: State) -> tuple[float, float]:
    return _ACROSS[state.member], _DOWN[state.axis]


def _draw_state(canvas: Canvas, state: State, said: Content) -> None:
    x, y = _place(state)
    colour = canvas.paint.voice(state.member)
    canvas.element(
        "circle", cx=x, cy=y, r=_RING, fill=canvas.paint.paper, stroke=colour, stroke_width=1.4
    )
    canvas.note(x, y, state.member, radius=7)
    near = state.axis is Axis.CONNECTION
    words = said.phrase("picture.nearness" if near else "picture.being_oneself")
    canvas.text(
        x, y - _RING - 6 if near else y + _RING + 15, words, size=SMALL, anchor="middle", soft=True
    )


def _draw_link(canvas: Canvas, link: Link) -> None:
    (x1, y1), (x2, y2) = _place(link.one), _place(link.other)
    upright = x1 == x2
    for strand in range(link.strands):
        aside = 4.5 * (strand - (link.strands - 1) / 2)
        dx, dy = (aside, 0.0) if upright else (0.0, aside)
        look: dict[str, str | float] = {"stroke": canvas.paint.ink_soft, "stroke_width": 1.5}
        if link.way is Way.OTHER:
            look["stroke_dasharray"] = "2 5"
            look["stroke_linecap"] = "round"
        canvas.line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, **look)


def _draw_arrow(canvas: Canvas, arrow: Arrow) -> None:
    """Draw a bow from cause to effect, on the outer side, wider for the second of a pair."""
    (x1, y1), (x2, y2) = _place(arrow.cause), _place(arrow.effect)
    within = arrow.cause.member is arrow.effect.member
    if within:
        outward = -1.0 if arrow.effect.member is Member.A else 1.0
        wide = 40.0 if arrow.effect.axis is Axis.SELF else 72.0
        bow = (outward * wide, 0.0)
    else:
        upward = -1.0 if arrow.effect.axis is Axis.CONNECTION else 1.0
        # leave the words above and below the rings alone: bows run towards the middle
        wide = 36.0 if arrow.effect.member is Member.A else 66.0
        bow = (0.0, -upward * wide)
    middle = ((x1 + x2) / 2 + bow[0], (y1 + y2) / 2 + bow[1])
    start, end = _towards((x1, y1), middle), _towards((x2, y2), middle)
    colour = canvas.paint.voice(arrow.effect.member)
    dashed = "6 4" if arrow.way is Way.OTHER else None
    canvas.element(
        "path",
        d=f"M{number(start[0])} {number(start[1])}Q{number(middle[0])} {number(middle[1])} "
        f"{number(end[0])} {number(end[1])}",
        fill="none", stroke=colour, stroke_width=2.2, stroke_dasharray=dashed,
    )  # fmt: skip
    _draw_head(canvas, middle, end, colour)


def _towards(ring: tuple[float, float], point: tuple[float, float]) -> tuple[float, float]:
    """Return where the line from a ring's middle to a point leaves the ring."""
    dx, dy = point[0] - ring[0], point[1] - ring[1]
    length = math.hypot(dx, dy)
    out = _RING + 3
    return ring[0] + dx / length * out, ring[1] + dy / length * out


def _draw_head(
    canvas: Canvas, before: tuple[float, float], tip: tuple[float, float], colour: str
) -> None:
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [
        (tip[0] - 9 * math.cos(angle + turn), tip[1] - 9 * math.sin(angle + turn))
        for turn in (-0.45, 0.45)
    ]
    points = [wings[0], tip, wings[1]]
    steps = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    canvas.element("path", d=f"M{steps}Z", fill=colour)


_STEPS = {1: "one", 2: "two", 3: "three"}


def _legend(
    arrows: Sequence[Arrow], links: Sequence[Link], said: Content
) -> list[tuple[Arrow | Link, str]]:
    """Return each look that is drawn once, with its words."""
    found: dict[str, Arrow | Link] = {}
    for arrow in arrows:
        found.setdefault(_arrow_words(arrow, said), arrow)
    for link in links:
        found.setdefault(_link_words(link, said), link)
    return [(kind, words) for words, kind in found.items()]


def _arrow_words(arrow: Arrow, said: Content) -> str:
    return said.phrase(f"picture.dance.arrow.{arrow.way.value}")


def _link_words(link: Link, said: Content) -> str:
    if link.one.member is link.other.member:
        return said.phrase(f"picture.dance.own.{link.way.value}")
    return said.phrase(f"picture.dance.step.{_STEPS[link.strands]}")


def _draw_legend(canvas: Canvas, kind: Arrow | Link, words: str, y: float) -> None:
    x = 30.0
    if isinstance(kind, Arrow):
        look: dict[str, str | float] = {"stroke": canvas.paint.ink, "stroke_width": 2.2}
        if kind.way is Way.OTHER:
            look["stroke_dasharray"] = "6 4"
        canvas.line(x, y, x + 26, y, **look)
        _draw_head(canvas, (x, y), (x + 34, y), canvas.paint.ink)
    else:
        for strand in range(kind.strands):
            at = y + 4.5 * (strand - (kind.strands - 1) / 2)
            look = {"stroke": canvas.paint.ink_soft, "stroke_width": 1.5}
            if kind.way is Way.OTHER:
                look["stroke_dasharray"] = "2 5"
                look["stroke_linecap"] = "round"
            canvas.line(x, at, x + 34, at, **look)
    canvas.text(x + 46, y + 4, words, size=SMALL)


def _named(state: State, names: tuple[str, str], said: Content) -> str:
    name = names[0] if state.member is Member.A else names[1]
    near = state.axis is Axis.CONNECTION
    need = said.phrase("picture.nearness" if near else "picture.being_oneself")
    return said.phrase("picture.dance.named", need=need, name=name)


def _tell(
    arrows: Sequence[Arrow], links: Sequence[Link], names: tuple[str, str], said: Content
) -> str:
    if not arrows and not links:
        return said.phrase("picture.dance.none")
    if len(arrows) + len(links) > MANY:
        return said.phrase("picture.dance.many")
    told = [
        said.phrase("picture.dance.link", one=one, other=other, words=words)
        for one, other, words in _rows((), links, names, said)
    ]
    told += [
        said.phrase("picture.dance.arrow", one=one, other=other, words=words)
        for one, other, words in _rows(arrows, (), names, said)
    ]
    return ". ".join(map(capital, told)) + ". " + said.phrase("picture.dance.rest")


def _rows(
    arrows: Sequence[Arrow], links: Sequence[Link], names: tuple[str, str], said: Content
) -> list[tuple[str, str, str]]:
    rows = [
        (_named(link.one, names, said), _named(link.other, names, said), _link_words(link, said))
        for link in links
    ]
    rows += [
        (
            _named(arrow.cause, names, said),
            _named(arrow.effect, names, said),
            _arrow_words(arrow, said),
        )
        for arrow in arrows
    ]
    return rows


def _table(
    arrows: Sequence[Arrow], links: Sequence[Link], names: tuple[str, str], said: Content
) -> Table:
    rows = tuple(_rows(arrows, links, names, said))
    one, two = (said.phrase("picture.dance.anything", name=name) for name in names)
    nothing = (one, two, said.phrase("picture.dance.nothing"))
    headers = tuple(said.phrase(f"picture.dance.column.{one}") for one in ("from", "to", "told"))
    return Table(headers, rows or (nothing,))
