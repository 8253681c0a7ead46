"""Counts what one sweep of the sampler does, by running the kernel on numbers that count.

Run by `kernel_profile.py` with ``NUMBA_DISABLE_JIT=1``, a file to write the counts to as a pickle,
and a number of days.
"""

from __future__ import annotations

import math
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

BLOCKS = (
    "fill_standard_normals",
    "fill_gammas_and_normals",
    "reduce",
    "draw_deviations",
    "start_levels",
    "add_levels_given_deviations",
    "add_levels_given_states",
    "draw_normal",
    "add_levels",
    "put_residuals",
    "translate",
    "draw_coefficients",
    "draw_process_cov",
    "draw_items",
    "add_item_moments",
)
CHANCE = np.random.default_rng(0)
FEW, MANY = 3, 13
"""Sweeps of the two runs whose difference is counted."""

counts: dict[str, Counter[str]] = defaultdict(Counter)
calls: Counter[str] = Counter()
given: dict[str, tuple[Any, ...]] = {}
stack: list[str] = ["sweep"]


def value_of(number: Any) -> float:
    """Return a plain number."""
    return number.value if isinstance(number, Counted) else float(number)


def tally(kind: str, value: float) -> Counted:
    """Note one operation and return its result."""
    counts[stack[-1]][kind] += 1
    return Counted(value)


class Counted:
    """A number that counts what is done with it."""

    __hash__ = None
    __slots__ = ("value",)

    def __init__(self, value: float) -> None:
        self.value = value

    def __add__(self, other: Any) -> Counted:
        return tally("add", self.value + value_of(other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Counted:
        return tally("add", self.value - value_of(other))

    def __rsub__(self, other: Any) -> Counted:
        return tally("add", value_of(other) - self.value)

    def __mul__(self, other: Any) -> Counted:
        return tally("multiply", self.value * value_of(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Counted:
        return tally("divide", self.value / value_of(other))

    def __rtruediv__(self, other: Any) -> Counted:
        return tally("divide", value_of(other) / self.value)

    def __neg__(self) -> Counted:
        return Counted(-self.value)

    def __float__(self) -> float:
        return self.value

    def __lt__(self, other: Any) -> bool:
        return self.value < value_of(other)

    def __gt__(self, other: Any) -> bool:
        return self.value > value_of(other)

    def __eq__(self, other: object) -> bool:
        return self.value == value_of(other)


def count_normals(_words: Any, _chance: Any, out: Any) -> None:
    """Stand in for `fill_standard_normals`."""
    for place in range(len(out)):
        out[place] = tally("normal", float(CHANCE.standard_normal()))


def count_gammas_and_normals(_words: Any, _chance: Any, shapes: Any, out: Any) -> None:
    """Stand in for `fill_gammas_and_normals`."""
    for place, shape in enumerate(map(value_of, shapes)):
        if shape > 0.0:
            out[place] = tally("gamma", float(CHANCE.standard_gamma(shape)))
        else:
            out[place] = tally("normal", float(CHANCE.standard_normal()))


class CountingNumpy:
    """Stands in for numpy inside the kernel's modules."""

    @staticmethod
    def zeros(shape: Any, dtype: Any = None) -> Any:
        """Return whole numbers, or numbers that count."""
        return np.zeros(shape, dtype=dtype) if dtype is not None else counting(np.zeros(shape))

    @staticmethod
    def sqrt(number: Any) -> Counted:
        """Take a root."""
        return tally("root", math.sqrt(value_of(number)))

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)


def counting(values: Any) -> Any:
    """Return an array whose numbers count."""
    array = np.empty(np.shape(values), dtype=object)
    for place, number in np.ndenumerate(values):
        array[place] = Counted(float(number))
    return array


def plain(argument: Any) -> Any:
    """Return what a compiled block would have been given."""
    if isinstance(argument, np.ndarray) and argument.dtype == object:
        return np.array([value_of(number) for number in argument.ravel()]).reshape(argument.shape)
    return argument.value if isinstance(argument, Counted) else argument


def watched(name: str, block: Callable[..., Any]) -> Callable[..., Any]:
    """Return a block that counts under its name and keeps what it was given last."""

    def run(*arguments: Any) -> Any:
        given[name] = tuple(plain(argument) for argument in arguments)
        calls[name] += 1
        stack.append(name)
        try:
            return block(*arguments)
        finally:
            stack.pop()

    return run


def main() -> None:
    """Count, and write the counts of one sweep."""
    from counterpoint.engine import shipped_prior
    from counterpoint.engine.kernel import (
        algebra,
        chain,
        couplings,
        deviations,
        levels,
        spread,
        sweeps,
    )
    from counterpoint.engine.population_chain import first_point
    from counterpoint.engine.problem import pose_problem
    from kernel_profile import one_couple

    problem = pose_problem(one_couple(int(sys.argv[2]))[0], shipped_prior(), trend=True)
    starts = np.array([0, len(problem.answers)])
    first = first_point(problem, starts)
    for module in (algebra, couplings, deviations, levels, spread, sweeps):
        module.np = CountingNumpy()
    sweeps.fill_standard_normals = count_normals
    sweeps.fill_gammas_and_normals = count_gammas_and_normals
    for name in BLOCKS:
        setattr(sweeps, name, watched(name, getattr(sweeps, name)))
    chain.owned = lambda array, kind=np.float64: (
        np.array(array, dtype=kind) if kind is not np.float64 else counting(array)
    )
    totals = []
    for length in (FEW, MANY):
        counts.clear()
        calls.clear()
        chain.sample_compiled_block(
            problem,
            starts=starts,
            with_trend=np.array([True]),
            seeds=np.array([1]),
            first=first,
            sweeps=length,
            dropped=0,
        )
        totals.append(({name: Counter(block) for name, block in counts.items()}, Counter(calls)))
    (few, few_calls), (many, many_calls) = totals
    each = MANY - FEW
    blocks = {
        name: {kind: (block[kind] - few.get(name, Counter())[kind]) / each for kind in block}
        for name, block in many.items()
    }
    shapes = {}
    for arguments in given.values():
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                shapes[argument.shape, argument.tobytes()] = argument.nbytes
    Path(sys.argv[1]).write_bytes(
        pickle.dumps(
            {
                "blocks": blocks,
                "calls": {name: (many_calls[name] - few_calls[name]) / each for name in many_calls},
                "given": given,
                "bytes": sum(shapes.values()),
            }
        )
    )


if __name__ == "__main__":
    main()
