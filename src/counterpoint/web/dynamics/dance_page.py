"""The joint picture as one of the two sees it: themselves as "you", the other as "your partner".

Everything is drawn and said from the frozen content alone. Each sentence comes from one loop over
both, so that exchanging the two exchanges the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterpoint.domain.bearings import Bearing, InStep, Often, Room, SameDay
from counterpoint.domain.couplings import Cost, state_of
from counterpoint.domain.dyad import Member
from counterpoint.domain.loops import Loop
from counterpoint.domain.plane import Axis
from counterpoint.pictures import Arrow, Field, Link, Picture, Way, dance, field_plane
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.dynamics import open_diary
from counterpoint.web.dynamics.release_content import Bands, JointPicture

WHOSE = {Member.A: "mine", Member.B: "theirs"}
STRANDS = {InStep.LITTLE: 1, InStep.SOME: 2, InStep.MUCH: 3}


@dataclass(frozen=True)
class LoopTold:
    """One of the article's stuck dances and what these days can say of it.

    Parameters
    ----------
    title, meaning, question
        What it is, and what to ask each other.
    sentence
        What may be said, or that it cannot be told.
    is_said
        Which of the two.
    """

    title: str
    meaning: str
    question: str
    sentence: str
    is_said: bool


@dataclass(frozen=True)
class DancePage:
    """Everything a joint picture shows.

    Parameters
    ----------
    picture
        The dance.
    fields
        The two places, ``None`` unless each lets the other see theirs.
    said, open
        What may be said, and what cannot be told yet.
    loops
        The stuck dances.
    repair
        How often the two found their way back, or that it cannot be told.
    days
        What it rests on.
    numbers
        What the open diary adds, ``None`` where it is not open.
    """

    picture: Picture
    fields: Picture | None
    said: tuple[str, ...]
    open: tuple[str, ...]
    loops: tuple[LoopTold, ...]
    repair: str
    days: str
    numbers: open_diary.OpenDiary | None


def dance_page(seen: JointPicture, *, with_places: bool) -> DancePage:
    """Return the page of a picture whose member a is the viewer.

    Parameters
    ----------
    seen
        The picture as `JointPicture.seen_by` gives it.
    with_places
        Whether each still lets the other see their place.
    """
    bands = seen.bands
    fields = bands.fields if with_places else None
    return DancePage(
        picture=_picture(bands),
        fields=None
        if fields is None or seen.numbers is not None
        else field_plane(
            {member: Field(*fields[member]) for member in Member},
            key="dance-fields",
            language=current_language(),
        ),
        said=(*_same_day_said(bands), *_couplings_said(bands)),
        open=tuple(_open(bands)),
        loops=tuple(_loops(bands)),
        repair=_say("dance.open.repair")
        if bands.repair is Often.NOT_SAID
        else _say(f"dance.repair.{bands.repair}"),
        days=_say("dance.days", days=bands.days),
        numbers=None
        if seen.numbers is None
        else open_diary.open_diary(seen.numbers, bands, with_places=with_places),
    )


def _say(phrase_id: str, **values: str | int | float) -> str:
    return current_content().phrase(phrase_id, **values)


def _picture(bands: Bands) -> Picture:
    arrows = []
    links = []
    for member in Member:
        for cost, bearing in bands.costs[member].items():
            if bearing is not Bearing.NOT_SAID:
                along = (cost.sign > 0) is (bearing is Bearing.COSTS)
                arrows.append(Arrow(*cost.coupling(member), Way.SAME if along else Way.OTHER))
        own = bands.own_same_day[member]
        if own is not SameDay.NOT_SAID:
            way = Way.SAME if own is SameDay.TOGETHER else Way.OTHER
            links.append(
                Link(state_of(Axis.CONNECTION, member), state_of(Axis.SELF, member), way=way)
            )
    for axis in Axis:
        if bands.in_step[axis] is not InStep.NOT_SAID:
            strands = STRANDS[bands.in_step[axis]]
            links.append(Link(state_of(axis, Member.A), state_of(axis, Member.B), strands))
    return dance(arrows, links, key="dance", language=current_language())


def _same_day_said(bands: Bands) -> Iterator[str]:
    for member in Member:
        own = bands.own_same_day[member]
        if own is not SameDay.NOT_SAID:
            yield _say(f"dance.own_same_day.{own}.{WHOSE[member]}")
    for axis in Axis:
        if bands.in_step[axis] is not InStep.NOT_SAID:
            yield _say(f"dance.in_step.{axis}.{bands.in_step[axis]}")


def _couplings_said(bands: Bands) -> Iterator[str]:
    for cost in Cost:
        for member in Member:
            bearing = bands.costs[member][cost]
            if bearing is not Bearing.NOT_SAID:
                yield _say(f"dance.coupling.{cost}.{bearing}.{WHOSE[member]}")


def _open(bands: Bands) -> Iterator[str]:
    for member in Member:
        if bands.own_same_day[member] is SameDay.NOT_SAID:
            yield _say(f"dance.open.own_same_day.{WHOSE[member]}")
    for axis in Axis:
        if bands.in_step[axis] is InStep.NOT_SAID:
            yield _say(f"dance.open.in_step.{axis}")
    if any(bands.costs[member][cost] is Bearing.NOT_SAID for member in Member for cost in Cost):
        yield _say("dance.open.couplings")


def _loops(bands: Bands) -> Iterator[LoopTold]:
    room = {Room.A: "mine", Room.B: "theirs", Room.ALIKE: "alike"}.get(bands.room, "")
    told = {
        Loop.PURSUE_WITHDRAW: ("room", room),
        Loop.ADAPT_DETACH: ("adapt_detach", _word(bands.adapt_detach)),
        Loop.ALONE_TOGETHER: ("alone", _word(bands.alone)),
    }
    for loop, (stem, word) in told.items():
        text = current_content().loops[loop]
        yield LoopTold(
            title=text.title,
            meaning=text.meaning,
            question=text.question,
            sentence=_say(f"dance.{stem}.{word}" if word else f"dance.open.{stem}"),
            is_said=bool(word),
        )


def _word(often: Often) -> str:
    return "" if often is Often.NOT_SAID else often.value
