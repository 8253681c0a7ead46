"""Simulated couples fitted and held against their truth, with the figures the engine must reach."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from counterpoint.engine import DyadFit, fit_dyads, shipped_prior, simulate_dyads
from counterpoint.engine.gates import SURE_COST, SURE_DIRECTION
from counterpoint.engine.recovery import Recovery, score_recovery

COVERAGE = (0.87, 0.93)
"""Share of truths a 90 % interval must cover."""

DIRECTIONS_RIGHT = SURE_DIRECTION
"""Share right of same-day directions said: what the gate states."""

COSTS_RIGHT = SURE_COST
"""Share right of costs said: what the gate states."""


@dataclass(frozen=True)
class Demands:
    """What one design of the check-in must reach at 1,000 couples and 56 days.

    Parameters
    ----------
    coupling_r
        Mean correlation of a coupling with its truth, at least.
    same_day_r
        The same of each same-day pair, at least.
    contagion_named
        Share of true contagion that is said before the day gate, at least; ``None``: not asked.
    level_coverage
        Lowest and highest coverage of levels.
    """

    coupling_r: float
    same_day_r: float
    contagion_named: float | None
    level_coverage: tuple[float, float]


DEMANDS = {
    "continuous": Demands(0.57, 0.77, 0.30, COVERAGE),
    "checkin": Demands(0.50, 0.70, None, (0.83, 1.0)),
}
"""Demands by design."""


@dataclass(frozen=True)
class Verdict:
    """One demand and whether it was met.

    Parameters
    ----------
    demand
        In words.
    figure
        What was reached; NaN when there was nothing to count.
    low, high
        Between which it must lie.
    """

    demand: str
    figure: float
    low: float
    high: float

    @property
    def kept(self) -> bool:
        """Whether the figure lies where it must."""
        return math.isfinite(self.figure) and self.low <= self.figure <= self.high


@dataclass(frozen=True)
class RecoveryCheck:
    """The outcome of one check.

    Parameters
    ----------
    free, gated
        Scores with the day gate off and on.
    verdicts
        Every demand.
    """

    free: Recovery
    gated: Recovery
    verdicts: tuple[Verdict, ...]

    @property
    def kept(self) -> bool:
        """Whether every demand was met."""
        return all(verdict.kept for verdict in self.verdicts)


def check_recovery(
    design: str,
    *,
    couples: int,
    days: int,
    seed: int = 0,
    backend: str = "auto",
    sweeps: int = 1000,
    advance: Callable[[int], None] = lambda _: None,
) -> RecoveryCheck:
    """Simulate couples from the base population, fit them and score the fits.

    Fits start from the shipped prior.

    Parameters
    ----------
    design
        ``continuous`` or ``checkin``, see the engine's simulation.
    couples, days
        How many couples, and calendar days of each, a quarter of them missing per member.
    seed
        Seed of the simulation and of the fits.
    backend, sweeps
        As in the engine's fit.
    advance
        Told the number of couples done.
    """
    diaries, truths = simulate_dyads(couples, days, rng=np.random.default_rng(seed), design=design)
    fits = fit_dyads(diaries, prior=shipped_prior(3), seed=seed, backend=backend, sweeps=sweeps)
    free, gated = score_recovery(_counted(fits, advance), truths)
    return RecoveryCheck(free, gated, tuple(judge_recovery(design, free, gated)))


def judge_recovery(design: str, free: Recovery, gated: Recovery) -> Iterator[Verdict]:
    """Yield every demand on a design with the figure reached.

    Parameters
    ----------
    design
        Whose demands.
    free, gated
        Scores with the day gate off and on. How well numbers are found does not depend on the
        gate; of what is said, both are judged, and saying nothing is a demand missed.
    """
    demands = DEMANDS[design]
    yield Verdict("mean r of a coupling", free.mean("coupling", "r"), demands.coupling_r, 1.0)
    yield Verdict(
        "smallest r of a same-day pair",
        min(row.r for row in free.of("same_day")),
        demands.same_day_r,
        1.0,
    )
    yield Verdict("coverage of couplings", free.mean("coupling", "coverage"), *COVERAGE)
    yield Verdict("coverage of levels", free.mean("level", "coverage"), *demands.level_coverage)
    if demands.contagion_named is not None:
        named = {row.name: row.named for row in free.of("cost")}["contagion"]
        yield Verdict(
            "true contagion named, day gate off",
            math.nan if named is None else named,
            demands.contagion_named,
            1.0,
        )
    for scores in (free, gated):
        gate = "on" if scores.day_gate else "off"
        yield Verdict(
            f"same-day directions right where said, day gate {gate}",
            scores.right_overall("same_day"),
            DIRECTIONS_RIGHT,
            1.0,
        )
        yield Verdict(
            f"costs right where said, day gate {gate}",
            scores.right_overall("cost"),
            COSTS_RIGHT,
            1.0,
        )


def _counted(fits: Iterable[DyadFit], advance: Callable[[int], None]) -> Iterator[DyadFit]:
    for fit in fits:
        yield fit
        advance(1)
