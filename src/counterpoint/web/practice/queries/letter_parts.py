"""What a letter is made of: own words, own counts, and what may be said of own days.

Everything is read up to the end of the movement, from the owner's own rows and from nobody
else's, so that a letter opened late reads as it would have read in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from counterpoint.domain.diary import DAY_ENDS_AT, zone_named
from counterpoint.domain.movements import Movement
from counterpoint.domain.plane import Corner
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.wishes import wish_then_and_now
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import looks
from counterpoint.web.diary import queries as diary
from counterpoint.web.dynamics import queries as dynamics
from counterpoint.web.dynamics import rules as gates
from counterpoint.web.dynamics.change_page import told_movement
from counterpoint.web.dynamics.told import costs_told, same_day_told
from counterpoint.web.practice.halves import tell_half
from counterpoint.web.practice.letter_form import LetterText, Line, OpenQuestion, Part, quoted
from counterpoint.web.practice.queries.effects import effects_by
from counterpoint.web.practice.queries.today import gone_through

LINES_QUOTED = 6
PICTURE_WITHIN_DAYS = 7
"""So many days after its movement a picture may have been made to be told in its letter."""


@dataclass(frozen=True, slots=True)
class _Moves:
    """What may be said of how own days move; ``""`` and none where it may not."""

    same_day: str
    costs: tuple[str, ...]


def compose(owner: User, movement: Movement, began_on: date) -> LetterText:
    """Return the letter that closes a movement of the owner's.

    Parameters
    ----------
    owner
        Who reads it; nobody else does.
    movement
        A movement that is over.
    began_on
        First day the owner answered.
    """
    ends_on = movement.ends_on(began_on)
    closed_at = _closed_at(ends_on, owner.zone)
    wish = wish_then_and_now(owner, closed_at)
    change = _change(owner, movement)
    moves = _moves(owner, ends_on)
    parts = [
        _days(owner, ends_on),
        *_halves(owner, ends_on),
        _wish(wish is not None, wish is not None and wish[0] != wish[1]),
        _worked(owner, movement.begins_on(began_on), ends_on),
        _practised(owner, closed_at, ends_on),
        change,
        _moving(moves),
    ]
    return LetterText(
        movement=movement,
        title=_say(f"letter.title.{movement.value}"),
        opening=_say(f"letter.opening.{movement.value}"),
        ground=(_say("letter.not_for"), _say("letter.wrong")),
        parts=tuple(part for part in parts if part is not None),
        wish=None
        if wish is None
        else ((wish[0].connection, wish[0].self), (wish[1].connection, wish[1].self)),
        open_title=_say("letter.open"),
        questions=(
            OpenQuestion(_say("letter.open.change"), change is None),
            OpenQuestion(_say("letter.open.same_day"), not moves.same_day),
            OpenQuestion(_say("letter.open.couplings"), not moves.costs),
            OpenQuestion(_say("letter.open.why"), is_open=True),
        ),
        offer=tuple(_offer(movement)),
        close=_say("letter.close"),
    )


def _say(phrase_id: str, **values: str | int) -> str:
    return current_content().phrase(phrase_id, **values)


def _closed_at(day: date, zone: str) -> datetime:
    """Return when a local day ends."""
    return datetime.combine(day + timedelta(days=1), DAY_ENDS_AT, tzinfo=zone_named(zone))


def _days(owner: User, ends_on: date) -> Part:
    known = sum(day <= ends_on for day in diary.corners_by_day(owner))
    return Part("days", "", (Line(_say("letter.days", days=known)),))


def _halves(owner: User, ends_on: date) -> Iterator[Part]:
    """Yield the two halves of the healthier question: first and last words, then and now."""
    for name, answers in looks.halves(owner).items():
        told = tell_half([one for one in answers if one.week_ends_on <= ends_on])
        if told is None:
            continue
        lines = []
        if told.first:
            lines += [Line(_say("letter.first_words")), Line(told.first, is_own=True)]
        if told.last:
            lines += [Line(_say("letter.last_words")), Line(told.last, is_own=True)]
        if told.then is not None and told.now is not None:
            then, now = _most(*told.then), _most(*told.now)
            lines.append(Line(_say("letter.half_then_now", then=then, now=now)))
        elif told.answers:
            lines.append(Line(_say("letter.half_few", n=told.answers)))
        yield Part(name, _say(f"letter.{name}"), tuple(lines))


def _most(low: int, high: int) -> str:
    """Say where most answers lay; where they are all one tap it is named once."""
    return _say("letter.half_at" if low == high else "letter.half_between", low=low, high=high)


def _wish(has_wish: bool, has_moved: bool) -> Part:
    said = "none" if not has_wish else "moved" if has_moved else "same"
    return Part("wish", _say("letter.wish.title"), (Line(_say(f"letter.wish.{said}")),))


def _worked(owner: User, begins_on: date, ends_on: date) -> Part | None:
    """Return the days that worked, with own lines: those of the movement before earlier ones."""
    days = [
        day
        for day, corner in diary.corners_by_day(owner).items()
        if corner is Corner.NEAR_AND_MYSELF and day <= ends_on
    ]
    if not days:
        return None
    lines = [
        (entry.day, line)
        for entry in reversed(diary.days_about(owner, days))
        for line in entry.lines.values()
        if line
    ]
    of_movement = [line for day, line in lines if day >= begins_on]
    quoted = _spread(of_movement or [line for _, line in lines])
    said = "letter.worked" if quoted else "letter.worked.no_lines"
    return Part(
        "worked",
        _say("album.title"),
        (Line(_say(said, n=len(days))), *(Line(line, is_own=True) for line in quoted)),
    )


def _spread(lines: list[str]) -> list[str]:
    """Return some lines, spread evenly from the first to the last."""
    if len(lines) <= LINES_QUOTED:
        return lines
    step = (len(lines) - 1) / (LINES_QUOTED - 1)
    return [lines[round(at * step)] for at in range(LINES_QUOTED)]


def _practised(owner: User, closed_at: datetime, ends_on: date) -> Part:
    exercises = current_content().exercises
    gone = [one for one in gone_through(owner, closed_at) if one in exercises]
    titles = [quoted(exercises[one].title) for one in gone]
    told = (
        _say("letter.practised", n=len(titles), titles=", ".join(titles))
        if titles
        else _say("letter.practised_none")
    )
    lines = [Line(told)]
    for title, sentences in effects_by(owner, ends_on):
        lines.append(Line(_say("letter.found_out", title=title)))
        lines += [Line(sentence) for sentence in sentences]
    return Part("practised", _say("letter.practised.title"), tuple(lines))


def _change(owner: User, movement: Movement) -> Part | None:
    compared = told_movement(owner, movement)
    said = () if compared is None else tuple(one for one in compared.told if one.is_said)
    if compared is None or not said:
        return None
    lines = [Line(f"{one.sentence} {one.span}") for one in said]
    lines += [Line(compared.ground), Line(_say("change.reading"))]
    return Part("change", _say("change.title"), tuple(lines), is_inferred=True)


def _moves(owner: User, ends_on: date) -> _Moves:
    """Return what may be said of the picture the owner saw in the week after the movement."""
    seen_on = min(clock.today(owner.zone), ends_on + timedelta(days=PICTURE_WITHIN_DAYS))
    shown = dynamics.shown_fit(owner, seen_on)
    if shown is None or shown.result is None or shown.provisional:
        return _Moves("", ())
    told = same_day_told(shown.result)
    opens = shown.days >= gates.SAME_DAY_FROM_DAYS and told != "cannot_tell"
    return _Moves(
        same_day=told if opens else "",
        costs=costs_told(shown.result) if shown.days >= gates.COUPLINGS_FROM_DAYS else (),
    )


def _moving(moves: _Moves) -> Part | None:
    if not moves.same_day and not moves.costs:
        return None
    lines = []
    if moves.same_day:
        lines.append(Line(_say(f"same_day.{moves.same_day}")))
    lines += [Line(_say(f"coupling.{cost}")) for cost in moves.costs]
    return Part("moves", _say("letter.moves"), tuple(lines), is_inferred=True)


def _offer(movement: Movement) -> Iterator[str]:
    following = movement.following
    yield _say("letter.stop" if following is None else "letter.stop.early")
    yield _say("letter.stop.sundays")
    yield _say("letter.stop.all")
    if following is not None:
        yield _say("letter.go_on", weeks=following.weeks)
