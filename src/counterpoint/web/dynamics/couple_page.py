"""What two people see together, here of the simulated couple: pictures, sentences, open ends.

Every sentence comes from one loop over both partners, so that swapping them swaps the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from counterpoint.domain.couplings import Cost, State
from counterpoint.domain.dyad import Member
from counterpoint.domain.gates import SURE_DIRECTION
from counterpoint.domain.plane import Axis
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
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.dynamics.couple_truth import (
    count_true,
)
from counterpoint.web.dynamics.own_days import POINTS_A_TAP
from counterpoint.web.dynamics.score_page import Piece
from counterpoint.web.dynamics.simulated import Finding, SimulatedCouple

A_MONDAY = date(2024, 1, 1)
AGAINST = {
    Axis.CONNECTION: {"above": "nearer", "below": "further", "near": "as_wished"},
    Axis.SELF: {"above": "more", "below": "less", "near": "as_wished"},
}


@dataclass(frozen=True)
class CouplePage:
    """Everything on the page of a couple.

    Parameters
    ----------
    names
        Names of partner a and partner b.
    weeks, known_days
        Length of the diary, and the smaller number of answered days.
    place, days, same_day, couplings
        Pictures.
    music
        The same days as a piece for two voices.
    place_said, same_day_said, couplings_said
        What may be said under each.
    place_open, same_day_open, couplings_open
        What these days cannot tell.
    right, said
        How many of the said sentences are true of the numbers the days were made with, of how
        many; only of a simulated couple can this be known.
    """

    names: tuple[str, str]
    weeks: int
    known_days: int
    place: Picture
    days: Picture
    music: Piece
    same_day: Picture
    couplings: Picture
    place_said: tuple[str, ...]
    place_open: tuple[str, ...]
    same_day_said: tuple[str, ...]
    same_day_open: tuple[str, ...]
    couplings_said: tuple[str, ...]
    couplings_open: tuple[str, ...]
    right: int
    said: int


@dataclass(frozen=True)
class _Sentence:
    text: str
    is_said: bool


def couple_page(couple: SimulatedCouple) -> CouplePage:
    """Return the page of a couple."""
    place = list(_place_sentences(couple))
    together = list(_same_day_sentences(couple))
    couplings = list(_coupling_sentences(couple))
    right, said = count_true(couple)
    names = _names(couple)
    return CouplePage(
        names=names,
        weeks=len(couple.partners[0].days) // 7,
        known_days=couple.known_days,
        place=_plane(couple),
        days=_days(couple),
        music=simulated_piece(couple),
        same_day=_same_day(couple),
        couplings=_couplings(couple),
        place_said=_said(place),
        place_open=_open(place),
        same_day_said=_said(together),
        same_day_open=_open(together),
        couplings_said=_said(couplings),
        couplings_open=() if _said(couplings) else (_pair("coupling.cannot_tell", *names),),
        right=right,
        said=said,
    )


def _say(phrase_id: str, **values: str | int | float) -> str:
    return current_content().phrase(phrase_id, **values)


def _pair(phrase_id: str, one: str, other: str) -> str:
    content = current_content()
    return content.phrase(f"pair.{phrase_id}", **_only(phrase_id, one=one, other=other))


def _only(phrase_id: str, **names: str) -> dict[str, str]:
    """Keep the names a phrase asks for: those about one person do not name the other."""
    text = current_content().phrases[f"pair.{phrase_id}"].text
    return {key: name for key, name in names.items() if f"{{{key}}}" in text}


def _names(couple: SimulatedCouple) -> tuple[str, str]:
    return couple.partners[0].name, couple.partners[1].name


def _ordered(couple: SimulatedCouple, member: Member) -> tuple[str, str]:
    return couple.partner(member).name, couple.partner(member.other).name


def _said(sentences: list[_Sentence]) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in sentences if sentence.is_said)


def _open(sentences: list[_Sentence]) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in sentences if not sentence.is_said)


def _place_sentences(couple: SimulatedCouple) -> Iterator[_Sentence]:
    for member in Member:
        partner = couple.partner(member)
        for axis, finding in zip(Axis, partner.against, strict=True):
            told = AGAINST[axis].get(finding, "cannot_tell")
            text = _pair(f"place.{axis.value}.{told}", *_ordered(couple, member))
            yield _Sentence(text, bool(finding))
    nearer = Member.A if couple.nearer_prob >= 0.5 else Member.B
    is_said = max(couple.nearer_prob, 1 - couple.nearer_prob) >= SURE_DIRECTION
    phrase_id = "nearer" if is_said else "nearer.cannot_tell"
    yield _Sentence(_pair(phrase_id, *_ordered(couple, nearer if is_said else Member.A)), is_said)


def _same_day_sentences(couple: SimulatedCouple) -> Iterator[_Sentence]:
    for member in Member:
        found = couple.own_same_day(member)
        told = ("together" if found.mean > 0 else "turns") if found.said else "cannot_tell"
        text = _pair(f"same_day.{told}", *_ordered(couple, member))
        yield _Sentence(text, found.said)
    for axis, stem in ((Axis.CONNECTION, "closeness"), (Axis.SELF, "selves")):
        found = couple.between(axis)
        told = ("in_step" if found.mean > 0 else "in_turn") if found.said else "cannot_tell"
        yield _Sentence(_pair(f"{stem}.{told}", *_names(couple)), found.said)


def _coupling_sentences(couple: SimulatedCouple) -> Iterator[_Sentence]:
    for member in Member:
        for cost in Cost:
            effect, cause = cost.coupling(member)
            found = couple.finding("cost", effect.value, cause.value)
            text = _pair(f"coupling.{cost.value}", *_ordered(couple, member))
            yield _Sentence(text, found.said)


def _plane(couple: SimulatedCouple) -> Picture:
    marks = []
    for member in Member:
        partner = couple.partner(member)
        marks.append(
            Mark(
                partner.place,
                MarkKind.PLACE,
                _say("picture.mark.days_of", name=partner.name),
                member,
                partner.spread,
            )
        )
    for member in Member:
        partner = couple.partner(member)
        label = _say("picture.mark.wish_of", name=partner.name)
        marks.append(Mark(partner.wish, MarkKind.WISH, label, member))
    one, two = _names(couple)
    return plane(
        marks,
        title=_say("picture.plane.title.wishes"),
        sentence=_say("picture.plane.wishes", one=one, two=two),
        key="couple-plane",
        language=current_language(),
    )


def simulated_piece(couple: SimulatedCouple) -> Piece:
    """Return the days of a couple as a piece; they have no dates, and begin with a bar."""
    one, two = _voices(couple)
    return Piece(first_on=A_MONDAY, days=one, partner=two, names=_names(couple))


def _days(couple: SimulatedCouple) -> Picture:
    one, two = _voices(couple)
    return days_strip(
        one,
        partner=two,
        names=_names(couple),
        title=_say("picture.days.title.theirs"),
        key="couple-days",
        language=current_language(),
    )


def _voices(couple: SimulatedCouple) -> list[list[DayNotes]]:
    voices = []
    for partner in couple.partners:
        notes = []
        for index, day in enumerate(partner.days):
            label = _say("picture.day_number", n=index + 1)
            if day is None:
                notes.append(DayNotes(label))
            else:
                near, myself = day.taps["c1"] * POINTS_A_TAP, day.taps["s1"] * POINTS_A_TAP
                notes.append(DayNotes(label, connection=near, self=myself))
        voices.append(notes)
    return voices


def _same_day(couple: SimulatedCouple) -> Picture:
    rows = []
    for member in Member:
        name = couple.partner(member).name
        found = couple.own_same_day(member)
        rows.append(_interval(_say("picture.ranges.label.of", name=name), found, member))
    for axis, label in (
        (Axis.CONNECTION, "picture.ranges.label.near"),
        (Axis.SELF, "picture.ranges.label.selves"),
    ):
        rows.append(_interval(_say(label), couple.between(axis), None))
    return same_day(
        rows,
        sentence=_say("picture.ranges.couple", days=couple.known_days),
        key="couple-same-day",
        language=current_language(),
    )


def _couplings(couple: SimulatedCouple) -> Picture:
    cells = {}
    for found in couple.of("coupling"):
        effect, cause = State(found.effect), State(found.cause)
        label = coupling_label(effect, cause, _names(couple), language=current_language())
        cells[effect, cause] = _interval(label, found, effect.member)
    return coupling_matrix(
        cells,
        names=_names(couple),
        days=couple.known_days,
        key="couple-couplings",
        language=current_language(),
    )


def _interval(label: str, found: Finding, voice: Member | None) -> Interval:
    return Interval(
        label,
        low=found.q05,
        middle=found.q50,
        high=found.q95,
        said=found.said,
        mostly_prior=found.mostly_prior,
        voice=voice,
    )
