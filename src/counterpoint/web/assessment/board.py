"""The plane a mark is set on, and the picture of the marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from counterpoint import pictures
from counterpoint.pictures.plane import position
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.queries import PlacedMark

PICTURED = {
    MarkKind.NOW: (pictures.MarkKind.NOW, "the last two weeks"),
    MarkKind.WISH: (pictures.MarkKind.WISH, "where I would like to be"),
    MarkKind.PARTNER_GUESS: (pictures.MarkKind.GUESS, "where my partner would put me"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark already on the board, in the units of the drawing."""

    kind: MarkKind
    x: float
    y: float


def spots(marks: Mapping[MarkKind, PlacedMark]) -> tuple[Spot, ...]:
    """Return where marks lie in the drawing."""
    return tuple(Spot(kind, *position(mark.place)) for kind, mark in marks.items())


def picture_of(marks: Mapping[MarkKind, PlacedMark]) -> pictures.Picture:
    """Return the plane with the newest marks."""
    drawn = [
        pictures.Mark(place=marks[kind].place, kind=drawn_as, label=label)
        for kind, (drawn_as, label) in PICTURED.items()
        if kind in marks
    ]
    return pictures.plane(drawn, title="My marks", key="marks")


def next_kind(set_now: MarkKind, before: Collection[MarkKind]) -> MarkKind | None:
    """Return the mark to ask for after one was set; moving a mark asks for nothing more."""
    if set_now in before:
        return None
    following = list(MarkKind)[list(MarkKind).index(set_now) + 1 :]
    return next((kind for kind in following if kind not in before), None)
