"""Two places as fields: a plane in fifths, and where each of two people most likely is on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from counterpoint.content import Content, load_content
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import Canvas, wrap
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.plane import WIDTH, draw_staff, position
from counterpoint.pictures.wording import both, capital, span

FIFTHS = 5
STEPS = ("one", "two", "three", "four", "five")
"""The fifths of an axis as their words are called, the least first."""
_BELOW_PLANE = 348.0
_ROOM = 6.0


@dataclass(frozen=True)
class Field:
    """Where somebody most likely is, in fifths of each axis.

    Parameters
    ----------
    connection, self
        First and last fifth, 0 to 4, both included.
    """

    connection: tuple[int, int]
    self: tuple[int, int]

    def __post_init__(self) -> None:
        for first, last in (self.connection, self.self):
            if not 0 <= first <= last < FIFTHS:
                raise DataError(
                    f"a field runs from one fifth to the same or a later one, 0 to 4, "
                    f"not from {first} to {last}"
                )


def field_plane(
    fields: Mapping[Member, Field],
    *,
    names: tuple[str, str] | None = None,
    title: str | None = None,
    sentence: str | None = None,
    key: str = "fields",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw fields on the plane: nothing finer than a fifth of each axis.

    Parameters
    ----------
    fields
        The field of each member who is drawn.
    names
        How member a and member b are called; by default the reader and the reader's partner.
    title, sentence, key, theme, language
        As in `counterpoint.pictures.plane.plane`.
    """
    shown = [(member, fields[member]) for member in Member if member in fields]
    said = load_content(language)
    title = title or said.phrase("picture.fields.title")
    kinds = dict(zip(Member, ("named", "named") if names else ("you", "partner"), strict=True))
    called = dict(zip(Member, names or both(said), strict=True))
    canvas = Canvas(WIDTH, _BELOW_PLANE + 14 + 21 * max(1, len(shown)), key=key, theme=theme)
    draw_staff(canvas, said)
    for member, field in shown:
        _draw_field(canvas, member, field, is_one_of_two=len(shown) > 1)
    y = _BELOW_PLANE + 24
    for member, _ in shown:
        legend = said.phrase(f"picture.fields.legend.{kinds[member]}", name=called[member])
        canvas.note(32, y - 4.5, member, radius=5.5)
        canvas.text(50, y, wrap(legend, WIDTH - 56)[0])
        y += 21
    words = sentence or _tell(shown, kinds, called, said)
    rows = tuple(
        (
            called[member],
            _span(field.connection, "near", said),
            _span(field.self, "own", said),
        )
        for member, field in shown
    )
    headers = tuple(
        said.phrase(f"picture.fields.column.{one}") for one in ("who", "near", "oneself")
    )
    table = Table(headers, rows)
    return Picture(canvas.finish(title=title, sentence=words), words, table, title)


def _draw_field(canvas: Canvas, member: Member, field: Field, *, is_one_of_two: bool) -> None:
    """Draw a rounded field; the second stands a little inside, so that two alike show both."""
    inset = (_ROOM if member is Member.A else 2.2 * _ROOM) if is_one_of_two else _ROOM
    step = 100 / FIFTHS
    left, top = position(Place(field.connection[0] * step, (field.self[1] + 1) * step))
    right, bottom = position(Place((field.connection[1] + 1) * step, field.self[0] * step))
    colour = canvas.paint.voice(member)
    canvas.element(
        "rect", x=left + inset, y=top + inset, width=right - left - 2 * inset,
        height=bottom - top - 2 * inset, rx=16, fill=colour, fill_opacity=0.13, stroke=colour,
        stroke_width=1.6, stroke_dasharray=None if member is Member.A else "7 4",
    )  # fmt: skip
    corner = left + inset + 14 if member is Member.A else right - inset - 14
    canvas.note(corner, top + inset + 14, member, radius=5.5)


def _span(span_of: tuple[int, int], axis: str, said: Content) -> str:
    first, last = (said.phrase(f"picture.fields.{axis}.{STEPS[at]}") for at in span_of)
    return first if first == last else span(first, last, said)


def _tell(
    shown: list[tuple[Member, Field]],
    kinds: Mapping[Member, str],
    called: Mapping[Member, str],
    said: Content,
) -> str:
    if not shown:
        return said.phrase("picture.fields.none")
    told = [
        said.phrase(
            f"picture.fields.said.{kinds[member]}",
            name=capital(called[member]),
            near=_span(field.connection, "near", said),
            own=_span(field.self, "own", said),
        )
        for member, field in shown
    ]
    return " ".join([*told, said.phrase("picture.fields.broad")])
