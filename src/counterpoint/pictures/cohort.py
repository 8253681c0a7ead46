"""Many couples on one plane: each partner a small note, the two of a couple joined by a line."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoint.content import Content, load_content
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.pictures.canvas import Canvas
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.plane import WIDTH, draw_staff, position

_HEIGHT = 400.0
_DRAWN = 400
COLUMNS = ("member", "couples", "near", "oneself")


def cohort_plane(
    couples: Sequence[tuple[Place, Place]],
    *,
    names: tuple[str, str] = ("a", "b"),
    title: str | None = None,
    sentence: str | None = None,
    key: str = "cohort",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw the places of many couples.

    Parameters
    ----------
    couples
        Place of member ``a`` and of member ``b``, one pair a couple; of more than 400 couples an
        even selection is drawn, and the caption says so.
    names
        Legend of the two members.
    title, sentence, key, theme, language
        As in :func:`counterpoint.pictures.plane.plane`.
    """
    said = load_content(language)
    title = title or said.phrase("picture.cohort.title")
    count = len(couples)
    step = max(1, -(-count // _DRAWN))
    drawn = list(couples[::step])
    strength = 0.75 if len(drawn) <= 100 else 0.5
    canvas = Canvas(WIDTH, _HEIGHT, key=key, theme=theme)
    draw_staff(canvas, said)
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
    words = sentence or _tell(count, len(drawn), names, middles, said)
    table = Table(
        tuple(said.phrase(f"picture.cohort.column.{one}") for one in COLUMNS),
        tuple(
            (name, str(count), _points(middle.connection if middle else None, said),
             _points(middle.self if middle else None, said))
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


def _points(value: float | None, said: Content) -> str:
    return said.phrase("picture.cohort.nobody") if value is None else f"{value:.0f}"


def _tell(
    count: int,
    drawn: int,
    names: tuple[str, str],
    middles: Sequence[Place | None],
    said: Content,
) -> str:
    one, two = middles
    if one is None or two is None:
        return said.phrase("picture.cohort.none")
    kind = "some" if drawn < count else "said"
    text = said.phrase(f"picture.cohort.{kind}", n=count, drawn=drawn)
    mean = said.phrase(
        "picture.cohort.mean",
        one=names[0],
        one_near=f"{one.connection:.0f}",
        one_own=f"{one.self:.0f}",
        two=names[1],
        two_near=f"{two.connection:.0f}",
        two_own=f"{two.self:.0f}",
    )
    return f"{text} {mean}"
