"""Writing offers; each function is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.utils.crypto import salted_hmac

from counterpoint.content import Exercise
from counterpoint.domain.diary import SLOTS
from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.diary.models import Checkin, OfferDay, OfferSeries
from counterpoint.web.diary.offer_queries import offer_of, read_series
from counterpoint.web.diary.offers import CHANCE, Series, Tonight
from counterpoint.web.diary.pace_queries import pace

_SALT = "diary.offers"


@transaction.atomic
def begin_series(owner: User, exercise: Exercise, *, key: uuid.UUID) -> Series:
    """Begin to find out whether an exercise helps, and end what was tried out before.

    Parameters
    ----------
    owner
        Who tries it out.
    exercise
        One that is done alone; its outcome is written down now, before the first evening.
    key
        Idempotency key of the form.

    Returns
    -------
    Series
        The new one; the one that goes on, switched on, if it is of the same exercise and its ten
        weeks have not passed.

    Raises
    ------
    DataError
        If the exercise is for two or asks to tell somebody something: nobody's partner is drawn
        into it by chance.
    """
    if exercise.joint or exercise.discloses:
        raise DataError("only an exercise that one does alone can be tried out by chance")
    User.objects.select_for_update().get(pk=owner.pk)
    sent = OfferSeries.objects.filter(owner=owner, submission_key=key).first()
    if sent is not None:
        return read_series(sent)
    today = clock.today(owner.zone)
    current = OfferSeries.objects.filter(owner=owner, ended_at__isnull=True).first()
    if current is not None:
        if current.exercise_id == exercise.exercise_id and not read_series(current).is_over(today):
            current.is_on = True
            current.save(update_fields=["is_on"])
            return read_series(current)
        current.ended_at = clock.now()
        current.save(update_fields=["ended_at"])
    return read_series(OfferSeries.objects.create(**_named(owner, exercise, today, key)))


@transaction.atomic
def switch(owner: User, *, on: bool) -> None:
    """Switch the drawing on or off; what was drawn stays."""
    OfferSeries.objects.filter(owner=owner, ended_at__isnull=True).update(is_on=on)


@transaction.atomic
def draw_tonight(owner: User) -> Tonight | None:
    """Draw the coin of an eligible evening, once, and return the offer if there is one.

    Returns
    -------
    Tonight or None
        The offer of today; ``None`` where the coin said no, where none is drawn today, where
        evenings are not asked about, and where
        the check-in of today was written before one was drawn.
    """
    row = OfferSeries.objects.filter(owner=owner, ended_at__isnull=True).first()
    if row is None or not pace(owner).asks_evenings:
        return None
    series, today = read_series(row), clock.today(owner.zone)
    if not series.is_drawn_on(today):
        return None
    if not OfferDay.objects.filter(owner=owner, about_on=today).exists():
        if Checkin.objects.filter(owner=owner, about_on=today, slot=SLOTS[0]).exists():
            return None
        OfferDay.objects.get_or_create(
            owner=owner,
            about_on=today,
            defaults={
                "series": row,
                "is_offered": coin(series.id, today, series.chance),
                "chance": series.chance,
                "drawn_at": clock.now(),
            },
        )
    return offer_of(owner, today)


@transaction.atomic
def let_lie(owner: User) -> None:
    """Keep that the offer of today is left for another day."""
    OfferDay.objects.filter(
        owner=owner,
        about_on=clock.today(owner.zone),
        is_offered=True,
        let_lie_at__isnull=True,
    ).update(let_lie_at=clock.now())


def coin(series_id: uuid.UUID, day: date, chance: float) -> bool:
    """Return whether an exercise is offered: by the site's secret, so the same at every retry.

    Nobody without the secret can tell it beforehand, and no second try changes it.
    """
    drawn = salted_hmac(_SALT, f"{series_id}:{day}", algorithm="sha256").digest()
    return int.from_bytes(drawn[:8], "big") / 2**64 < chance


@transaction.atomic
def seed_past_series(
    owner: User, exercise: Exercise, began_on: date, coins: Mapping[date, bool]
) -> Series:
    """Write a series and its evenings for a simulated person.

    Raises
    ------
    DataError
        When the owner is a real person: what was offered is never filled in afterwards.
    """
    if not owner.simulated:
        raise DataError("only a simulated person's past can be seeded")
    row = OfferSeries.objects.create(**_named(owner, exercise, began_on, uuid.uuid4()))
    OfferDay.objects.bulk_create(
        OfferDay(
            owner=owner,
            series=row,
            about_on=day,
            is_offered=is_offered,
            chance=row.chance,
            drawn_at=datetime.combine(day, time(18), tzinfo=UTC),
        )
        for day, is_offered in coins.items()
    )
    return read_series(row)


def _named(owner: User, exercise: Exercise, began_on: date, key: uuid.UUID) -> dict[str, object]:
    return {
        "owner": owner,
        "exercise_id": exercise.exercise_id,
        "exercise_version": exercise.version,
        "axis": exercise.outcome.axis.value,
        "shows": exercise.outcome.time.value,
        "chance": CHANCE,
        "began_on": began_on,
        "submission_key": key,
    }
