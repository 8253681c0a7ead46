"""One person: rows become arrays, a fit becomes one stored row.

This package is the one door of the web to the engine, which is imported inside functions: a
process that only shows pages never loads it, and no page waits for a fit. The worker makes them.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

import counterpoint
from counterpoint.domain.diary import local_day
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import offer_queries
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.diary.between import evenings_between
from counterpoint.web.dynamics import queries, rules
from counterpoint.web.dynamics.models import FitLook, SoloFit
from counterpoint.web.jobs.registry import runs, schedules

KIND = "solo_fit"
WINDOW_DAYS = 120


@runs(KIND)
def run_solo_fit(key: str) -> bool:
    """Run one job of kind ``solo_fit``; the key is the person's id."""
    owner = User.objects.filter(pk=uuid.UUID(key)).first()
    return False if owner is None else fit_person(owner)


@schedules(KIND)
def due_fits() -> list[tuple[str, str]]:
    """Return (kind, key) of each person whose diary changed since it was last looked at.

    Also of each whose newest fit is provisional, once the fast sampler is ready.
    """
    looked = queries.looks()
    due = [
        owner_id
        for owner_id, changed_at in diary_queries.newest_changes()
        if owner_id not in looked or changed_at > looked[owner_id]
    ]
    waiting = queries.owners_with_provisional_fit()
    if waiting and is_fast():
        due.extend(owner_id for owner_id in waiting if owner_id not in due)
    return [(KIND, str(owner_id)) for owner_id in due]


def fit_person(owner: User, *, backend: str = "auto") -> bool:
    """Fit one person's own answers, and nobody else's, and store the fit.

    Nothing is inferred before 6 answered days. The same answers are not fitted twice, except
    that a provisional fit is made again once the fast sampler is ready.

    Parameters
    ----------
    owner
        Whose diary.
    backend
        Sampler, as in `counterpoint.engine.fit_dyad`.

    Returns
    -------
    bool
        Whether a new fit was stored.
    """
    moment = clock.now()
    days = newest_window(diary_queries.rows_for_engine(owner))
    answered = sum(day.is_answered for day in days)
    if answered < rules.PLACE_FROM_DAYS:
        _publish(owner.pk, moment, None)
        return False
    from counterpoint.web.dynamics.services import reading  # noqa: PLC0415 - loads the engine

    series = offer_queries.current_series(owner)
    coins = {} if series is None else offer_queries.coins_of(owner, series)
    diary = reading.solo_diary(days, name=str(owner.pk), coins=coins)
    evenings = evenings_between(owner)
    digest = reading.answers_digest(diary, days, evenings)
    newest = queries.newest_head(owner)
    if newest is not None and newest.answers_digest == digest:
        again = newest.provisional and (backend != "auto" or is_fast())
        if not again and newest.engine_version == counterpoint.__version__:
            _publish(owner.pk, moment, None)
            return False
    found = reading.read_days(diary, days, coins=coins, evenings=evenings, backend=backend)
    made_on = local_day(moment, owner.zone)
    row = SoloFit(
        owner=owner,
        made_at=moment,
        made_on=made_on,
        from_on=days[0].day,
        through_on=days[-1].day,
        answered_days=answered,
        answers_digest=digest,
        engine_version=counterpoint.__version__,
        content_version=current_content().version,
        prior_id=found.fit.prior_source,
        seed=found.fit.seed,
        sweeps=found.fit.sweeps,
        backend=found.fit.backend,
        provisional=found.fit.provisional,
        is_usable=found.is_usable,
        result=found.result.to_json(),
    )
    return _publish(owner.pk, moment, row)


def newest_window(days: Sequence[diary_queries.EngineDay]) -> tuple[diary_queries.EngineDay, ...]:
    """Return the days of the newest window, from the first to the last with a row."""
    if not days:
        return ()
    start = days[-1].day - timedelta(days=WINDOW_DAYS - 1)
    return tuple(day for day in days if day.day >= start)


def _publish(owner_id: uuid.UUID, moment: datetime, row: SoloFit | None) -> bool:
    """Store a fit and that the diary was looked at, if the person is still there.

    An account deleted while the fit ran leaves nothing behind.
    """
    with transaction.atomic():
        owner = User.objects.select_for_update().filter(pk=owner_id).first()
        if owner is None:
            return False
        FitLook.objects.update_or_create(owner=owner, defaults={"looked_at": moment})
        if row is None:
            return False
        row.save(force_insert=True)
        heads = queries.fit_heads(owner)
        gone = rules.superseded(heads, local_day(moment, owner.zone))
        SoloFit.objects.filter(pk__in=[head.id for head in gone]).delete()
    return True


def is_fast() -> bool:
    """Whether the fast sampler is ready, so that a fit is a full one."""
    from counterpoint.engine import backend_ready  # noqa: PLC0415 - loads the engine

    return backend_ready()
