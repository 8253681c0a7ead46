"""What an open diary adds to a joint picture: both share their days, so it may be exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from counterpoint.domain.couplings import State
from counterpoint.domain.dyad import Member
from counterpoint.domain.gates import DAYS_COUPLING, DAYS_SAME_DAY
from counterpoint.domain.plane import Axis, Place
from counterpoint.pictures import (
    DayNotes,
    Interval,
    Mark,
    MarkKind,
    Picture,
    coupling_label,
    coupling_matrix,
    days_strip,
    plane,
    same_day,
)
from counterpoint.web.core.day_words import day_and_month
from counterpoint.web.core.language import current_content
from counterpoint.web.dynamics.release_content import Bands, Numbers
from counterpoint.web.dynamics.results import Quantity
from counterpoint.web.dynamics.score_page import Piece, joint_piece

NAMES = ("you", "partner")
CALLED = {Member.A: "you", Member.B: "your partner"}
DAYS_DRAWN = 70


@dataclass(frozen=True)
class OpenDiary:
    """The pictures and counts of an open diary.

    Parameters
    ----------
    days
        The days of both.
    music
        The same weeks as a piece for two voices.
    place
        Both places, ``None`` unless each lets the other see theirs.
    same_day, couplings
        Ranges, ``None`` before their gate.
    counts
        What was counted.
    """

    days: Picture
    music: Piece
    place: Picture | None
    same_day: Picture | None
    couplings: Picture | None
    counts: tuple[str, ...]


def open_diary(numbers: Numbers, bands: Bands, *, with_places: bool) -> OpenDiary:
    """Return what an open diary shows; member a is the viewer."""
    return OpenDiary(
        days=_days(numbers),
        music=joint_piece(numbers),
        place=_place(numbers) if with_places else None,
        same_day=_same_day(numbers) if bands.days >= DAYS_SAME_DAY else None,
        couplings=_couplings(numbers) if bands.days >= DAYS_COUPLING else None,
        counts=_counts(numbers, bands),
    )


def _days(numbers: Numbers) -> Picture:
    voices = []
    for member in Member:
        notes = []
        for offset, note in enumerate(numbers.notes[member]):
            on = numbers.first_on + timedelta(days=offset)
            near, myself = note or (None, None)
            notes.append(DayNotes(day_and_month(on), connection=near, self=myself))
        voices.append(notes[-DAYS_DRAWN:])
    return days_strip(
        voices[0], partner=voices[1], names=NAMES, title="Your days, both voices", key="both-days"
    )


def _place(numbers: Numbers) -> Picture | None:
    if numbers.place is None or numbers.spread is None:
        return None
    marks = [
        Mark(
            Place(*numbers.place[member]),
            MarkKind.PLACE,
            f"{CALLED[member]}, with the range",
            member,
            numbers.spread[member],
        )
        for member in Member
    ]
    return plane(marks, title="Two places", key="both-places")


def _same_day(numbers: Numbers) -> Picture:
    rows = [
        _interval(
            f"{CALLED[member][:1].upper()}{CALLED[member][1:]}: nearness and being oneself",
            numbers.own_same_day[member],
            member,
        )
        for member in Member
    ]
    labels = {
        Axis.CONNECTION: "Your nearness and your partner's",
        Axis.SELF: "Being oneself, you and your partner",
    }
    rows += [_interval(labels[axis], numbers.between[axis], None) for axis in Axis]
    days = min(numbers.answered.values())
    return same_day(rows, title="On the same day", days=days, key="both-same-day")


def _couplings(numbers: Numbers) -> Picture:
    cells: dict[tuple[State, State], Interval] = {
        (effect, cause): _interval(coupling_label(effect, cause, NAMES), quantity, effect.member)
        for (effect, cause), quantity in numbers.couplings.items()
    }
    days = min(numbers.answered.values())
    return coupling_matrix(cells, names=NAMES, days=days, key="both-couplings")


def _counts(numbers: Numbers, bands: Bands) -> tuple[str, ...]:
    content = current_content()
    said = []
    for name, (count, days) in (
        ("adapt_detach", numbers.adapt_detach),
        ("repair", numbers.repair),
    ):
        if days:
            said.append(content.phrase(f"dance.exact.{name}", count=count, days=days))
    if bands.days >= DAYS_SAME_DAY:
        low, high = numbers.alone_days
        said.append(content.phrase("dance.exact.alone", low=round(low), high=round(high)))
    return tuple(said)


def _interval(label: str, quantity: Quantity, voice: Member | None) -> Interval:
    return Interval(
        label,
        low=quantity.q05,
        middle=quantity.q50,
        high=quantity.q95,
        said=quantity.said,
        mostly_prior=quantity.mostly_prior,
        voice=voice,
    )
