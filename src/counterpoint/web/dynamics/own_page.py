"""What one person sees of their own days: marks, days and counts at once, pictures by gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.pictures import (
    Interval,
    Mark,
    MarkKind,
    Picture,
    days_strip,
    four_corners,
    interval_ladder,
    plane,
    same_day,
)
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import kinds
from counterpoint.web.assessment import queries as assessment_queries
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics import queries, rules
from counterpoint.web.dynamics.own_days import day_notes, days_with_a_mark
from counterpoint.web.dynamics.results import Quantity, SoloResult
from counterpoint.web.dynamics.told import costs_told, place_told, same_day_told
from counterpoint.web.safety import queries as safety_queries

DAYS_DRAWN = 70

MARKS = {
    kinds.MarkKind.NOW: (MarkKind.NOW, "picture.mark.yours.now"),
    kinds.MarkKind.PARTNER_GUESS: (MarkKind.GUESS, "picture.mark.yours.guess"),
    kinds.MarkKind.WISH: (MarkKind.WISH, "picture.mark.yours.wish"),
}
GATES = {
    rules.PLACE_FROM_DAYS: "days.needed.place",
    rules.ABOUT_FROM_DAYS: "days.needed.as_wished",
    rules.SAME_DAY_FROM_DAYS: "days.needed.same_day",
    rules.COUPLINGS_FROM_DAYS: "days.needed.couplings",
}
CONNECTION = {
    rules.Told.ABOVE: "place.connection.nearer",
    rules.Told.BELOW: "place.connection.further",
    rules.Told.ABOUT: "place.connection.as_wished",
    rules.Told.OPEN: "place.connection.cannot_tell",
}
SELF = {
    rules.Told.ABOVE: "place.self.more",
    rules.Told.BELOW: "place.self.less",
    rules.Told.ABOUT: "place.self.as_wished",
    rules.Told.OPEN: "place.self.cannot_tell",
}
COUPLINGS = {
    "connection<-connection": "picture.ranges.label.near_near",
    "self<-self": "picture.ranges.label.self_self",
    "self<-connection": "picture.ranges.label.self_near",
    "connection<-self": "picture.ranges.label.near_self",
}


@dataclass(frozen=True)
class Panel:
    """One part of the page.

    Parameters
    ----------
    picture
        What is drawn, or ``None`` before there is anything to draw.
    sentences
        What is said, the first one first.
    footing
        What it rests on and what stays open.
    """

    picture: Picture | None
    sentences: tuple[str, ...] = ()
    footing: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnPage:
    """Everything on *my plane*.

    Parameters
    ----------
    days_known
        Answered days so far.
    place, days, corners
        Own marks and place, own days, own counts: always there.
    same_day, couplings
        ``None`` until their gate opens.
    ahead
        What opens next and after how many further days, or ``""``.
    has_wish
        Whether there is a wish to hold the place against.
    is_coming
        Whether the first picture may be drawn but has not been made yet.
    is_unreadable
        Whether the answers do not fit the model, so that nothing is inferred.
    """

    days_known: int
    place: Panel
    days: Panel
    corners: Panel
    same_day: Panel | None
    couplings: Panel | None
    ahead: str
    has_wish: bool
    is_coming: bool
    is_unreadable: bool


def own_page(owner: User, today: date) -> OwnPage:
    """Return what the owner sees today, from the owner's own rows and from nobody else's.

    Where the owner's quiet line asks for it, what goes together and what moves what is not
    worked out for the page, which then looks as it does before those gates open.
    """
    days = diary_queries.rows_for_engine(owner)
    marks = {kind: placed.place for kind, placed in assessment_queries.newest_marks(owner).items()}
    counts = diary_queries.corner_counts(owner)
    shown = queries.shown_fit(owner, today)
    wish = marks.get(kinds.MarkKind.WISH)
    result = None if shown is None else shown.result
    fit_days = 0 if shown is None else shown.days
    sentences_open = (
        shown is not None and not shown.provisional and not safety_queries.is_individual(owner)
    )
    ahead = rules.next_opening(counts.days)
    return OwnPage(
        days_known=counts.days,
        place=_place_panel(marks, shown, counts.days),
        days=_days_panel(days, wish),
        corners=Panel(
            four_corners(
                counts.counts,
                title=_say("picture.corners.title.yours"),
                language=current_language(),
            ),
            footing=(_say("corners.middle"),) if counts.days else (_say("corners.none"),),
        ),
        same_day=_same_day_panel(result, fit_days)
        if result is not None and sentences_open and fit_days >= rules.SAME_DAY_FROM_DAYS
        else None,
        couplings=_couplings_panel(result, fit_days)
        if result is not None and sentences_open and fit_days >= rules.COUPLINGS_FROM_DAYS
        else None,
        ahead="" if ahead is None else _say(GATES[ahead[0]], needed=ahead[1]),
        has_wish=wish is not None,
        is_coming=shown is None and counts.days >= rules.PLACE_FROM_DAYS,
        is_unreadable=shown is not None and shown.result is None,
    )


def _say(phrase_id: str, **values: str | int | float) -> str:
    return current_content().phrase(phrase_id, **values)


def _place_panel(
    marks: Mapping[kinds.MarkKind, Place], shown: queries.ShownFit | None, days_known: int
) -> Panel:
    title, language = _say("picture.plane.title.yours"), current_language()
    drawn = [
        Mark(marks[kind], drawn_as, _say(label))
        for kind, (drawn_as, label) in MARKS.items()
        if kind in marks
    ]
    if shown is None or shown.result is None:
        footing = [_say("days.known", days=days_known)] if days_known else [_say("days.none")]
        if not days_known:
            footing.append(_say("days.counted"))
        sentences = (_say("mark.reading"),) if drawn else (_say("empty.plane"),)
        return Panel(plane(drawn, title=title, language=language), sentences, tuple(footing))
    result = shown.result
    place = Mark(
        Place(*result.place), MarkKind.PLACE, _say("picture.mark.yours.days"), spread=result.spread
    )
    picture = plane([place, *drawn], title=title, sentence=_range_words(result), language=language)
    footing = [
        _say("days.known", days=shown.days),
        _say("place.range"),
        _say("place.sundays"),
    ]
    if result.at_the_top:
        footing.insert(1, _say("place.at_the_top"))
    if shown.provisional:
        return Panel(picture, (_say("place.provisional"),), tuple(footing[:2]))
    wish = marks.get(kinds.MarkKind.WISH)
    if wish is None:
        return Panel(picture, (_say("place.no_wish"),), tuple(footing))
    near, myself = place_told(result, wish, shown.days)
    return Panel(picture, (_say(CONNECTION[near]), _say(SELF[myself])), tuple(footing))


def _range_words(result: SoloResult) -> str:
    """Say the place in numbers: nine in ten draws lie between these."""
    (near_low, near_high), (self_low, self_high) = (
        _middle_ninety([draw[axis] for draw in result.draws]) for axis in range(2)
    )
    return _say(
        "picture.plane.days_put",
        near_low=near_low,
        near_high=near_high,
        self_low=self_low,
        self_high=self_high,
    )


def _middle_ninety(draws: Sequence[float]) -> tuple[int, int]:
    """Return the 5 % and 95 % points of draws, whole points within the plane."""
    ordered = sorted(draws)
    last = len(ordered) - 1
    low, high = ordered[round(0.05 * last)], ordered[round(0.95 * last)]
    return max(0, round(low)), min(100, round(high))


def _days_panel(days: Sequence[diary_queries.EngineDay], wish: Place | None) -> Panel:
    known = days_with_a_mark(days)
    if not known:
        return Panel(None, (_say("empty.days"),))
    last = known[-1].day
    first = max(known[0].day, last - timedelta(days=DAYS_DRAWN - 1))
    notes = day_notes(known, first, last)
    level = None if wish is None else (wish.connection, wish.self)
    footing = [_say("days.unknown")]
    if wish is not None:
        footing.insert(0, _say("picture.days.wish"))
    picture = days_strip(
        notes,
        wish=level,
        title=_say("picture.days.title.yours"),
        language=current_language(),
    )
    return Panel(picture, footing=tuple(footing))


def _interval(label: str, quantity: Quantity) -> Interval:
    return Interval(
        label,
        low=quantity.q05,
        middle=quantity.q50,
        high=quantity.q95,
        said=quantity.said,
        mostly_prior=quantity.mostly_prior,
        voice=Member.A,
    )


def _same_day_panel(result: SoloResult, days: int) -> Panel:
    plain, apart = result.same_day, result.same_day_mood_apart
    rows = [_interval(_say("picture.ranges.label.own"), plain)]
    footing = [_say("days.known", days=days)]
    if apart is not None:
        rows.append(_interval(_say("picture.ranges.label.mood_apart"), apart))
    sentence = _say(f"same_day.{same_day_told(result)}")
    picture = same_day(rows, sentence=sentence, language=current_language())
    return Panel(picture, footing=tuple(footing))


def _couplings_panel(result: SoloResult, days: int) -> Panel:
    rows = [
        _interval(_say(label), result.couplings[name])
        for name, label in COUPLINGS.items()
        if name in result.couplings
    ]
    said = [_say(f"coupling.{cost}") for cost in costs_told(result)]
    picture = interval_ladder(
        rows,
        ends=(_say("picture.ranges.less"), _say("picture.ranges.more")),
        sentence=" ".join(said) if said else _say("coupling.cannot_tell"),
        language=current_language(),
    )
    return Panel(picture, footing=(_say("days.known", days=days), _say("coupling.wide")))
