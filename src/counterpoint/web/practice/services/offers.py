"""Offers of an exercise by chance: begun, shown tonight, let lie, switched off and on."""

from __future__ import annotations

import uuid

from counterpoint.content import Exercise
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import offer_queries, offer_services
from counterpoint.web.practice.queries.effects import done_days
from counterpoint.web.safety import queries as safety
from counterpoint.web.safety.rules import NOT_WHEN_UNSAFE


def find_out(owner: User, exercise: Exercise, *, key: uuid.UUID) -> None:
    """Begin to find out whether an exercise helps; see `offer_services.begin_series`."""
    offer_services.begin_series(owner, exercise, key=key)


def offer_tonight(owner: User) -> Exercise | None:
    """Return the exercise that is offered tonight, drawing the coin of the day once.

    Nothing is shown where the coin said no, where the offer was let lie or taken up, or where
    none is drawn. Where the owner's quiet line asks for it, none is drawn for a skill about
    speaking or staying.
    """
    series = offer_queries.current_series(owner)
    if series is None:
        return None
    exercise = current_content().exercises.get(series.exercise_id)
    if exercise is None:
        return None
    if exercise.skill in NOT_WHEN_UNSAFE and safety.is_individual(owner):
        return None
    tonight = offer_services.draw_tonight(owner)
    if tonight is None or tonight.is_let_lie:
        return None
    return None if tonight.day in done_days(owner, exercise.exercise_id) else exercise


def let_lie(owner: User) -> None:
    """Leave tonight's offer for another day."""
    offer_services.let_lie(owner)


def switch_offers(owner: User, *, on: bool) -> None:
    """Switch the drawing on or off."""
    offer_services.switch(owner, on=on)
