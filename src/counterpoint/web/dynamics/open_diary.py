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
from counterpoint.pictures.wording import capital
from counterpoint.web.core.day_words import day_and_month
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.dynamics.release_content import Bands, Numbers
from counterpoint.web.dynamics.results import Quantity
from counterpoint.web.dynamics.score_page import Piece, joint_piece

CALLED = {Member.A: "picture.you", Member.B: "picture.partner"}
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


def _say(phrase_id: str, **values: str | int | float) -> str:
    return current_content().phrase(phrase_id, **values)


def _short_names() -> tuple[str, str]:
    return _say("picture.you"), _say("picture.partner_short")


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
        voices[0],
        partner=voices[1],
        names=_short_names(),
        title=_say("picture.days.title.both"),
        key="both-days",
        language=current_language(),
    )


def _place(numbers: Numbers) -> Picture | None:
    if numbers.place is None or numbers.spread is None:
        return None
    marks = [
        Mark(
            Place(*numbers.place[member]),
            MarkKind.PLACE,
            _say("picture.mark.range_of", name=_say(CALLED[member])),
            member,
            numbers.spread[member],
        )
        for member in Member
    ]
    return plane(
        marks, title=_say("picture.fields.title"), key="both-places", language=current_language()
    )


def _same_day(numbers: Numbers) -> Picture:
    rows = [
        _interval(
            _say("picture.ranges.label.of", name=capital(_say(CALLED[member]))),
            numbers.own_same_day[member],
            member,
        )
        for member in Member
    ]
    labels = {
        Axis.CONNECTION: "picture.ranges.label.near.you",
        Axis.SELF: "picture.ranges.label.selves.you",
    }
    rows += [_interval(_say(labels[axis]), numbers.between[axis], None) for axis in Axis]
    days = min(numbers.answered.values())
    return same_day(rows, days=days, key="both-same-day", language=current_language())


def _couplings(numbers: Numbers) -> Picture:
    names, language = _short_names(), current_language()
    cells: dict[tuple[State, State], Interval] = {
        (effect, cause): _interval(
            coupling_label(effect, cause, names, language=language), quantity, effect.member
        )
        for (effect, cause), quantity in numbers.couplings.items()
    }
    days = min(numbers.answered.values())
    return coupling_matrix(cells, names=names, days=days, key="both-couplings", language=language)


def _counts(numbers: Numbers, bands: Bands) -> tuple[str, ...]:
    said = []
    for name, (count, days) in (
        ("adapt_detach", numbers.adapt_detach),
        ("repair", numbers.repair),
    ):
        if days:
            said.append(_say(f"dance.exact.{name}", count=count, days=days))
    if bands.days >= DAYS_SAME_DAY:
        low, high = numbers.alone_days
        said.append(_say("dance.exact.alone", low=round(low), high=round(high)))
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
