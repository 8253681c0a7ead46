"""When a fit may be shown, and what may be said of it: the gates, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from counterpoint.domain.gates import (
    DAYS_COUPLING,
    DAYS_LEVEL,
    DAYS_NEAR_WISH,
    DAYS_SAME_DAY,
    NEAR_POINTS,
    SURE_WISH,
)

PLACE_FROM_DAYS = DAYS_LEVEL
ABOUT_FROM_DAYS = DAYS_NEAR_WISH
SAME_DAY_FROM_DAYS = DAYS_SAME_DAY
COUPLINGS_FROM_DAYS = DAYS_COUPLING
"""Answered days from which each picture opens (MODEL section 7)."""


SUNDAY = 6


class FitHead(Protocol):
    """What decides whether a fit is shown: when it was made and how it was made."""

    @property
    def made_on(self) -> date:
        """The owner's local day on which the fit was made."""

    @property
    def answered_days(self) -> int:
        """Days with both marker items."""

    @property
    def provisional(self) -> bool:
        """Whether it was made with few draws, before the fast sampler was ready."""


Head = TypeVar("Head", bound=FitHead)


class Told(StrEnum):
    """How a place lies to a wish on one axis."""

    ABOVE = "above"
    BELOW = "below"
    ABOUT = "about"
    OPEN = "open"


@dataclass(frozen=True)
class AgainstWish:
    """Probabilities that a place lies above, below and within ten points of a wish."""

    above_prob: float
    below_prob: float
    within_prob: float


def last_sunday(today: date) -> date:
    """Return the newest Sunday that is not after ``today``."""
    return today - timedelta(days=(today.weekday() - SUNDAY) % 7)


def shown_fit(fits: Sequence[Head], today: date) -> Head | None:
    """Return the fit a person sees on ``today``, or ``None`` before the first gate.

    The first picture opens as soon as there is one; from then on pictures change on Sundays
    only, so that nobody can watch a number answer to a tap. A provisional fit gives way to the
    first full one on any day.

    Parameters
    ----------
    fits
        All usable fits of one person, oldest first.
    today
        The person's local day.
    """
    open_fits = [fit for fit in fits if fit.answered_days >= PLACE_FROM_DAYS]
    full = [fit for fit in open_fits if not fit.provisional]
    candidates = full or open_fits
    sunday = last_sunday(today)
    through_sunday = [fit for fit in candidates if fit.made_on <= sunday]
    if through_sunday:
        return through_sunday[-1]
    return candidates[0] if candidates else None


def superseded(fits: Sequence[Head], today: date) -> list[Head]:
    """Return the fits that will never be shown again, given that a newer one was just made.

    Kept are the one on show, the newest, and the last of each week: the row of Sundays from
    which a place then and a place now are told.
    """
    keep = {id(fit) for fit in fits[-1:]}
    on_show = shown_fit(fits, today)
    if on_show is not None:
        keep.add(id(on_show))
    of_week: dict[tuple[date, bool], Head] = {}
    for fit in fits:
        if fit.answered_days >= PLACE_FROM_DAYS:
            sunday = fit.made_on + timedelta(days=(SUNDAY - fit.made_on.weekday()) % 7)
            of_week[sunday, fit.provisional] = fit
    keep.update(id(fit) for fit in of_week.values())
    return [fit for fit in fits if id(fit) not in keep]


def against_wish(draws: Sequence[float], wish: float) -> AgainstWish:
    """Return where the draws of one axis lie to a wish.

    Parameters
    ----------
    draws
        Posterior draws of the level, in points; at least one.
    wish
        The wish, in points.
    """
    count = len(draws)
    above = sum(1 for draw in draws if draw > wish)
    within = sum(1 for draw in draws if abs(draw - wish) <= NEAR_POINTS)
    return AgainstWish(above / count, 1 - above / count, within / count)


def tell(against: AgainstWish, days: int) -> Told:
    """Return what may be said of one axis: only at a probability of .8 or more.

    "About where you wished" needs 11 days and comes first: within ten points is about there,
    on whichever side.
    """
    if days >= ABOUT_FROM_DAYS and against.within_prob >= SURE_WISH:
        return Told.ABOUT
    if against.above_prob >= SURE_WISH:
        return Told.ABOVE
    if against.below_prob >= SURE_WISH:
        return Told.BELOW
    return Told.OPEN


def next_opening(days: int) -> tuple[int, int] | None:
    """Return the next gate and how many answered days are still ahead of it."""
    for gate in (PLACE_FROM_DAYS, ABOUT_FROM_DAYS, SAME_DAY_FROM_DAYS, COUPLINGS_FROM_DAYS):
        if days < gate:
            return gate, gate - days
    return None
