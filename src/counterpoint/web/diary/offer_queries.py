"""Reading offers. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

import uuid
from datetime import date

from counterpoint.web.accounts.models import User
from counterpoint.web.diary.models import OfferDay, OfferSeries
from counterpoint.web.diary.offers import Series, Tonight


def current_series(owner: User) -> Series | None:
    """Return the series that goes on, ``None`` where nothing is tried out."""
    row = OfferSeries.objects.filter(owner=owner, ended_at__isnull=True).first()
    return None if row is None else read_series(row)


def all_series(owner: User) -> tuple[Series, ...]:
    """Return every series of the owner, newest first."""
    rows = OfferSeries.objects.filter(owner=owner).order_by("-began_on", "ended_at")
    return tuple(sorted(map(read_series, rows), key=lambda one: not one.is_current))


def coins_of(owner: User, series: Series) -> dict[date, bool]:
    """Return each eligible evening of a series and whether the exercise was offered on it."""
    rows = OfferDay.objects.filter(owner=owner, series_id=series.id).order_by("about_on")
    return dict(rows.values_list("about_on", "is_offered"))


def offer_of(owner: User, day: date) -> Tonight | None:
    """Return the offer of a day, ``None`` where the coin said no or was not drawn."""
    row = (
        OfferDay.objects.filter(
            owner=owner, about_on=day, is_offered=True, series__ended_at__isnull=True
        )
        .select_related("series")
        .first()
    )
    if row is None:
        return None
    return Tonight(read_series(row.series), day, is_let_lie=row.let_lie_at is not None)


def open_series() -> list[tuple[uuid.UUID, str, Series]]:
    """Return (owner, zone, series) of each series that goes on; for the scheduler of looks only."""
    rows = OfferSeries.objects.filter(ended_at__isnull=True).select_related("owner")
    return [(row.owner_id, row.owner.zone, read_series(row)) for row in rows]


def read_series(row: OfferSeries) -> Series:
    """Return a row as other apps see it."""
    return Series(
        id=row.pk,
        exercise_id=row.exercise_id,
        exercise_version=row.exercise_version,
        axis=row.axis,
        shows=row.shows,
        chance=row.chance,
        began_on=row.began_on,
        is_on=row.is_on,
        is_current=row.ended_at is None,
    )
