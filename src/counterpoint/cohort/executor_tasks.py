"""What a worker does with one block of couples, wherever it sits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counterpoint.cohort.checkpoint_blocks import CoupleBlock, read_block, read_diaries_of
from counterpoint.cohort.extras import Asked
from counterpoint.cohort.fit import NOTHING_MORE, CoupleResult, fit_cohort, result_of
from counterpoint.engine.population_block import advance_block
from counterpoint.engine.population_chain import ChainPoint
from counterpoint.engine.population_refit import refit_dyads
from counterpoint.engine.population_statistics import PopulationStatistics
from counterpoint.engine.prior import Prior

Placed = Path | CoupleBlock
"""A block as a file, or the block itself where it has been sent to a worker."""


@dataclass(frozen=True)
class Chains:
    """How chains are run.

    Parameters
    ----------
    sweeps, dropped
        Sweeps of a fit in all, and how many of the first are not kept.
    seed
        Base of the seeds.
    backend
        ``compiled`` or ``portable``.
    asked
        What is kept of each couple beyond the tables.
    """

    sweeps: int
    dropped: int
    seed: int
    backend: str
    asked: Asked = NOTHING_MORE


@dataclass(frozen=True)
class Stretch:
    """One round of learning.

    Parameters
    ----------
    number
        Rounds before it.
    sweeps
        Sweeps of every chain.
    backend
        ``compiled`` or ``portable``.
    """

    number: int
    sweeps: int
    backend: str


def advance(
    placed: Placed, population: Prior, point: ChainPoint | None, stretch: Stretch
) -> tuple[ChainPoint, PopulationStatistics]:
    """Run the chains of a block through one round of learning."""
    block = read_diaries_of(placed) if isinstance(placed, Path) else placed.diaries
    return advance_block(
        block,
        population,
        point,
        sweeps=stretch.sweeps,
        stretch=stretch.number,
        backend=stretch.backend,
    )


def fit_block(placed: Placed, population: Prior, chains: Chains) -> list[CoupleResult]:
    """Fit the couples of a block with chains of their own."""
    return list(
        fit_cohort(
            _opened(placed).couple_days(),
            prior=population,
            sweeps=chains.sweeps,
            dropped=chains.dropped,
            seed=chains.seed,
            backend=chains.backend,
            threads=1,
            asked=chains.asked,
        )
    )


def refit_block(
    placed: Placed, population: Prior, point: ChainPoint, stretch: int, chains: Chains
) -> list[CoupleResult]:
    """Fit the couples of a block, going on from where learning left their chains."""
    couples = _opened(placed).couple_days()
    fits = refit_dyads(
        [couple.diary for couple in couples],
        population,
        point,
        stretch=stretch,
        sweeps=chains.sweeps,
        seed=chains.seed,
        backend=chains.backend,
    )
    return [result_of(couple, fit, chains.asked) for couple, fit in zip(couples, fits, strict=True)]


def _opened(placed: Placed) -> CoupleBlock:
    return read_block(placed) if isinstance(placed, Path) else placed
