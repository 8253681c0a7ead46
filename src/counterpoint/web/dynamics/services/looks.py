"""The planned looks at whether an exercise helps: each made once, and kept.

A look rests on the days up to its week and on no later one, whenever the worker gets to it.
Between looks nothing is worked out, so that nobody, and no page, can look more often than the
three times among which the 5 % of wrong claims are shared (``docs/model/practice.md``).
"""

from __future__ import annotations

import uuid

from django.db import transaction

import counterpoint
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.diary import offer_queries
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.diary.offers import Series
from counterpoint.web.dynamics import queries, rules
from counterpoint.web.dynamics.models import EffectLook
from counterpoint.web.dynamics.services.solo import is_fast, newest_window
from counterpoint.web.jobs.registry import runs, schedules

KIND = "effect_look"


@runs(KIND)
def run_looks(key: str) -> bool:
    """Run one job of kind ``effect_look``; the key is the person's id."""
    owner = User.objects.filter(pk=uuid.UUID(key)).first()
    return False if owner is None else bool(make_looks(owner))


@schedules(KIND)
def due_looks() -> list[tuple[str, str]]:
    """Return (kind, key) of each person of whose series a look is due.

    Looks wait for the fast sampler: they are made once, so they are made in full.
    """
    running = offer_queries.open_series()
    if not running or not is_fast():
        return []
    made = queries.weeks_looked(series.id for _, _, series in running)
    return [
        (KIND, str(owner_id))
        for owner_id, zone, series in running
        if series.looks_due(clock.today(zone), made.get(series.id, ()))
    ]


def make_looks(owner: User, *, backend: str = "auto") -> int:
    """Make every look that is due, oldest first, and return how many were made.

    Parameters
    ----------
    owner
        Whose series.
    backend
        Sampler, as in `counterpoint.engine.fit_dyad`.
    """
    series = offer_queries.current_series(owner)
    if series is None or (backend == "auto" and not is_fast()):
        return 0
    made = queries.weeks_looked([series.id]).get(series.id, set())
    due = series.looks_due(clock.today(owner.zone), made)
    return sum(_make_look(owner, series, week, backend=backend) for week in due)


def _make_look(owner: User, series: Series, week: int, *, backend: str) -> bool:
    """Fit the days of one look and keep what it found, if nobody kept it before."""
    last = series.look_ends(week)
    days = newest_window([day for day in diary_queries.rows_for_engine(owner) if day.day <= last])
    row = EffectLook(
        owner=owner,
        series_id=series.id,
        week=week,
        made_at=clock.now(),
        through_on=last,
        answered_days=sum(day.is_answered for day in days),
        offers=0,
        without=0,
        engine_version=counterpoint.__version__,
    )
    coins = {
        day: is_offered
        for day, is_offered in offer_queries.coins_of(owner, series).items()
        if days and days[0].day <= day <= days[-1].day
    }
    row.offers = sum(coins.values())
    row.without = len(coins) - row.offers
    if row.offers and row.without and row.answered_days >= rules.PLACE_FROM_DAYS:
        from counterpoint.web.dynamics.services import effects  # noqa: PLC0415 - loads the engine

        found = effects.effect_on(
            days, coins, name=str(owner.pk), axis=series.axis, shows=series.shows, backend=backend
        )
        row.low, row.middle, row.high = found.interval or (None, None, None)
        row.prob, row.word, row.mostly_prior = found.prob, found.word, found.mostly_prior
        row.prior_id, row.seed = found.fit.prior_source, found.fit.seed
        row.sweeps, row.backend = found.fit.sweeps, found.fit.backend
    with transaction.atomic():
        if User.objects.select_for_update().filter(pk=owner.pk).first() is None:
            return False
        still = offer_queries.current_series(owner)
        if still is None or still.id != series.id:
            return False
        if EffectLook.objects.filter(series_id=series.id, week=week).exists():
            return False
        row.save(force_insert=True)
    return True
