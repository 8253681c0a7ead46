"""Writing the pace and the one tap of the lighter mode; each function is one transaction."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.db import transaction

from counterpoint.domain.diary import SLOTS
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.diary import queries
from counterpoint.web.diary.models import ChosenPace
from counterpoint.web.diary.pace import Pace
from counterpoint.web.diary.services import ScreenOne, record_screen_one


@transaction.atomic
def set_pace(owner: User, chosen: Pace) -> None:
    """Keep the pace the owner chose; choosing it again changes nothing.

    Coming from the lighter mode counts as an answer to its offer, so that it is not made again
    at once.
    """
    row = _locked(owner)
    if row.pace == chosen:
        return
    if Pace.LIGHTER in (row.pace, chosen):
        row.lighter_answered_on = clock.today(owner.zone)
    row.pace, row.changed_at = chosen, clock.now()
    row.save()


@transaction.atomic
def answer_lighter(owner: User, *, accepts: bool) -> None:
    """Keep the answer to the offer of a lighter mode; it rests for four weeks either way."""
    if accepts:
        set_pace(owner, Pace.LIGHTER)
        return
    row = _locked(owner)
    row.lighter_answered_on = clock.today(owner.zone)
    row.save(update_fields=["lighter_answered_on"])


@transaction.atomic
def tap_tonight(owner: User, tap: int, *, key: uuid.UUID) -> None:
    """Keep one tap about today, 0-10: the day itself, as in a check-in with nothing else in it.

    What was written about today before stays as it is.
    """
    today = clock.today(owner.zone)
    row = queries.checkin_on(owner, today, SLOTS[0])
    before = ScreenOne() if row is None else ScreenOne(row.g, row.c1, row.s1, row.n, row.e1)
    record_screen_one(owner, today, SLOTS[0], replace(before, g=tap), key=key)


def _locked(owner: User) -> ChosenPace:
    row, _ = ChosenPace.objects.select_for_update().get_or_create(
        owner=owner, defaults={"changed_at": clock.now()}
    )
    return row
