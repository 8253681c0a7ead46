"""One person: rows become arrays, a fit becomes one stored row.

This package is the one door of the web to the engine, which is imported inside functions: a
process that only shows pages never loads it, and no page waits for a fit. The worker makes them.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

import counterpoint
from counterpoint.content import load_content
from counterpoint.domain.diary import local_day
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics import queries, rules
from counterpoint.web.dynamics.models import FitLook, SoloFit
from counterpoint.web.dynamics.results import Quantity, SoloResult
from counterpoint.web.jobs.registry import runs, schedules

if TYPE_CHECKING:
    from counterpoint.engine import Answer, DyadDiary, DyadFit

KIND = "solo_fit"
WINDOW_DAYS = 120
CONNECTION_ITEMS = ("c1", "c2", "c3")
SELF_ITEMS = ("s1", "s2", "s3")
POINTS_A_TAP = 10.0
MOOD_SLOPE = 0.2
"""Slope of an item on the mood of the day until it is learned (MODEL section 9)."""
DRAWS_KEPT = 400
MOSTLY_PRIOR = 0.8


@dataclass(frozen=True)
class _Found:
    """One fit and what it was made from."""

    fit: DyadFit
    result: SoloResult
    is_usable: bool


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
    if waiting and _is_fast():
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
    days = _window(diary_queries.rows_for_engine(owner))
    answered = sum(day.is_answered for day in days)
    if answered < rules.PLACE_FROM_DAYS:
        _publish(owner.pk, moment, None)
        return False
    diary = _solo_diary(days, name=str(owner.pk))
    digest = _digest(diary, days)
    newest = queries.newest_head(owner)
    if newest is not None and newest.answers_digest == digest:
        again = newest.provisional and (backend != "auto" or _is_fast())
        if not again and newest.engine_version == counterpoint.__version__:
            _publish(owner.pk, moment, None)
            return False
    found = _fit(diary, days, backend=backend)
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
        content_version=load_content().version,
        prior_id=found.fit.prior_source,
        seed=found.fit.seed,
        sweeps=found.fit.sweeps,
        backend=found.fit.backend,
        provisional=found.fit.provisional,
        is_usable=found.is_usable,
        result=found.result.to_json(),
    )
    return _publish(owner.pk, moment, row)


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


def _window(days: Sequence[diary_queries.EngineDay]) -> tuple[diary_queries.EngineDay, ...]:
    """Return the days of the newest window, from the first to the last with a row."""
    if not days:
        return ()
    start = days[-1].day - timedelta(days=WINDOW_DAYS - 1)
    return tuple(day for day in days if day.day >= start)


def _solo_diary(
    days: Sequence[diary_queries.EngineDay], *, name: str, mood_apart: bool = False
) -> DyadDiary:
    """Turn own days into the diary of a dyad whose member b never answered."""
    import numpy as np  # noqa: PLC0415 - only the worker computes

    from counterpoint.engine import DyadDiary, to_units  # noqa: PLC0415 - only the worker computes

    first = days[0].day
    count = (days[-1].day - first).days + 1
    points = np.full((count, 4, 3), np.nan)
    together = np.full(count, np.nan)
    friction = np.full((count, 1), np.nan)
    moods = [day.values["g"] for day in days if "g" in day.values]
    usual_mood = sum(moods) / len(moods) if moods else 0.0
    for day in days:
        at = _index(day.day, first)
        shift = 0.0
        if mood_apart and "g" in day.values:
            shift = MOOD_SLOPE * (day.values["g"] - usual_mood) * POINTS_A_TAP
        for state, items in enumerate((CONNECTION_ITEMS, SELF_ITEMS)):
            for position, item in enumerate(items):
                if item in day.values:
                    points[at, state, position] = day.values[item] * POINTS_A_TAP - shift
        if day.together is not None:
            together[at] = day.together
        if day.friction is not None:
            friction[at, 0] = day.friction
    marked = bool(np.nansum(friction) > 0)
    return DyadDiary(
        items=to_units(points),
        inputs=friction if marked else None,
        together=together,
        dyad_id=name,
    )


def _index(day: date, first: date) -> int:
    return (day - first).days


def _digest(diary: DyadDiary, days: Sequence[diary_queries.EngineDay]) -> str:
    """Return what identifies the answers: the arrays of the model and the moods beside them."""
    moods = ",".join(f"{day.day}:{day.values.get('g', '')}" for day in days)
    return f"{diary.fingerprint().hex()}-{uuid.uuid5(uuid.NAMESPACE_OID, moods).hex[:16]}"


def _is_fast() -> bool:
    from counterpoint.engine import backend_ready  # noqa: PLC0415 - only the worker computes

    return backend_ready()


def _fit(diary: DyadDiary, days: Sequence[diary_queries.EngineDay], *, backend: str) -> _Found:
    import numpy as np  # noqa: PLC0415 - only the worker computes

    from counterpoint.domain.dyad import Member  # noqa: PLC0415
    from counterpoint.engine import (  # noqa: PLC0415 - only the worker computes
        fit_dyad,
        place_answer,
        shipped_prior,
        to_points,
    )

    events = 0 if diary.inputs is None else diary.inputs.shape[1]
    prior = shipped_prior(items=3, inputs=events)
    fit = fit_dyad(diary, prior=prior, backend=backend)
    with_mood = sum("g" in day.values for day in days)
    apart = None
    if fit.known_days >= rules.SAME_DAY_FROM_DAYS and with_mood >= rules.PLACE_FROM_DAYS:
        without_mood = _solo_diary(days, name=diary.dyad_id, mood_apart=True)
        apart = fit_dyad(without_mood, prior=prior, backend=backend)
    place = place_answer(fit, Member.A)
    points = to_points(fit.place[:, :2])
    kept = points[:: max(1, -(-len(points) // DRAWS_KEPT))]
    answers = {(answer.quantity, answer.effect, answer.cause): answer for answer in fit.answers()}
    cov = np.asarray(place.cov)
    off_diagonal = round(float(cov[0, 1]), 4)
    result = SoloResult(
        place=(round(place.place.connection, 3), round(place.place.self, 3)),
        spread=(
            (round(float(cov[0, 0]), 4), off_diagonal),
            (off_diagonal, round(float(cov[1, 1]), 4)),
        ),
        draws=tuple((round(float(c), 2), round(float(s), 2)) for c, s in kept),
        same_day=_quantity(answers["same_day", "connection_a", "self_a"]),
        same_day_mood_apart=None if apart is None else _same_day(apart),
        couplings=_own_couplings(fit, answers),
        costs={
            "closeness_costs_self": _quantity(answers["cost", "self_a", "connection_a"]),
            "self_costs_closeness": _quantity(answers["cost", "connection_a", "self_a"]),
        },
        at_the_top=any(fit.diagnostics.at_ceiling[:2]),
    )
    return _Found(fit=fit, result=result, is_usable=place.said)


def _same_day(fit: DyadFit) -> Quantity:
    found = {(answer.quantity, answer.effect, answer.cause): answer for answer in fit.answers()}
    return _quantity(found["same_day", "connection_a", "self_a"])


def _own_couplings(
    fit: DyadFit, answers: dict[tuple[str, str, str], Answer]
) -> dict[str, Quantity]:
    """Return the four couplings within this person; none that crosses to the partner."""
    own = (("connection", 0), ("self", 1))
    return {
        f"{effect}<-{cause}": _quantity(
            answers["coupling", f"{effect}_a", f"{cause}_a"],
            mostly_prior=bool(fit.diagnostics.prior_ratio[row, column] > MOSTLY_PRIOR),
        )
        for effect, row in own
        for cause, column in own
    }


def _quantity(answer: Answer, *, mostly_prior: bool = False) -> Quantity:
    numbers: dict[str, Any] = {
        name: round(float(getattr(answer, name)), 4) for name in ("mean", "sd", "q05", "q50", "q95")
    }
    return Quantity(
        **numbers,
        prob=round(float(answer.prob or 0.0), 4),
        said=answer.said,
        mostly_prior=mostly_prior,
    )
