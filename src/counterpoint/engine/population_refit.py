"""Fits that go on from the chains a population was learned with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from counterpoint.engine.diagnostics import ESS_NEEDED, diagnose, effective_couplings
from counterpoint.engine.diary import DyadDiary
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.population_block import DiaryBlock, block_of, run_block
from counterpoint.engine.population_chain import BlockDraws, ChainPoint, joined_points
from counterpoint.engine.prior import Prior
from counterpoint.engine.problem import Draws
from counterpoint.engine.sampling import fit_of_draws
from counterpoint.errors import DataError

SWEEPS = 500
HELD_COUPLES = 20
"""Draws of so many couples are held at once."""


def refit_dyads(
    diaries: Sequence[DyadDiary],
    prior: Prior,
    point: ChainPoint,
    *,
    stretch: int,
    sweeps: int = SWEEPS,
    seed: int = 0,
    backend: str = "compiled",
) -> Iterator[DyadFit]:
    """Fit dyads under a fixed population, going on from where their chains stand.

    Parameters
    ----------
    diaries
        The dyads of one block, in its order.
    prior
        The population.
    point
        Where their chains stand after learning it; nothing is dropped.
    stretch
        Number of this stretch of the chains: as many as there were rounds of learning.
    sweeps
        Sweeps of every chain; once as many again, as the next stretch, where the worst coupling
        is worth fewer than 100 independent draws.
    seed, backend
        As in learning.

    Yields
    ------
    DyadFit
        In the order of the diaries.

    Raises
    ------
    DataError
        If there are not as many diaries as chains, or fewer than 4 sweeps.
    """
    if len(diaries) != len(point):
        raise DataError(f"there are {len(diaries)} diaries and {len(point)} chains.")
    if sweeps < 4:
        raise DataError("a fit needs at least 4 sweeps.")
    for start in range(0, len(diaries), HELD_COUPLES):
        held = diaries[start : start + HELD_COUPLES]
        block = block_of(held, seed=seed)
        first = run_block(
            block,
            prior,
            point.part(start, start + len(held)),
            sweeps=sweeps,
            stretch=stretch,
            backend=backend,
        )
        found = [_draws_of(first, block, index) for index in range(len(held))]
        effective = [effective_couplings(draws, backend=backend) for draws in found]
        lengths = [sweeps] * len(held)
        unmixed = [i for i, worth in enumerate(effective) if worth.min() < ESS_NEEDED]
        if unmixed:
            chosen = block_of([held[i] for i in unmixed], seed=seed)
            more = run_block(
                chosen,
                prior,
                joined_points([first.last().part(i, i + 1) for i in unmixed]),
                sweeps=sweeps,
                stretch=stretch + 1,
                backend=backend,
            )
            for place, i in enumerate(unmixed):
                found[i] = _joined(found[i], _draws_of(more, chosen, place))
                lengths[i] = 2 * sweeps
                effective[i] = effective_couplings(found[i], backend=backend)
        for i, diary in enumerate(held):
            yield fit_of_draws(
                diary,
                prior,
                found[i],
                diagnostics=diagnose(
                    diary,
                    prior,
                    found[i],
                    sweeps=lengths[i],
                    backend=backend,
                    effective=effective[i],
                ),
                backend=backend,
                provisional=False,
                seed=int(block.seeds[i]),
                sweeps=lengths[i],
                dropped=0,
                with_trend=bool(block.with_trend[i]),
            )


def _draws_of(block: BlockDraws, diaries: DiaryBlock, index: int) -> Draws:
    """Draws of one dyad of a block."""
    days = slice(int(diaries.starts[index]), int(diaries.starts[index + 1]))
    kept = block.level.shape[1]
    mean = block.state_total[days] / kept
    return Draws(
        level=block.level[index],
        trend=block.trend[index],
        coefficient=block.coefficient[index],
        process_cov=block.process_cov[index],
        offset=block.offset[index],
        measurement_var=block.measurement_var[index],
        state_mean=mean,
        state_sd=np.sqrt(np.maximum(block.state_squares[days] / kept - mean**2, 0.0)),
        unstable_redraws=int(block.unstable_redraws[index]),
    )


def _joined(first: Draws, second: Draws) -> Draws:
    """Two stretches of equal length of one chain as one."""
    mean = 0.5 * (first.state_mean + second.state_mean)
    squares = 0.5 * (
        first.state_sd**2 + first.state_mean**2 + second.state_sd**2 + second.state_mean**2
    )
    return Draws(
        level=np.concatenate([first.level, second.level]),
        trend=np.concatenate([first.trend, second.trend]),
        coefficient=np.concatenate([first.coefficient, second.coefficient]),
        process_cov=np.concatenate([first.process_cov, second.process_cov]),
        offset=np.concatenate([first.offset, second.offset]),
        measurement_var=np.concatenate([first.measurement_var, second.measurement_var]),
        state_mean=mean,
        state_sd=np.sqrt(np.maximum(squares - mean**2, 0.0)),
        unstable_redraws=first.unstable_redraws + second.unstable_redraws,
    )
