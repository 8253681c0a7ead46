"""Learning a population: stochastic-approximation EM, anchored on the prior that is shipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from operator import add
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.special import digamma

from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.population_block import DiaryBlock, advance_block, block_of
from counterpoint.engine.population_chain import ChainPoint
from counterpoint.engine.population_statistics import PopulationStatistics, total_of
from counterpoint.engine.prior import Prior
from counterpoint.engine.readiness import backend_ready
from counterpoint.engine.states import Array
from counterpoint.errors import DataError

ROUNDS = 20
SWEEPS = 8
FULL_ROUNDS = 10
"""As many first rounds forget all earlier ones; later rounds are averaged."""
ANCHOR_COUPLES = 50
"""The anchor counts as so many couples."""
FREE_FROM_COUPLES = 300
"""A population without an anchor is over-confident below this."""
BLOCK_COUPLES = 100
DF_RANGE = (5.5, 200.0)
"""Degrees of freedom of the law of Q that are looked through."""


@dataclass(frozen=True, eq=False)
class Learning:
    r"""A population between two rounds of learning.

    Round k runs the chains of every couple some sweeps on under the population of round k - 1,
    averages their sufficient statistics,

    .. math:: \bar S_k = \bar S_{k-1} + \gamma_k (S_k - \bar S_{k-1}), \qquad
        \gamma_k = 1 \ (k \le 10), \ (k - 9)^{-.8} \ (k > 10),

    and sets the population to what they say.

    Parameters
    ----------
    base
        The prior that learning starts from and is anchored on.
    population
        What has been learned so far.
    free
        Whether nothing anchors it.
    rounds_done
        k.
    average
        The averaged statistics per couple; ``None`` before the first round.

    References
    ----------
    Delyon, Lavielle and Moulines (1999), Annals of Statistics 27; Kuhn and Lavielle (2004), ESAIM:
    Probability and Statistics 8.
    """

    base: Prior
    population: Prior
    free: bool
    rounds_done: int = 0
    average: PopulationStatistics | None = None

    def after(self, total: PopulationStatistics) -> Learning:
        """Return what is known after one more round.

        Parameters
        ----------
        total
            Statistics of that round, summed over all couples.
        """
        k = self.rounds_done + 1
        step = 1.0 if k <= FULL_ROUNDS else (k - FULL_ROUNDS + 1.0) ** -0.8
        average = total if self.average is None else self.average.towards(total, step)
        return Learning(
            base=self.base,
            population=population_of(average, self.base, free=self.free),
            free=self.free,
            rounds_done=k,
            average=average,
        )


@dataclass(frozen=True, eq=False)
class LearnedPopulation:
    """A population and where the chains of its couples stand.

    Parameters
    ----------
    prior
        The population.
    blocks, points
        The couples in blocks, and where the chains of each block stand.
    backend
        Which sampler ran them.
    rounds
        Rounds of learning: the next stretch of the chains has this number.
    """

    prior: Prior
    blocks: tuple[DiaryBlock, ...]
    points: tuple[ChainPoint, ...]
    backend: str
    rounds: int


def begin_learning(base: Prior, couples: int, *, free: bool = False) -> Learning:
    """Return the state of learning before the first round.

    Parameters
    ----------
    base
        The prior to start from, anchored on it unless ``free``.
    couples
        How many couples there are.
    free
        Whether nothing anchors the population; needs `FREE_FROM_COUPLES`.

    Raises
    ------
    DataError
        If ``free`` is asked for with too few couples, or the base gives the members roles.
    """
    if free and couples < FREE_FROM_COUPLES:
        raise DataError(
            f"a population without an anchor needs {FREE_FROM_COUPLES} couples, there "
            f"{'is' if couples == 1 else 'are'} {couples}: with fewer it is too sure of itself. "
            "Learn it anchored instead."
        )
    roles = np.concatenate([base.coupling_role, base.level_role])
    if np.any(np.abs(roles) > 1e-9):
        raise DataError("a population is learned without roles: give a prior that has none.")
    return Learning(base=base, population=base, free=free)


def learn_population(
    diaries: Sequence[DyadDiary],
    *,
    base: Prior,
    free: bool = False,
    rounds: int = ROUNDS,
    sweeps: int = SWEEPS,
    seed: int = 0,
    backend: str = "auto",
    threads: int | None = None,
    watch: Callable[[Learning], None] = lambda _: None,
) -> LearnedPopulation:
    """Learn the population of some couples, all held in memory.

    Parameters
    ----------
    diaries
        The couples; none at all return the base as it is.
    base, free
        As in `begin_learning`.
    rounds, sweeps
        Rounds of learning, and sweeps of every couple's chain in each.
    seed
        Enters the seed of every couple together with its name and answers.
    backend
        ``compiled``, ``portable``, or ``auto``: compiled where that is ready.
    threads
        How many blocks are worked on at once; by default one per processor.
    watch
        Told the state after every round.

    Returns
    -------
    LearnedPopulation

    Raises
    ------
    DataError
        If the couples are too few for a free population, or do not fit the base.

    Notes
    -----
    What an event does, how far levels move within a window, and the first day's covariance stay
    those of the base. The same diaries and seed give the same bits on any number of threads.
    """
    learning = begin_learning(base, len(diaries), free=free)
    chosen = ("compiled" if backend_ready() else "portable") if backend == "auto" else backend
    if not diaries:
        return LearnedPopulation(base, (), (), chosen, 0)
    blocks = tuple(
        block_of(diaries[i : i + BLOCK_COUPLES], seed=seed)
        for i in range(0, len(diaries), BLOCK_COUPLES)
    )
    points: list[ChainPoint | None] = [None] * len(blocks)
    workers = 1 if chosen == "portable" else max(1, threads or os.cpu_count() or 1)
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for stretch in range(rounds):
            population = learning.population

            def advance(
                block: DiaryBlock,
                point: ChainPoint | None,
                population: Prior = population,
                stretch: int = stretch,
            ) -> tuple[ChainPoint, PopulationStatistics]:
                return advance_block(
                    block, population, point, sweeps=sweeps, stretch=stretch, backend=chosen
                )

            moved = list(pool.map(advance, blocks, points))
            points = [point for point, _ in moved]
            learning = learning.after(total_of([part for _, part in moved], add))
            watch(learning)
    return LearnedPopulation(
        prior=learning.population,
        blocks=blocks,
        points=tuple(point for point in points if point is not None),
        backend=chosen,
        rounds=rounds,
    )


def population_of(average: PopulationStatistics, base: Prior, *, free: bool = False) -> Prior:
    r"""Return the population that statistics speak for.

    Parameters
    ----------
    average
        Sums of the statistics of some couples.
    base
        The anchor, which counts as 50 couples: E s, E s s', E d d', E Q^-1 and E log|Q|, E 1/r,
        intercepts, the squares of the offsets, and loadings are each averaged with those of the
        base at that weight. As with any two groups, how far their means lie apart is part of the
        spread of both together.
    free
        Whether nothing is averaged in.

    Returns
    -------
    Prior
        Couplings and levels: :math:`m = E s / \sqrt 2`, :math:`S_+ = E s s' - E s\, E s'`,
        :math:`S_- = E d d'`. Q: scale :math:`\nu (E Q^{-1})^{-1}` with :math:`\nu` from
        :math:`E \log|Q|`. Items: loading :math:`E(x (y - \nu - \delta)/r) / E(x^2/r)`, rate
        from :math:`E(1/r)`; the marker keeps loading 1 and intercept 0. No couple at all
        returns the base itself.
    """
    couples = float(average.couples)
    if couples == 0.0:
        return base
    anchor = 0.0 if free else ANCHOR_COUPLES
    own = couples / (couples + anchor)

    def anchored(value: Array, at_base: Array) -> Array:
        return np.asarray(own * value + (1.0 - own) * at_base)

    coupling = _moments(
        own,
        (average.coupling_sum, average.coupling_sum_square, average.coupling_difference_square),
        couples,
        (base.coupling_mean, base.coupling_sum_cov, base.coupling_difference_cov),
    )
    level = _moments(
        own,
        (average.level_sum, average.level_sum_square, average.level_difference_square),
        couples,
        (base.level_mean, base.level_sum_cov, base.level_difference_cov),
    )
    precision_at_base = np.asarray(base.process_df * np.linalg.inv(base.process_scale))
    precision = anchored(average.process_precision / couples, precision_at_base)
    log_det = anchored(average.process_log_det / couples, _expected_log_det(base))
    df = _degrees_of_freedom(precision, float(log_det))
    return replace(
        base,
        coupling_mean=coupling[0],
        coupling_sum_cov=coupling[1],
        coupling_difference_cov=coupling[2],
        coupling_role=np.zeros(8),
        level_mean=level[0],
        level_sum_cov=level[1],
        level_difference_cov=level[2],
        level_role=np.zeros(2),
        process_df=df,
        process_scale=_symmetric(np.asarray(df * np.linalg.inv(precision))),
        **_items_of(average, base, anchor),
        source=f"learned, {'free' if free else f'anchored on {base.source}'}",
        couples=round(couples),
    )


def _moments(
    own: float, sums: tuple[Array, Array, Array], couples: float, base: tuple[Array, Array, Array]
) -> tuple[Array, Array, Array]:
    """Mean, S+ and S- of both groups together: sums over the couples, and what the base says."""
    at_base = np.sqrt(2.0) * base[0]
    total = own * sums[0] / couples + (1.0 - own) * at_base
    square = own * sums[1] / couples + (1.0 - own) * (base[1] + np.outer(at_base, at_base))
    difference = own * sums[2] / couples + (1.0 - own) * base[2]
    return (
        np.asarray(total / np.sqrt(2.0)),
        _symmetric(square - np.outer(total, total)),
        _symmetric(difference),
    )


def _items_of(average: PopulationStatistics, base: Prior, anchor: float) -> dict[str, Any]:
    """Return the numbers of items; an item nobody answered keeps those of the base."""
    persons = average.item_persons
    answered = persons > 0
    counted = np.where(answered, persons, 1.0)
    own = np.where(answered, persons / np.where(answered, persons + 2.0 * anchor, 1.0), 0.0)
    is_marker = np.arange(base.item_count)[None, :] == 0
    shift = np.where(answered, average.item_shift / counted, base.intercept)
    intercept = own * shift + (1.0 - own) * base.intercept
    intercept = np.where(is_marker, base.intercept, intercept)
    weight = np.where(answered, average.loading_square, 1.0)
    found = np.where(answered, average.loading_product / weight, base.loading)
    loading = np.where(is_marker, base.loading, own * found + (1.0 - own) * base.loading)
    precision_at_base = base.measurement_shape / base.measurement_rate
    precision = np.where(answered, average.item_precision / counted, precision_at_base)
    precision = own * precision + (1.0 - own) * precision_at_base
    squares = (
        average.item_shift_square - 2.0 * intercept * average.item_shift + persons * intercept**2
    )
    squares_at_base = 2.0 * anchor * (base.offset_sd**2 + (base.intercept - intercept) ** 2)
    variance = (np.sum(squares[answered]) + np.sum(squares_at_base)) / (
        np.sum(persons) + 2.0 * anchor * squares_at_base.size
    )
    return {
        "loading": loading,
        "intercept": intercept,
        "measurement_rate": base.measurement_shape / precision,
        "offset_sd": float(np.sqrt(variance)),
    }


def _expected_log_det(prior: Prior) -> Array:
    """E log|Q| of an inverse-Wishart law."""
    size = 4
    df = prior.process_df
    return np.asarray(
        np.linalg.slogdet(prior.process_scale)[1]
        - size * np.log(2.0)
        - np.sum(digamma(0.5 * (df - np.arange(size))))
    )


def _degrees_of_freedom(precision: Array, log_det: float) -> float:
    """Degrees of freedom at which E log|Q| is what it is, with E Q^-1 held."""
    size = 4
    constant = -np.linalg.slogdet(precision)[1] - size * np.log(2.0) - log_det

    def excess(df: float) -> float:
        return float(size * np.log(df) + constant - np.sum(digamma(0.5 * (df - np.arange(size)))))

    low, high = DF_RANGE
    if excess(low) <= 0.0:
        return low
    if excess(high) >= 0.0:
        return high
    return float(brentq(excess, low, high, xtol=1e-10))


def _symmetric(matrix: Array) -> Array:
    return np.asarray(0.5 * (matrix + matrix.T))
