"""Reading what a person finds out: the offer of tonight, and the card of each exercise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counterpoint.content import Exercise
from counterpoint.content.exercises import Outcome, OutcomeTime
from counterpoint.content.telling import Effect, tell_effect, tell_range
from counterpoint.domain.diary import local_day
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.pictures import Interval, Picture, interval_ladder
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.diary import looks, offer_queries
from counterpoint.web.diary.offers import Series
from counterpoint.web.dynamics import queries as dynamics
from counterpoint.web.practice.endings import Ending
from counterpoint.web.practice.models import PracticeRun

POINTS_A_TAP = 10.0
REACH_TAPS = 2.0
"""Where the drawn line ends; the sentence and the table hold the whole range."""


@dataclass(frozen=True, slots=True)
class FindingOut:
    """What a person finds out about at the moment.

    Parameters
    ----------
    exercise_id, title
        The exercise; its title says so where the site no longer has it.
    is_on
        Whether offers are drawn.
    is_over
        Whether its ten weeks have passed.
    """

    exercise_id: str
    title: str
    is_on: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class EffectCard:
    """What the evenings show about one exercise.

    Parameters
    ----------
    title
        Of the exercise.
    sentences
        What is said, in order.
    picture
        The range of the newest look, ``None`` before there is one.
    is_current
        Whether it is the one that is found out about now.
    """

    title: str
    sentences: tuple[str, ...]
    picture: Picture | None
    is_current: bool


def finding_out(owner: User) -> FindingOut | None:
    """Return what the owner finds out about, ``None`` where it is nothing."""
    series = offer_queries.current_series(owner)
    if series is None:
        return None
    return FindingOut(
        exercise_id=series.exercise_id,
        title=_title(series.exercise_id),
        is_on=series.is_on,
        is_over=series.is_over(clock.today(owner.zone)),
    )


def can_be_found_out(exercise: Exercise) -> bool:
    """Tell whether an exercise can be offered by chance: only one that one does alone."""
    return not exercise.joint and not exercise.discloses


def effect_cards(owner: User) -> tuple[EffectCard, ...]:
    """Return the card of every exercise the owner found out about, the present one first."""
    return tuple(
        _card(owner, series, key=f"effect-{at}")
        for at, series in enumerate(offer_queries.all_series(owner))
    )


@dataclass(frozen=True, slots=True)
class Sundays:
    """The two halves of the healthier question, week by week; nothing is claimed of them.

    Parameters
    ----------
    prompts
        The two halves as they are asked.
    weeks
        Sunday and the two taps 0 to 10, newest first; ``None`` where a half was left open.
    """

    prompts: tuple[str, ...]
    weeks: tuple[tuple[date, tuple[int | None, ...]], ...]


def sundays(owner: User) -> Sundays:
    """Return what the owner tapped on the two halves."""
    items = current_content().sunday.items
    taps = {
        name: {half.week_ends_on: half.tap for half in halves if half.tap is not None}
        for name, halves in looks.halves(owner).items()
    }
    days = sorted({day for of_half in taps.values() for day in of_half}, reverse=True)
    return Sundays(
        prompts=tuple(items[name].prompt for name in taps),
        weeks=tuple((day, tuple(of_half.get(day) for of_half in taps.values())) for day in days),
    )


def effects_by(owner: User, day: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return title and sentences of what the owner had found out by a day.

    Of each exercise the newest look that rests on no later day; an exercise without one is
    left out. What is still to come is not said.
    """
    told = []
    for series in reversed(offer_queries.all_series(owner)):
        made = [one for one in dynamics.looks_of(owner, series.id) if one.through_on <= day]
        if made:
            sentences = tell_effect(current_content(), _effect(owner, series, made))
            told.append((_title(series.exercise_id), sentences[:-1]))
    return tuple(told)


def done_days(owner: User, exercise_id: str) -> frozenset[date]:
    """Return the local days on which the owner went through an exercise."""
    runs = PracticeRun.objects.filter(
        owner=owner, exercise_id=exercise_id, ending=Ending.FINISHED
    ).values_list("started_at", flat=True)
    return frozenset(local_day(started_at, owner.zone) for started_at in runs)


def _card(owner: User, series: Series, *, key: str) -> EffectCard:
    """Tell the newest look, and before there is one the evenings so far."""
    content = current_content()
    made = dynamics.looks_of(owner, series.id)
    newest = made[-1] if made else None
    effect = _effect(owner, series, made)
    told = list(tell_effect(content, effect))
    if not series.is_current:
        told[-1] = content.phrase("effect.left")
    picture = None
    if newest is not None and newest.interval is not None:
        low, middle, high = newest.interval
        row = Interval(
            content.phrase("effect.difference"),
            low=low / POINTS_A_TAP,
            middle=middle / POINTS_A_TAP,
            high=high / POINTS_A_TAP,
            said=newest.helps,
            mostly_prior=newest.mostly_prior,
            voice=Member.A,
        )
        picture = interval_ladder(
            [row],
            ends=(
                content.phrase("picture.ranges.lower"),
                content.phrase("picture.ranges.higher"),
            ),
            reach=REACH_TAPS,
            title=content.phrase("effect.title"),
            sentence=" ".join(tell_range(content, effect)),
            key=key,
            language=current_language(),
        )
    if picture is not None:  # its sentence stands below it
        told = [one for one in told if one != picture.sentence]
    return EffectCard(_title(series.exercise_id), tuple(told), picture, series.is_current)


def _effect(owner: User, series: Series, made: Sequence[dynamics.Look]) -> Effect:
    """Return what the newest look found, and without any how the evenings stand so far."""
    newest = made[-1] if made else None
    coins = offer_queries.coins_of(owner, series)
    offers = sum(coins.values()) if newest is None else newest.offers
    taken = done_days(owner, series.exercise_id)
    taken_up = sum(
        is_offered and day in taken and (newest is None or day <= newest.through_on)
        for day, is_offered in coins.items()
    )
    interval = None if newest is None else newest.interval
    return Effect(
        outcome=Outcome(Axis(series.axis), OutcomeTime(series.shows)),
        helps=newest is not None and newest.helps,
        low=None if interval is None else interval[0] / POINTS_A_TAP,
        high=None if interval is None else interval[2] / POINTS_A_TAP,
        offers=offers,
        without=len(coins) - offers if newest is None else newest.without,
        done=min(taken_up, offers),
        next_look=series.next_look([look.week for look in made]),
    )


def _title(exercise_id: str) -> str:
    content = current_content()
    exercise = content.exercises.get(exercise_id)
    return content.phrase("effect.retired") if exercise is None else exercise.title
