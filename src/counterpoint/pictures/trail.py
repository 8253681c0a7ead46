"""The dance on the plane: where one push takes two people, day by day, back to a usual place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterpoint.content import Content, load_content
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import Canvas, path, wrap
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.plane import (
    PLANE_BOTTOM,
    PLANE_LEFT,
    WIDTH,
    Mark,
    MarkKind,
    Spread,
    draw_range,
    draw_staff,
    position,
)

_LARGEST, _SMALLEST = 7.0, 2.2
_FADES_OVER = 8
"""Days over which the notes of a trail grow smaller."""


@dataclass(frozen=True)
class Trail:
    """Where one person goes after a push.

    Parameters
    ----------
    places
        One a day, day 0 first, points; at least two.
    ordinary
        2 × 2 covariance in points² of that one's ordinary days around the usual place.
    """

    places: Sequence[Place]
    ordinary: Spread


def trails(
    pair: tuple[Trail, Trail],
    usual: Place,
    *,
    names: tuple[str, str],
    title: str | None = None,
    sentence: str | None = None,
    key: str = "trails",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw where a push takes each of two people, over ovals of their ordinary days.

    Parameters
    ----------
    pair
        The two trails, equally long.
    usual
        The usual place, where both come from.
    names
        What the two are called.
    title, sentence, key, theme, language
        As in `counterpoint.pictures.plane.plane`.

    Raises
    ------
    DataError
        If the trails differ in length or hold fewer than two days.
    """
    days = len(pair[0].places)
    if days < 2 or days != len(pair[1].places):
        raise DataError("two trails are equally long and hold at least two days")
    said = load_content(language)
    title = title or said.phrase("picture.trails.title")
    canvas = Canvas(WIDTH, PLANE_BOTTOM + 26 + 16 + 21 * 3 + 4, key=key, theme=theme)
    draw_staff(canvas, said)
    canvas.open("g", clip_path=f"url(#{key}-frame)")
    for member, trail in zip(Member, pair, strict=True):
        oval = Mark(usual, MarkKind.PLACE, names[0], voice=member, spread=trail.ordinary)
        draw_range(canvas, oval)
    canvas.close("g")
    _draw_ring(canvas, *position(usual))
    for member, trail in reversed(list(zip(Member, pair, strict=True))):
        _draw_trail(canvas, trail, member)
    y = PLANE_BOTTOM + 26 + 24
    for member, name in zip(Member, names, strict=True):
        canvas.note(PLANE_LEFT + 10, y - 4.5, member, radius=5.5)
        canvas.text(PLANE_LEFT + 28, y, wrap(name, WIDTH - 60)[0])
        y += 21
    _draw_ring(canvas, PLANE_LEFT + 10, y - 4.5)
    canvas.text(PLANE_LEFT + 28, y, said.phrase("picture.trails.usual"))
    words = sentence or _tell(pair, names, said)
    table = _table(pair, names, said)
    return Picture(canvas.finish(title=title, sentence=words), words, table, title)


def _draw_ring(canvas: Canvas, x: float, y: float) -> None:
    canvas.element(
        "circle", cx=x, cy=y, r=4, fill=canvas.paint.paper, stroke=canvas.paint.ink,
        stroke_width=1.6,
    )  # fmt: skip


def _draw_trail(canvas: Canvas, trail: Trail, member: Member) -> None:
    points = [position(place) for place in trail.places]
    canvas.element(
        "path", d=path(points), fill="none", stroke=canvas.paint.voice(member), stroke_width=1.6,
        stroke_linejoin="round", stroke_dasharray=None if member is Member.A else "5 4",
    )  # fmt: skip
    for day, (x, y) in enumerate(points):
        share = max(0.0, 1 - day / _FADES_OVER)
        canvas.note(x, y, member, radius=_SMALLEST + (_LARGEST - _SMALLEST) * share)


def _tell(pair: tuple[Trail, Trail], names: tuple[str, str], said: Content) -> str:
    told = [said.phrase("picture.trails.over", days=len(pair[0].places) - 1)]
    for trail, name in zip(pair, names, strict=True):
        first, last = trail.places[0], trail.places[-1]
        told.append(
            said.phrase(
                "picture.trails.path",
                name=name,
                near=f"{first.connection:.0f}",
                own=f"{first.self:.0f}",
                near_then=f"{last.connection:.0f}",
                own_then=f"{last.self:.0f}",
            )
        )
    return " ".join(told)


def _table(pair: tuple[Trail, Trail], names: tuple[str, str], said: Content) -> Table:
    headers = [
        said.phrase(f"picture.column.{column}", name=name)
        for name in names
        for column in ("near_of", "oneself_of")
    ]
    return Table(
        (said.phrase("picture.column.day"), *headers),
        tuple(
            (
                said.phrase("picture.days_on", n=day)
                if day
                else said.phrase("picture.trails.first"),
                *(f"{value:.0f}" for at in (a, b) for value in (at.connection, at.self)),
            )
            for day, (a, b) in enumerate(zip(pair[0].places, pair[1].places, strict=True))
        ),
    )
