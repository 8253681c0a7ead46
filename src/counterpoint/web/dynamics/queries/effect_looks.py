"""Reading planned looks at whether an exercise helps: the owner's only."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from counterpoint.domain.gates import LOOK_WEEKS
from counterpoint.web.accounts.models import User
from counterpoint.web.dynamics.models import EffectLook


@dataclass(frozen=True, slots=True)
class Look:
    """What one planned look found.

    Parameters
    ----------
    week
        After which it was made.
    through_on
        Last day it rests on.
    offers, without
        Evenings with an offer and without one that it rests on.
    interval
        5 %, 50 % and 95 % points of the difference, in points 0 to 100; ``None`` where the days
        could not be read.
    helps
        Whether this may be said.
    mostly_prior
        Whether the evenings narrowed the difference by less than a fifth.
    """

    week: int
    through_on: date
    offers: int
    without: int
    interval: tuple[float, float, float] | None
    helps: bool
    mostly_prior: bool


def looks_of(owner: User, series_id: uuid.UUID) -> tuple[Look, ...]:
    """Return the looks made in one series of the owner, in order."""
    rows = EffectLook.objects.filter(owner=owner, series_id=series_id).order_by("week")
    return tuple(
        Look(
            week=row.week,
            through_on=row.through_on,
            offers=row.offers,
            without=row.without,
            interval=None
            if row.low is None or row.middle is None or row.high is None
            else (row.low, row.middle, row.high),
            helps=row.word == "helps",
            mostly_prior=row.mostly_prior,
        )
        for row in rows
        if row.week in LOOK_WEEKS
    )


def weeks_looked(series_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[int]]:
    """Return the weeks of the looks made, by series; for the scheduler of looks only."""
    made: dict[uuid.UUID, set[int]] = {}
    rows = EffectLook.objects.filter(series_id__in=list(series_ids))
    for series_id, week in rows.values_list("series_id", "week"):
        made.setdefault(series_id, set()).add(week)
    return made
