"""What the engine reads from one person's days: arrays in, a stored result out, no database.

Imported by the worker only, and only when it fits: it loads the engine.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.engine import (
    Answer,
    DyadDiary,
    DyadFit,
    fit_dyad,
    own_mood_slope,
    place_answer,
    set_mood_apart,
    shipped_prior,
    to_points,
    to_units,
)
from counterpoint.engine.diary import TAP_ENDS
from counterpoint.engine.states import Array
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.diary.between import EveningBetween
from counterpoint.web.dynamics import rules
from counterpoint.web.dynamics.results import Quantity, SoloResult
from counterpoint.web.dynamics.services.own_findings import own_findings

CONNECTION_ITEMS = ("c1", "c2", "c3")
SELF_ITEMS = ("s1", "s2", "s3")
POINTS_A_TAP = 10.0
DRAWS_KEPT = 400
MOSTLY_PRIOR = 0.8
CONFLICT, OFFER = "conflict", "offer"
NO_COINS: Mapping[date, bool] = MappingProxyType({})


@dataclass(frozen=True)
class Reading:
    """One fit and what is stored of it.

    Parameters
    ----------
    fit
        The fit itself.
    result
        Its numbers about this person.
    is_usable
        Whether the answers fit the model.
    """

    fit: DyadFit
    result: SoloResult
    is_usable: bool


def solo_diary(
    days: Sequence[diary_queries.EngineDay],
    *,
    name: str,
    coins: Mapping[date, bool] = NO_COINS,
    mood_apart: bool = False,
) -> DyadDiary:
    """Turn own days into the diary of a dyad whose member b never answered.

    With the mood of the day set aside the ends of the scale move from day to day: then answers are
    taken at their word.

    Parameters
    ----------
    days
        Days with a row, oldest first; at least one.
    name
        Name of the dyad; enters the seed.
    coins
        Each eligible evening and whether an exercise was offered on it. All other days are
        unknown to the model: only evenings drawn by chance are held against each other.
    mood_apart
        Whether the mood of the day is set aside.
    """
    first = days[0].day
    count = (days[-1].day - first).days + 1
    points = np.full((count, 4, 3), np.nan)
    together = np.full(count, np.nan)
    friction = np.full((count, 1), np.nan)
    mood = np.full(count, np.nan)
    for day in days:
        at = _index(day.day, first)
        if "g" in day.values:
            mood[at] = day.values["g"] * POINTS_A_TAP
        for state, items in enumerate((CONNECTION_ITEMS, SELF_ITEMS)):
            for position, item in enumerate(items):
                if item in day.values:
                    points[at, state, position] = day.values[item] * POINTS_A_TAP
        if day.together is not None:
            together[at] = day.together
        if day.friction is not None:
            friction[at, 0] = day.friction
    if mood_apart:
        points = set_mood_apart(points, mood, slope=own_mood_slope(points, mood))
    columns = {CONFLICT: friction, OFFER: _offers(days, coins)}
    marked = [columns[event] for event in events_of(days, coins)]
    return DyadDiary(
        items=to_units(points),
        inputs=np.hstack(marked) if marked else None,
        together=together,
        dyad_id=name,
        ends=None if mood_apart else TAP_ENDS,
    )


def events_of(
    days: Sequence[diary_queries.EngineDay], coins: Mapping[date, bool]
) -> tuple[str, ...]:
    """Return the events that the days can tell something about, in the order of their columns.

    Friction once there was some; offers once there were evenings of both kinds.
    """
    felt = any(day.friction for day in days)
    offers = _offers(days, coins)
    both = bool(np.any(offers == 1.0) and np.any(offers == 0.0))
    return (CONFLICT,) * felt + (OFFER,) * both


def _offers(days: Sequence[diary_queries.EngineDay], coins: Mapping[date, bool]) -> Array:
    """Return 1 on evenings with an offer, 0 on eligible ones without, shape (days, 1)."""
    first, last = days[0].day, days[-1].day
    offers = np.full(((last - first).days + 1, 1), np.nan)
    for day, is_offered in coins.items():
        if first <= day <= last:
            offers[_index(day, first), 0] = float(is_offered)
    return offers


def _index(day: date, first: date) -> int:
    return (day - first).days


def answers_digest(
    diary: DyadDiary,
    days: Sequence[diary_queries.EngineDay],
    evenings: Sequence[EveningBetween] = (),
) -> str:
    """Return what identifies the answers: the arrays of the model, and what lies beside them."""
    moods = ",".join(f"{day.day}:{day.values.get('g', '')}" for day in days)
    moods += "".join(f"|{one.day}:{one.room}" for one in evenings if one.room is not None)
    return f"{diary.fingerprint().hex()}-{uuid.uuid5(uuid.NAMESPACE_OID, moods).hex[:16]}"


def read_days(
    diary: DyadDiary,
    days: Sequence[diary_queries.EngineDay],
    *,
    coins: Mapping[date, bool] = NO_COINS,
    evenings: Sequence[EveningBetween] = (),
    backend: str,
) -> Reading:
    """Fit own days, and once more with the mood of the day set aside where it was told.

    Parameters
    ----------
    diary
        The days as `solo_diary` gives them.
    days
        The same days with their moods.
    coins
        The same evenings.
    evenings
        What was said of the two of them; it does not enter the fit.
    backend
        Sampler, as in `counterpoint.engine.fit_dyad`.
    """
    events = events_of(days, coins)
    prior = shipped_prior(items=3, inputs=events)
    fit = fit_dyad(diary, prior=prior, backend=backend)
    with_mood = sum("g" in day.values for day in days)
    apart = None
    if fit.known_days >= rules.SAME_DAY_FROM_DAYS and with_mood >= rules.PLACE_FROM_DAYS:
        without_mood = solo_diary(days, name=diary.dyad_id, coins=coins, mood_apart=True)
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
        findings=own_findings(
            fit,
            evenings,
            first=days[0].day,
            conflict=events.index(CONFLICT) if CONFLICT in events else None,
        ),
    )
    return Reading(fit=fit, result=result, is_usable=place.said)


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
