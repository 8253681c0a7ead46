"""The key of the score: one line for each sign that needs a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from counterpoint.content import Content
from counterpoint.domain.dyad import Member
from counterpoint.pictures import notation
from counterpoint.pictures.canvas import TEXT, Canvas, number, wrap
from counterpoint.pictures.wording import capital

_EDGE = 4.0
_LINE = 17.0
_ICON = 44.0

Entry = tuple[Callable[[Canvas, float, float], None], str]


"""How a sign is drawn around a point, and its words."""


def key_entries(names: tuple[str, str] | None, said: Content, *, has_wish: bool) -> list[Entry]:
    """Return the signs of a score.

    Parameters
    ----------
    names
        Names of the two voices, ``None`` for one voice alone.
    said
        Words of the language.
    has_wish
        Whether the wish of one voice is drawn.
    """

    def head(member: Member) -> Callable[[Canvas, float, float], None]:
        return lambda canvas, x, y: _chord(canvas, x, y, {member: 0})

    def key(sign: str) -> str:
        return said.phrase(f"picture.score.key.{sign}")

    if names is None:
        entries: list[Entry] = [
            (head(Member.A), key("near")),
            (lambda c, x, y: _chord(c, x, y, {Member.A: 14}), key("further")),
        ]
        if has_wish:
            entries.append((_wish_sign, key("wish")))
    else:
        entries = [(head(m), capital(name)) for m, name in zip(Member, names, strict=True)]
        entries += [
            (lambda c, x, y: _chord(c, x, y, dict.fromkeys(Member, 0)), key("stem")),
            (
                lambda c, x, y: _chord(c, x, y, dict.fromkeys(Member, 9)),
                key("apart"),
            ),
        ]
    entries.append((_rest_sign, key("rest")))
    entries.append((_higher, key("higher" if names else "higher.alone")))
    return entries


def _chord(canvas: Canvas, x: float, y: float, away: Mapping[Member, float]) -> None:
    canvas.line(
        x, y - 13, x, y + 13,
        stroke=canvas.paint.ink_soft, stroke_opacity=0.5, stroke_dasharray="1.5 2.5",
    )  # fmt: skip
    for member, far in away.items():
        way = -1 if member is Member.A else 1
        lift = 0.0 if len(away) == 1 else way * 2.5
        stem = x + way * far
        canvas.line(
            stem, y + lift, stem, y + way * 14,
            stroke=canvas.paint.voice(member), stroke_width=1.3,
        )  # fmt: skip
        canvas.note(stem + way * notation.HALF_HEAD, y + lift, member, radius=notation.HEAD)


def _rest_sign(canvas: Canvas, x: float, y: float) -> None:
    notation.draw_rests(canvas, [notation.rest_path(x, y)], canvas.paint.ink_soft)


def _wish_sign(canvas: Canvas, x: float, y: float) -> None:
    canvas.note(x - 11, y, Member.A, radius=notation.HEAD * 0.86, hollow=True)
    canvas.line(
        x - 2, y, x + 18, y, stroke=canvas.paint.voice_a, stroke_width=1.7,
        stroke_dasharray="0.5 5", stroke_linecap="round",
    )  # fmt: skip


def _higher(canvas: Canvas, x: float, y: float) -> None:
    soft = canvas.paint.ink_soft
    canvas.element(
        "path", d=f"M{number(x)} {number(y + 10)}v-20m-4 5l4-5.5 4 5.5", fill="none", stroke=soft,
        stroke_width=1.3, stroke_linecap="round", stroke_linejoin="round",
    )  # fmt: skip


def _key_rows(
    entries: Sequence[Entry], width: float, columns: int
) -> list[list[tuple[Entry, list[str]]]]:
    room = width / columns - _ICON - 12
    cells = [(entry, wrap(entry[1], room, TEXT)) for entry in entries]
    return [cells[at : at + columns] for at in range(0, len(cells), columns)]


def _row_height(row: Sequence[tuple[Entry, list[str]]]) -> float:
    return max(32.0, _LINE * max(len(lines) for _, lines in row) + 8)


def key_height(entries: Sequence[Entry], width: float, columns: int) -> float:
    """Return how much room the key needs, in user units."""
    return sum(_row_height(row) for row in _key_rows(entries, width, columns)) + 6


def draw_key(canvas: Canvas, entries: Sequence[Entry], top: float, columns: int) -> None:
    """Draw the key under the music."""
    y = top
    for row in _key_rows(entries, canvas.width, columns):
        tall = _row_height(row)
        for column, ((draw, _), lines) in enumerate(row):
            x = _EDGE + column * canvas.width / columns
            draw(canvas, x + _ICON / 2, y + tall / 2)
            base = y + tall / 2 + 4.5 - (len(lines) - 1) * _LINE / 2
            for line in lines:
                canvas.text(x + _ICON + 6, base, line)
                base += _LINE
        y += tall
