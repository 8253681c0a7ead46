"""The exact numbers of an open diary, taken from one joint fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from counterpoint.domain.couplings import STATES
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.engine import (
    Answer,
    DyadDiary,
    DyadFit,
    place_answer,
    to_points,
)
from counterpoint.web.dynamics import banding
from counterpoint.web.dynamics.release_content import (
    Numbers,
)
from counterpoint.web.dynamics.results import Quantity

MOSTLY_PRIOR = 0.8


@dataclass(frozen=True)
class Frictions:
    """Days of friction that the two share: adapt and detach, and the way back."""

    adapt_detach: banding.SharedDays
    way_back: banding.SharedDays


def exact_numbers(fit: DyadFit, diary: DyadDiary, frictions: Frictions, first: date) -> Numbers:
    """Return places, links and couplings with their intervals, rounded as they are stored."""
    answers = {(each.quantity, each.effect, each.cause): each for each in fit.answers()}
    places = {member: place_answer(fit, member) for member in Member}
    alone = answers["share", "connection_a", "connection_b"]
    markers = to_points(diary.items[:, :, 0])
    spread = {}
    for member, place in places.items():
        off = round(float(place.cov[0, 1]), 3)
        spread[member] = (
            (round(float(place.cov[0, 0]), 3), off),
            (off, round(float(place.cov[1, 1]), 3)),
        )
    return Numbers(
        first_on=first,
        notes={
            member: tuple(_note(markers[at, 2 * who : 2 * who + 2]) for at in range(diary.days))
            for who, member in enumerate(Member)
        },
        answered={member: fit.days_of(member) for member in Member},
        place={
            member: (round(place.place.connection, 2), round(place.place.self, 2))
            for member, place in places.items()
        },
        spread=spread,
        own_same_day={
            member: _quantity(
                answers["same_day", f"connection_{member.value}", f"self_{member.value}"]
            )
            for member in Member
        },
        between={
            axis: _quantity(answers["same_day", f"{axis.value}_a", f"{axis.value}_b"])
            for axis in Axis
        },
        couplings={
            (effect, cause): _quantity(
                answers["coupling", effect.value, cause.value],
                mostly_prior=bool(fit.diagnostics.prior_ratio[row, column] > MOSTLY_PRIOR),
            )
            for row, effect in enumerate(STATES)
            for column, cause in enumerate(STATES)
        },
        alone_days=(round(10 * alone.q05, 1), round(10 * alone.q95, 1)),
        adapt_detach=(frictions.adapt_detach.count, frictions.adapt_detach.days),
        repair=(frictions.way_back.count, frictions.way_back.days),
    )


def _note(markers: npt.NDArray[np.float64]) -> tuple[float | None, float | None] | None:
    near, myself = (None if np.isnan(value) else round(float(value), 1) for value in markers)
    return None if near is None and myself is None else (near, myself)


def _quantity(answer: Answer, *, mostly_prior: bool = False) -> Quantity:
    return Quantity(
        mean=round(answer.mean, 4),
        sd=round(answer.sd, 4),
        q05=round(answer.q05, 4),
        q50=round(answer.q50, 4),
        q95=round(answer.q95, 4),
        prob=round(answer.prob or 0.0, 4),
        said=answer.said,
        mostly_prior=mostly_prior,
    )
