"""Fitting dyads: choosing a sampler, running it, and judging what came out."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from counterpoint.domain.dyad import Member
from counterpoint.engine.diagnostics import (
    ESS_NEEDED,
    Diagnostics,
    diagnose,
    effective_couplings,
)
from counterpoint.engine.diary import DyadDiary, seed_of
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.portable import sample_portable
from counterpoint.engine.prior import Prior, shipped_prior
from counterpoint.engine.problem import Draws, SamplerProblem, pose_problem
from counterpoint.engine.readiness import backend_ready
from counterpoint.engine.simulate import TREND_FROM_DAYS
from counterpoint.engine.steps import prior_per_step
from counterpoint.errors import DataError

SWEEPS = 1000
DROPPED = 150
PROVISIONAL_SWEEPS = 300
PROVISIONAL_DROPPED = 60
BACKENDS = ("auto", "compiled", "portable")


def fit_dyad(
    diary: DyadDiary,
    *,
    prior: Prior | None = None,
    sweeps: int = SWEEPS,
    dropped: int = DROPPED,
    seed: int | None = None,
    backend: str = "auto",
    trend: bool | None = None,
    until_mixed: bool = True,
) -> DyadFit:
    """Draw from the posterior of one dyad.

    Parameters
    ----------
    diary
        Answers; the diary of a person alone has member b all missing.
    prior
        Population from row to row; by default the shipped prior for as many items, events and
        check-ins a day as the diary has (`prior_per_step`).
    sweeps, dropped
        Gibbs sweeps in all, and how many of the first are not kept.
    seed
        Seed of the chain, 0 to 2**32 - 1; by default `seed_of` the diary.
    backend
        ``"compiled"``; ``"portable"``; ``"auto"``: compiled when `backend_ready`, else portable
        with at most 300 sweeps and marked provisional.
    trend
        Whether the level may move within the window; by default from 42 days on.
    until_mixed
        Whether a chain whose worst coupling is worth fewer than 100 independent draws is run
        again, once, at twice the length.

    Returns
    -------
    DyadFit

    Raises
    ------
    DataError
        If an argument does not fit; every message says how to mend it.

    Notes
    -----
    Same diary, prior, seed and backend give the same bits, alone or within a cohort, on one thread
    or many.
    """
    prior = _prior_for(diary, prior)
    chosen, provisional = _choose(backend)
    if provisional and sweeps > PROVISIONAL_SWEEPS:
        sweeps, dropped = PROVISIONAL_SWEEPS, min(dropped, PROVISIONAL_DROPPED)
    if not 0 <= dropped < sweeps - 3:
        raise DataError("sweeps must exceed dropped by at least 4.")
    seed = seed_of(diary) if seed is None else seed
    if not 0 <= seed < 2**32:
        raise DataError("seed must lie between 0 and 2**32 - 1.")
    with_trend = diary.calendar_days >= TREND_FROM_DAYS if trend is None else trend
    problem = pose_problem(diary, prior, trend=with_trend)
    draws = _sample(problem, chosen, sweeps=sweeps, dropped=dropped, seed=seed)
    effective = effective_couplings(draws, backend=chosen)
    if until_mixed and not provisional and effective.min() < ESS_NEEDED:
        sweeps *= 2
        draws = _sample(problem, chosen, sweeps=sweeps, dropped=dropped, seed=seed)
        effective = effective_couplings(draws, backend=chosen)
    diagnostics = diagnose(diary, prior, draws, sweeps=sweeps, backend=chosen, effective=effective)
    return fit_of_draws(
        diary,
        prior,
        draws,
        diagnostics=diagnostics,
        backend=chosen,
        provisional=provisional,
        seed=seed,
        sweeps=sweeps,
        dropped=dropped,
        with_trend=with_trend,
    )


def fit_of_draws(
    diary: DyadDiary,
    prior: Prior,
    draws: Draws,
    *,
    diagnostics: Diagnostics,
    backend: str,
    provisional: bool,
    seed: int,
    sweeps: int,
    dropped: int,
    with_trend: bool,
) -> DyadFit:
    """Put draws of a sampler, and what is known of their diary, into one fit."""
    return DyadFit(
        dyad_id=diary.dyad_id,
        level=draws.level,
        trend=draws.trend,
        transition=draws.coefficient[:, :, :4].copy(),
        process_cov=draws.process_cov,
        input_effect=draws.coefficient[:, :, 4:].copy(),
        offset=draws.offset,
        measurement_var=draws.measurement_var,
        smoothed_mean=draws.state_mean,
        smoothed_sd=draws.state_sd,
        answered_days=diary.answered_days,
        observed=(diary.observes(Member.A), diary.observes(Member.B)),
        diagnostics=diagnostics,
        backend=backend,
        provisional=provisional,
        seed=seed,
        sweeps=sweeps,
        dropped=dropped,
        with_trend=with_trend,
        prior_source=prior.source,
        steps_a_day=diary.steps_a_day,
        event_counts=diary.event_counts,
        knows_ends=diary.ends is not None,
    )


def fit_dyads(
    diaries: Iterable[DyadDiary],
    *,
    prior: Prior | None = None,
    sweeps: int = SWEEPS,
    dropped: int = DROPPED,
    seed: int = 0,
    backend: str = "auto",
    trend: bool | None = None,
    until_mixed: bool = True,
    threads: int | None = None,
) -> Iterator[DyadFit]:
    """Fit many dyads, in order, a few at a time.

    Parameters
    ----------
    diaries
        Any number of diaries; they are taken as they are needed.
    seed
        Enters the seed of every dyad together with its name and answers (`seed_of`).
    threads
        How many dyads are fitted at once; by default one per processor. The compiled sampler
        releases the interpreter; the portable one does not gain from threads.

    Yields
    ------
    DyadFit
        In the order of the diaries; no more than a few are held at a time.

    Notes
    -----
    Other parameters and errors as in `fit_dyad`.
    """
    chosen, provisional = _choose(backend)
    workers = max(1, threads or os.cpu_count() or 1)
    if chosen == "portable":
        workers = 1

    def fit_one(diary: DyadDiary) -> DyadFit:
        return fit_dyad(
            diary,
            prior=prior,
            sweeps=sweeps,
            dropped=dropped,
            seed=seed_of(diary, base=seed),
            backend="auto" if provisional else chosen,
            trend=trend,
            until_mixed=until_mixed,
        )

    source = iter(diaries)
    with ThreadPoolExecutor(max_workers=workers) as pool:
        waiting: deque[Future[DyadFit]] = deque()
        for diary in islice(source, 3 * workers):
            waiting.append(pool.submit(fit_one, diary))
        while waiting:
            fit = waiting.popleft().result()
            for diary in islice(source, 1):
                waiting.append(pool.submit(fit_one, diary))
            yield fit


def _choose(backend: str) -> tuple[str, bool]:
    """Which sampler, and whether its result is provisional."""
    if backend not in BACKENDS:
        raise DataError(f"unknown backend {backend!r}; known are {', '.join(BACKENDS)}.")
    if backend != "auto":
        return backend, False
    return ("compiled", False) if backend_ready() else ("portable", True)


def _prior_for(diary: DyadDiary, prior: Prior | None) -> Prior:
    if prior is not None:
        return prior
    daily = shipped_prior(diary.item_count, diary.centred_inputs.shape[1])
    return prior_per_step(daily, diary.steps_a_day)


def _sample(
    problem: SamplerProblem, backend: str, *, sweeps: int, dropped: int, seed: int
) -> Draws:
    if backend == "portable":
        return sample_portable(problem, sweeps=sweeps, dropped=dropped, seed=seed)
    # the compiler is imported here and nowhere else, so that a process that never fits never pays
    from counterpoint.engine.kernel.chain import sample_compiled  # noqa: PLC0415 - see above

    return sample_compiled(problem, sweeps=sweeps, dropped=dropped, seed=seed)
