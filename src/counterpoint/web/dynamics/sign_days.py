"""What a person's days and weeks show of one item: counts and usual ranges, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from counterpoint.content.sign_pages import Shown
from counterpoint.content.sunday import LookItem
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.diary.between import EveningBetween, evenings_between
from counterpoint.web.diary.looks import Look, looks
from counterpoint.web.diary.rules import UsualRange, usual_range

WAYS = {Shown.E3_STAYED: "stayed", Shown.E3_GAVE_IN: "gave_in"}


class _Asked(Protocol):
    """A question with a row of taps."""

    @property
    def prompt(self) -> str:
        """The question."""

    @property
    def low(self) -> str:
        """Words at 0."""

    @property
    def high(self) -> str:
        """Words at 10."""


@dataclass(frozen=True, slots=True)
class ShownDays:
    """What one item shows.

    Parameters
    ----------
    prompt
        The question as it is asked.
    sentence
        What the answers show, ``""`` while they show nothing.
    """

    prompt: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OwnDays:
    """One person's answers day by day.

    Parameters
    ----------
    days
        Tap items by day.
    evenings
        What was said about the two.
    looks
        What was said about weeks.
    """

    days: Sequence[diary_queries.EngineDay]
    evenings: Sequence[EveningBetween]
    looks: Sequence[Look]

    def taps(self, item: str, *, friction: bool | None = None) -> list[float]:
        """Return the taps of one item, of all days or of those with or without friction."""
        return [
            day.values[item]
            for day in self.days
            if item in day.values and (friction is None or bool(day.friction) is friction)
        ]


def own_days(owner: User) -> OwnDays:
    """Return the owner's own answers, and nobody else's."""
    return OwnDays(diary_queries.rows_for_engine(owner), evenings_between(owner), looks(owner))


def show(shown: Shown, own: OwnDays) -> ShownDays:
    """Return what one item shows of a person's days."""
    items = current_content().checkin.items
    if shown in WAYS:
        way = WAYS[shown]
        label = next(one.label for one in items["e3"].options if one.value == way)
        return ShownDays(f"{items['e3'].prompt} {label}", _way(own, way))
    if shown is Shown.S3_ON_FRICTION_DAYS:
        return ShownDays(_("On days with friction, and on other days"), _beside(own, "s3"))
    if shown in _COUNTED:
        return ShownDays(items[shown.value].prompt, _COUNTED[shown](own))
    if shown.value in items:
        asked = items[shown.value]
        return ShownDays(asked.prompt, usual_words(asked, own.taps(shown.value)))
    weekly = current_content().sunday.items[shown.value]
    return ShownDays(weekly.prompt, _weeks(weekly, own.looks))


def _weeks(asked: LookItem, of_weeks: Sequence[Look]) -> str:
    """Say what the looks at weeks hold of one item; nothing before there is an answer."""
    name = asked.item_id
    if asked.kind == "line":
        kept = sum(look.line_of(name) != "" for look in of_weeks)
        return _say("calm.moments", n=kept) if kept else ""
    if asked.kind == "often":
        words = [look.words[name] for look in of_weeks if name in look.words]
        counts = {one.value: words.count(one.value) for one in current_content().sunday.often}
        return _say("sign.days.weeks", weeks=len(words), **counts) if words else ""
    taps = [look.taps[name] for look in of_weeks if name in look.taps]
    return usual_words(asked, taps, spans="weeks")


def usual_words(asked: _Asked, taps: Sequence[float], *, spans: str = "days") -> str:
    """Say where most taps lie on the row of a question; nothing before there are five."""
    usual = usual_range(taps)
    if usual is None:
        return ""
    phrase_id = f"sign.{spans}.usual"
    words: dict[str, str | int | float] = {
        "low_word": asked.low,
        "high_word": asked.high,
        spans: usual.days,
    }
    if usual.same is not None:
        return _say(f"{phrase_id}_same", low=usual.same, **words)
    return _say(phrase_id, low=usual.low, high=usual.high, **words)


def _beside(own: OwnDays, item: str) -> str:
    in_friction = usual_range(own.taps(item, friction=True))
    other = usual_range(own.taps(item, friction=False))
    if in_friction is None or other is None:
        return ""
    (low, high), (other_low, other_high) = _ends(in_friction), _ends(other)
    return _say(
        "sign.days.friction_beside",
        low=low,
        high=high,
        other_low=other_low,
        other_high=other_high,
    )


def _ends(usual: UsualRange) -> tuple[int, int]:
    return usual.low, usual.high


def _way(own: OwnDays, way: str) -> str:
    told = [evening for evening in own.evenings if evening.is_friction and evening.ways]
    if not told:
        return ""
    return _say("sign.days.friction", n=sum(way in one.ways for one in told), days=len(told))


def _friction(own: OwnDays) -> str:
    told = [day.friction for day in own.days if day.friction is not None]
    return _say("calm.friction", n=sum(one > 0 for one in told), days=len(told)) if told else ""


def _way_back(own: OwnDays) -> str:
    told = [one.found_back for one in own.evenings if one.found_back is not None]
    return _say("calm.way_back", n=sum(told), days=len(told)) if told else ""


def _room(own: OwnDays) -> str:
    told = [one.room for one in own.evenings if one.room is not None]
    if not told:
        return ""
    return _say(
        "sign.days.room",
        days=len(told),
        closeness=sum(room > 0 for room in told),
        room=sum(room < 0 for room in told),
        as_is=sum(room == 0 for room in told),
    )


_COUNTED: dict[Shown, Callable[[OwnDays], str]] = {
    Shown.E1: _friction,
    Shown.E2: _way_back,
    Shown.W: _room,
}


def _say(phrase_id: str, **values: str | int | float) -> str:
    return current_content().phrase(phrase_id, **values)
