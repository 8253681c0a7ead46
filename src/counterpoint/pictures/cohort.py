"""Many couples on one plane: each partner a small note, the two of a couple joined by a line."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.pictures.canvas import Canvas
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.plane import WIDTH, draw_staff, position

_HEIGHT = 400.0
_DRAWN = 400


def cohort_plane(
    couples: Sequence[tuple[Place, Place]],
    *,
    names: tuple[str, str] = ("a", "b"),
    title: str = "All couples on the plane",
    sentence: str | None = None,
    key: str = "cohort",
    theme: Theme = "page",
) -> Picture:
    """Draw the places of many couples.

    Parameters
    ----------
    couples
        Place of member ``a`` and of member ``b``, one pair a couple; of more than 400 couples an
        even selection is drawn, and the caption says so.
    names
        Legend of the two members.
    title, sentence, key, theme
        As in :func:`counterpoint.pictures.plane.plane`.
    """
    count = len(couples)
    step = max(1, -(-count // _DRAWN))
    drawn = list(couples[::step])
    strength = 0.75 if len(drawn) <= 100 else 0.5
    canvas = Canvas(WIDTH, _HEIGHT, key=key, theme=theme)
    draw_staff(canvas)
    for a, b in drawn:
        (x1, y1), (x2, y2) = position(a), position(b)
        canvas.line(
            x1, y1, x2, y2, stroke=canvas.paint.ink_soft, stroke_width=0.7, stroke_opacity=0.35
        )
    for a, b in drawn:
        canvas.note(*position(b), Member.B, radius=3.0, opacity=strength)
        canvas.note(*position(a), Member.A, radius=3.0, opacity=strength)
    for member, name, x in zip(Member, names, (32.0, 182.0), strict=True):
        canvas.note(x, _HEIGHT - 22, member, radius=5)
        canvas.text(x + 13, _HEIGHT - 17.5, name)
    middles = [_middle([pair[index] for pair in couples]) for index in range(2)]
    words = sentence or _tell(count, len(drawn), names, middles)
    table = Table(
        ("Member", "Couples", "Nearness, mean", "Being oneself, mean"),
        tuple(
            (name, str(count), _points(middle.connection if middle else None),
             _points(middle.self if middle else None))
            for name, middle in zip(names, middles, strict=True)
        ),
    )  # fmt: skip
    return Picture(canvas.finish(title=title, sentence=words), words, table, title)


def _middle(places: Sequence[Place]) -> Place | None:
    if not places:
        return None
    return Place(
        sum(place.connection for place in places) / len(places),
        sum(place.self for place in places) / len(places),
    )


def _points(value: float | None) -> str:
    return "none" if value is None else f"{value:.0f}"


def _tell(count: int, drawn: int, names: tuple[str, str], middles: Sequence[Place | None]) -> str:
    if count == 0:
        return "The plane of nearness and being oneself, without a couple yet."
    text = f"{count} {'couple' if count == 1 else 'couples'}, each two notes joined by a line"
    if drawn < count:
        text += f", {drawn} of them drawn"
    parts = [
        f"{name} at nearness {middle.connection:.0f} and being oneself {middle.self:.0f}"
        for name, middle in zip(names, middles, strict=True)
        if middle is not None
    ]
    return f"{text}. On average {' and '.join(parts)}, on lines from 0 to 100."
