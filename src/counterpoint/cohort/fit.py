"""Many couples fitted one after another; of each only what the tables need is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import tee

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.extras import Asked, Extras, extras_of
from counterpoint.cohort.table import CoupleDays
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.engine import (
    Answer,
    DyadFit,
    Prior,
    fit_dyads,
    place_answer,
    seed_of,
    to_points,
)
from counterpoint.engine.chains import ChainsFit, fit_chains
from counterpoint.engine.diagnostics import Diagnostics
from counterpoint.engine.units import POINTS_PER_UNIT

NOTHING_MORE = Asked()

_BAND = 1.6448536269514722


@dataclass(frozen=True)
class PlaceRange:
    """Where a member is on the plane, with its uncertainty.

    Parameters
    ----------
    place
        Posterior mean, points.
    spread
        Posterior covariance of connection and self, points squared.
    """

    place: Place
    spread: tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class CoupleResult:
    """What is kept of one couple's fit; the draws are not.

    Parameters
    ----------
    couple
        Name of the couple.
    members
        Labels of member a and member b.
    days
        Each calendar day as it was written.
    mean, band
        Smoothed states in points, shape (days, 4), and the two ends of their 90 % band.
    answered
        Shape (days, 4): whether any item of the state was answered.
    answered_days
        Days on which member a, and member b, answered both marker items.
    answers
        Every named quantity; what may be said is decided by days and probability alone.
    places
        Place of member a and of member b.
    diagnostics
        How well the sampler did and the model fits.
    extras
        What was asked beyond that.
    """

    couple: str
    members: tuple[str, str]
    days: tuple[str, ...]
    mean: NDArray[np.float64]
    band: tuple[NDArray[np.float64], NDArray[np.float64]]
    answered: NDArray[np.bool_]
    answered_days: tuple[int, int]
    answers: tuple[Answer, ...]
    places: tuple[PlaceRange, PlaceRange]
    diagnostics: Diagnostics
    extras: Extras = field(default_factory=Extras)

    @property
    def names(self) -> tuple[str, str]:
        """Labels of the members for people to read, without the joints of a column's name."""
        first, second = (label.strip("_.- ") or label for label in self.members)
        return (first, second) if first != second else self.members


def fit_cohort(
    couples: Iterable[CoupleDays],
    *,
    prior: Prior,
    sweeps: int = 1000,
    dropped: int = 150,
    seed: int = 0,
    backend: str = "auto",
    threads: int | None = None,
    asked: Asked = NOTHING_MORE,
) -> Iterator[CoupleResult]:
    """Fit couples under one prior.

    Parameters
    ----------
    couples
        Diaries, taken as they are needed.
    prior
        Population every couple starts from.
    sweeps, dropped
        Sweeps of the sampler in all, and how many of the first are not kept.
    seed
        Base of the seeds; each couple's own also depends on its name and its answers, so that a
        couple gets the same result alone and in any cohort.
    backend
        ``auto``, ``compiled`` or ``portable``.
    threads
        Couples fitted at once; by default one per processor. Of several chains one at a time.
    asked
        What is kept of each beyond the tables.

    Yields
    ------
    CoupleResult
        In the order given.

    Raises
    ------
    DataError
        Diary and prior disagree on the number of items.
    """
    if asked.chains > 1:
        for couple in couples:
            found = fit_chains(
                couple.diary,
                chains=asked.chains,
                prior=prior,
                sweeps=sweeps,
                dropped=dropped,
                seed=seed_of(couple.diary, base=seed),
                backend=backend,
            )
            yield result_of(couple, found.fit, asked, found)
        return
    ahead, behind = tee(couples)
    fits = fit_dyads(
        (couple.diary for couple in ahead),
        prior=prior,
        sweeps=sweeps,
        dropped=dropped,
        seed=seed,
        backend=backend,
        threads=threads,
    )
    for couple, fit in zip(behind, fits, strict=True):
        yield result_of(couple, fit, asked)


def result_of(
    couple: CoupleDays, fit: DyadFit, asked: Asked = NOTHING_MORE, chains: ChainsFit | None = None
) -> CoupleResult:
    """Return what is kept of one couple's fit."""
    mean = to_points(fit.smoothed_mean)
    reach = _BAND * POINTS_PER_UNIT * fit.smoothed_sd
    return CoupleResult(
        couple=couple.couple,
        members=couple.members,
        days=couple.days,
        mean=mean,
        band=(mean - reach, mean + reach),
        answered=np.any(~np.isnan(couple.diary.items), axis=2),
        answered_days=fit.answered_days,
        answers=_without_flags(fit).answers(),
        places=(_place_range(fit, Member.A), _place_range(fit, Member.B)),
        diagnostics=fit.diagnostics,
        extras=extras_of(fit, asked, chains),
    )


def _without_flags(fit: DyadFit) -> DyadFit:
    """Return a fit whose flags do not withhold answers.

    The rules for standing answers, one writer, careless answers and misfit were measured on the
    check-in's own items. With a researcher's items, where half of all honest answers may lie at
    one end of a scale, they are told beside the answers and withhold none.
    """
    plain = replace(
        fit.diagnostics,
        parked=(False, False),
        one_writer=False,
        careless=(False, False),
        model_fits=True,
    )
    return replace(fit, diagnostics=plain)


def _place_range(fit: DyadFit, member: Member) -> PlaceRange:
    answer = place_answer(fit, member)
    cov = answer.cov
    return PlaceRange(
        place=answer.place,
        spread=(
            (float(cov[0, 0]), float(cov[0, 1])),
            (float(cov[1, 0]), float(cov[1, 1])),
        ),
    )
