"""Two places as fields: a plane in fifths, and where each of two people most likely is on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import Canvas, wrap
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.plane import WIDTH, draw_staff, position

FIFTHS = 5
NEARNESS_WORDS = ("far apart", "rather apart", "in the middle", "rather near", "near")
SELF_WORDS = (
    "hardly myself",
    "rather less myself",
    "in the middle",
    "rather myself",
    "fully myself",
)
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
    names: tuple[str, str] = ("you", "your partner"),
    title: str = "Two places",
    sentence: str | None = None,
    key: str = "fields",
    theme: Theme = "page",
) -> Picture:
    """Draw fields on the plane: nothing finer than a fifth of each axis.

    Parameters
    ----------
    fields
        The field of each member who is drawn.
    names
        How member a and member b are called.
    title, sentence, key, theme
        As in `counterpoint.pictures.plane.plane`.
    """
    shown = [(member, fields[member]) for member in Member if member in fields]
    called = dict(zip(Member, names, strict=True))
    canvas = Canvas(WIDTH, _BELOW_PLANE + 14 + 21 * max(1, len(shown)), key=key, theme=theme)
    draw_staff(canvas)
    for member, field in shown:
        _draw_field(canvas, member, field, both=len(shown) > 1)
    y = _BELOW_PLANE + 24
    for member, _ in shown:
        canvas.note(32, y - 4.5, member, radius=5.5)
        canvas.text(50, y, wrap(_legend(called[member]), WIDTH - 56)[0])
        y += 21
    words = sentence or _tell(shown, called)
    rows = tuple(
        (
            called[member],
            _span(field.connection, NEARNESS_WORDS),
            _span(field.self, SELF_WORDS),
        )
        for member, field in shown
    )
    table = Table(("Who", "Nearness", "Being oneself"), rows)
    return Picture(canvas.finish(title=title, sentence=words), words, table, title)


def _legend(name: str) -> str:
    return f"where {name} most likely {'are' if name == 'you' else 'is'}"


def _draw_field(canvas: Canvas, member: Member, field: Field, *, both: bool) -> None:
    """Draw a rounded field; the second stands a little inside, so that two alike show both."""
    inset = (_ROOM if member is Member.A else 2.2 * _ROOM) if both else _ROOM
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


def _span(span: tuple[int, int], words: tuple[str, ...]) -> str:
    first, last = span
    return words[first] if first == last else f"{words[first]} to {words[last]}"


def _tell(shown: list[tuple[Member, Field]], called: Mapping[Member, str]) -> str:
    if not shown:
        return "The plane of nearness and being oneself, without a field."
    said = []
    for member, field in shown:
        name = called[member]
        verb = "are" if name == "you" else "is"
        near = _span(field.connection, NEARNESS_WORDS)
        own = _span(field.self, SELF_WORDS)
        said.append(f"{name[:1].upper()}{name[1:]} most likely {verb} {near}, and {own}")
    return ". ".join(said) + ". The fields are broad on purpose."
