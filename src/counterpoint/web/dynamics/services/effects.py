"""What the randomised evenings show about one exercise: days and coins in, numbers out.

Imported by the worker only, and only when it fits: it loads the engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from counterpoint.content.exercises import OutcomeTime
from counterpoint.domain.dyad import Member
from counterpoint.domain.gates import LOOK_WEEKS
from counterpoint.domain.plane import Axis
from counterpoint.engine import DyadFit, Prior, effect_of_offers, fit_dyad, shipped_prior
from counterpoint.engine.gates import Reason
from counterpoint.engine.simulate import draw_parameters
from counterpoint.engine.states import rows_of
from counterpoint.engine.units import POINTS_PER_UNIT
from counterpoint.web.diary.queries import EngineDay
from counterpoint.web.dynamics.services import reading

PRIOR_DRAWS = 2000


@dataclass(frozen=True)
class FoundEffect:
    """The effect of an offer on the outcome named beforehand.

    Parameters
    ----------
    fit
        The fit it comes from.
    interval
        5 %, 50 % and 95 % points, in points 0 to 100; ``None`` where the days cannot be read.
    prob
        Probability of the likelier direction.
    word
        ``helps``, ``hinders`` or empty.
    mostly_prior
        Whether the evenings narrowed it by less than a fifth of its prior sd.
    """

    fit: DyadFit
    interval: tuple[float, float, float] | None
    prob: float | None
    word: str
    mostly_prior: bool


def effect_on(
    days: Sequence[EngineDay],
    coins: Mapping[date, bool],
    *,
    name: str,
    axis: str,
    shows: str,
    backend: str,
) -> FoundEffect:
    """Fit the days of one look and return the effect on the one named outcome.

    Parameters
    ----------
    days
        Days of the look, oldest first.
    coins
        Its eligible evenings; some with an offer, some without.
    name
        Name of the diary; enters the seed.
    axis, shows
        The outcome: values of `Axis` and `OutcomeTime`.
    backend
        Sampler, as in `counterpoint.engine.fit_dyad`.
    """
    events = reading.events_of(days, coins)
    prior = shipped_prior(items=3, inputs=events)
    fit = fit_dyad(reading.solo_diary(days, name=name, coins=coins), prior=prior, backend=backend)
    column = events.index(reading.OFFER)
    is_next_day = OutcomeTime(shows) is OutcomeTime.NEXT_DAY
    card = effect_of_offers(fit, Member.A, event=column, looks=len(LOOK_WEEKS))
    found = card.outcome(Axis(axis), next_day=is_next_day)
    is_readable = found.reason in ("", Reason.NOT_SURE)
    spread = prior_spread(events)[int(is_next_day), rows_of(Member.A)[Axis(axis) is Axis.SELF]]
    return FoundEffect(
        fit=fit,
        interval=(found.q05, found.q50, found.q95) if is_readable else None,
        prob=found.prob,
        word=found.word,
        mostly_prior=bool(found.sd > reading.MOSTLY_PRIOR * spread),
    )


@lru_cache(maxsize=4)
def prior_spread(events: tuple[str, ...]) -> np.ndarray:
    """Return the prior sd of an offer's effect, in points, shape (2, 4): same evening, next day."""
    prior: Prior = shipped_prior(items=3, inputs=events)
    drawn = draw_parameters(PRIOR_DRAWS, prior=prior, rng=np.random.default_rng(0))
    column = events.index(reading.OFFER)
    now = np.array([one.input_effect[:, column] for one in drawn])
    later = np.einsum("nij,nj->ni", np.array([one.transition for one in drawn]), now)
    return POINTS_PER_UNIT * np.array([now.std(axis=0), later.std(axis=0)])
