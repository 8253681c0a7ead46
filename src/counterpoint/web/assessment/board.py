"""The plane a mark is set on, and the picture of the marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from counterpoint import pictures
from counterpoint.domain.plane import Place
from counterpoint.pictures.canvas import Canvas
from counterpoint.pictures.plane import WIDTH, draw_mark, draw_staff, position
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.queries import PlacedMark
from counterpoint.web.core.language import current_content, current_language

PICTURED = {
    MarkKind.NOW: (pictures.MarkKind.NOW, "picture.mark.mine.now"),
    MarkKind.WISH: (pictures.MarkKind.WISH, "picture.mark.mine.wish"),
    MarkKind.PARTNER_GUESS: (pictures.MarkKind.GUESS, "picture.mark.mine.guess"),
}


HEIGHT = 354.0


def draw_board(kind: MarkKind, others: Mapping[MarkKind, PlacedMark]) -> pictures.Picture:
    """Return the plane to set a mark on, with the other marks in place.

    The mark that is being set lies in the group ``board-mark``; the style sheet moves it by the
    taps chosen in the same form, so that it is seen at once and without a script. Inside the
    group ``board-points`` one unit is one point of the plane.
    """
    said = current_content()
    canvas = Canvas(WIDTH, HEIGHT, key="board", theme="page")
    draw_staff(canvas, said)
    for other, mark in others.items():
        x, y = position(mark.place)
        canvas.open("g", opacity=0.45)
        draw_mark(canvas, x, y, _drawn(other, mark.place))
        canvas.close("g")
    left, bottom = position(Place(0.0, 0.0))
    right, _ = position(Place(100.0, 100.0))
    unit = (right - left) / 100
    canvas.open(
        "g", transform=f"translate({left:.1f} {bottom:.1f}) scale({unit:.4f} {-unit:.4f})",
        **{"class": "board-points"},
    )  # fmt: skip
    for x, y, name in ((0, 100, "board-near"), (100, 0, "board-myself")):
        canvas.element(
            "line", x1=0, y1=0, x2=x, y2=y, stroke=canvas.paint.voice_a, stroke_width=0.5,
            stroke_dasharray="1.6 1.6", **{"class": name},
        )  # fmt: skip
    canvas.open("g", **{"class": "board-mark"})
    canvas.open("g", transform=f"scale({1 / unit:.4f} {-1 / unit:.4f})")
    draw_mark(canvas, 0, 0, _drawn(kind, Place(0.0, 0.0)), size=9.0)
    for name in ("g", "g", "g"):
        canvas.close(name)
    title, sentence = said.phrase("picture.plane.title"), said.phrase("mark.reading")
    svg = canvas.finish(title=title, sentence=sentence)
    return pictures.Picture(svg, sentence, picture_of(others).table, title)


def _drawn(kind: MarkKind, place: Place) -> pictures.Mark:
    drawn_as, label = PICTURED[kind]
    return pictures.Mark(place=place, kind=drawn_as, label=current_content().phrase(label))


def picture_of(marks: Mapping[MarkKind, PlacedMark]) -> pictures.Picture:
    """Return the plane with the newest marks."""
    drawn = [_drawn(kind, marks[kind].place) for kind in PICTURED if kind in marks]
    return pictures.plane(
        drawn,
        title=current_content().phrase("picture.plane.title.marks"),
        key="marks",
        language=current_language(),
    )


def next_kind(set_now: MarkKind, before: Collection[MarkKind]) -> MarkKind | None:
    """Return the mark to ask for after one was set; moving a mark asks for nothing more."""
    if set_now in before:
        return None
    following = list(MarkKind)[list(MarkKind).index(set_now) + 1 :]
    return next((kind for kind in following if kind not in before), None)
