"""What the two simulated people of the demo practised, and what one of them finds out about."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from counterpoint.content import load_content
from counterpoint.domain.dyad import Member
from counterpoint.domain.skills import Skill
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import offer_services
from counterpoint.web.diary.offers import CHANCE, DAYS_DRAWN
from counterpoint.web.practice import services as practice_services

TRIED_OUT = "thank_you_full_stop"
"""Its days were simulated without any effect of it: the card has nothing to find."""

PRACTISED_AT = time(19, 20)
OPENED_BEFORE, TAKEN_UP = 0.9, 0.65
"""Share of evenings on which *today* was opened before the check-in; of offers taken up."""


def practise(person: User, member: Member, yesterday: date, chance: random.Random) -> None:
    """Write finished exercises, and for the first of the two a series of offers as well."""
    content = load_content()
    exercises = [content.exercises_of(skill)[0] for skill in Skill]
    for at, exercise in enumerate(exercises[:3] if member is Member.A else exercises[1:]):
        day = yesterday - timedelta(days=60 - 21 * at)
        practice_services.seed_past_runs(person, exercise, [_evening(day, chance)])
    if member is Member.A:
        _find_out(person, yesterday, chance)


def _find_out(person: User, yesterday: date, chance: random.Random) -> None:
    """Offer one exercise for the ten weeks before yesterday, so that the last look is due."""
    exercise = load_content().exercises[TRIED_OUT]
    began_on = yesterday - timedelta(days=DAYS_DRAWN)
    days = (began_on + timedelta(days=offset) for offset in range(DAYS_DRAWN))
    coins = {day: chance.random() < CHANCE for day in days if chance.random() < OPENED_BEFORE}
    offer_services.seed_past_series(person, exercise, began_on, coins)
    taken = [day for day, offered in coins.items() if offered and chance.random() < TAKEN_UP]
    practice_services.seed_past_runs(person, exercise, [_evening(day, chance) for day in taken])


def _evening(day: date, chance: random.Random) -> datetime:
    return datetime.combine(day, PRACTISED_AT, tzinfo=UTC) + timedelta(minutes=chance.randrange(90))
