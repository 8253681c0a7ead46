"""What every method reads and writes: numpy archives, so that no method needs the engine.

A cohort file holds the answers and the population's numbers (see `cohort.py`); a result file holds
the numbers of `Result`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from effective import effective_of_chains

Array = npt.NDArray[np.float64]


def read_cohort(path: Path) -> dict[str, Array]:
    """Return every array of a cohort file by name."""
    with np.load(path) as archive:
        return {name: archive[name] for name in archive.files}


@dataclass(frozen=True, eq=False)
class Result:
    """What a method says of a cohort.

    Parameters
    ----------
    mean, low, high
        Estimate and ends of the 90 % interval of every coupling ``[effect, cause]``, shape
        (couples, 4, 4); ``NaN`` where the method gave none.
    population_mean, population_sd
        Mean and standard deviation of the eight couplings into one member, shape (8,); ``NaN``
        where the method has no such number.
    couple_effective
        Effective draws of a coupling, mean over the couplings of every couple, shape (couples,);
        empty without draws.
    effective_worst
        The fewest of any coupling; ``NaN`` without draws.
    fitting_cpu
        CPU seconds of fitting alone, without imports and compilation.
    couple_cpu
        The same of every couple, shape (couples,); empty where couples are fitted together.
    note
        What a reader has to know.
    """

    mean: Array
    low: Array
    high: Array
    population_mean: Array = field(default_factory=lambda: np.full(8, np.nan))
    population_sd: Array = field(default_factory=lambda: np.full(8, np.nan))
    couple_effective: Array = field(default_factory=lambda: np.zeros(0))
    effective_worst: float = float("nan")
    fitting_cpu: float = float("nan")
    couple_cpu: Array = field(default_factory=lambda: np.zeros(0))
    note: str = ""

    @property
    def effective(self) -> float:
        """Effective draws of a coupling, mean over couplings and couples; ``NaN`` without draws."""
        return float(self.couple_effective.mean()) if self.couple_effective.size else float("nan")

    def effective_per_second(self) -> tuple[float, float]:
        """Return effective draws of a coupling per CPU second, and the standard error.

        Those of all couples together over the CPU seconds of fitting. Couples are the unit of the
        error, that of a ratio of two sums where every couple has its own seconds.
        """
        drawn = self.couple_effective
        if drawn.size < 2:
            return float("nan"), float("nan")
        rate = float(drawn.sum() / self.fitting_cpu)
        off = drawn - rate * self.couple_cpu if self.couple_cpu.size else drawn - drawn.mean()
        error = float(np.sqrt(drawn.size) * off.std(ddof=1) / self.fitting_cpu)
        return rate, error

    def write(self, path: Path) -> None:
        """Write a result file."""
        arrays: dict[str, Any] = {
            entry.name: np.asarray(getattr(self, entry.name)) for entry in fields(self)
        }
        np.savez(path, **arrays)

    @classmethod
    def read(cls, path: Path) -> Result:
        """Read a result file."""
        with np.load(path) as archive:
            arrays = {name: archive[name] for name in archive.files}
        given: dict[str, Any] = {
            name: float(value) if value.ndim == 0 and value.dtype.kind == "f" else value
            for name, value in arrays.items()
        }
        return cls(**given | {"note": str(arrays["note"])})


class CpuClock:
    """CPU seconds since it was made."""

    def __init__(self) -> None:
        self.started = time.process_time()

    def seconds(self) -> float:
        """Return CPU seconds of this process, all threads, since the start."""
        return time.process_time() - self.started


def into_member(couplings: Array, order: Array) -> Array:
    """Return couplings of shape (n, 4, 4) as the eight into each member, shape (n, 2, 8).

    ``order`` is the cohort file's ``partner_order``, shape (2, 8, 2) of ``[effect, cause]``.
    """
    places = order.astype(np.int64)
    return np.asarray(couplings[:, places[..., 0], places[..., 1]])


def posterior_result(
    draws: Array,
    order: Array,
    *,
    fitting_cpu: float,
    note: str,
    couple_cpu: Array | None = None,
    population_mean: Array | None = None,
    population_sd: Array | None = None,
) -> Result:
    """Summarise draws of every couple's transition, shape (n, couples, 4, 4).

    Without a learned population, its mean is that of the couples' posterior means, and its spread
    follows from the law of total variance: variance of the means plus mean of the variances.
    """
    sizes = effective_of_chains(draws[None])
    mean = draws.mean(axis=0)
    if population_mean is None:
        population_mean = into_member(mean, order).mean(axis=(0, 1))
    if population_sd is None:
        between = into_member(mean, order).reshape(-1, 8).var(axis=0)
        within = into_member(draws.var(axis=0), order).mean(axis=(0, 1))
        population_sd = np.sqrt(between + within)
    return Result(
        mean=mean,
        low=np.quantile(draws, 0.05, axis=0),
        high=np.quantile(draws, 0.95, axis=0),
        population_mean=population_mean,
        population_sd=population_sd,
        couple_effective=sizes.mean(axis=(1, 2)),
        effective_worst=float(sizes.min()),
        fitting_cpu=fitting_cpu,
        couple_cpu=np.zeros(0) if couple_cpu is None else couple_cpu,
        note=note,
    )
