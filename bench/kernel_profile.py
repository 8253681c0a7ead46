"""What bounds the compiled sampler, and how far it is from that bound. Prints a table in Markdown.

    NUMBA_CACHE_DIR=/tmp/counterpoint-kernels .venv/bin/python bench/kernel_profile.py

``--write FILE`` writes the table as well. Operations are counted, not estimated: a second process
runs the very same kernel without the compiler on numbers that count what is done with them. It
also keeps what each block of a sweep was given, so that the blocks can be timed one by one.
"""

from __future__ import annotations

import argparse
import datetime
import os
import pickle
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from counterpoint.engine import DyadDiary, filter_diary, fit_dyad, shipped_prior, simulate_dyads
from counterpoint.engine.composite import reduce_items
from counterpoint.engine.parameters import DyadParameters
from counterpoint.engine.problem import SamplerProblem, pose_problem
from operation_counts import BLOCKS

DAYS = 60
SWEEPS = 1000
FILTER_BUDGET = 3300
LENGTHS = (28, 56, 112, 224, 448)
ENGINE = "the engine's own: from the answers; keeps what a backward pass needs, scores, likelihood"
UPDATES = "its updates alone: from reduced items; keeps means, covariances, likelihood"
MEANS = "the least: from reduced items; keeps the means"
FLOATS = ("add", "multiply", "divide", "root")


def one_couple(days: int = DAYS) -> tuple[DyadDiary, DyadParameters]:
    """Return the diary that is profiled and its truth."""
    diaries, truths = simulate_dyads(1, days, rng=np.random.default_rng(1))
    return diaries[0], truths[0]


def cpu_seconds(task: Callable[[], object], repeats: int) -> float:
    """CPU seconds of one call, the least of several: what else runs only ever adds."""
    taken = []
    for _ in range(repeats):
        started = time.process_time()
        task()
        taken.append(time.process_time() - started)
    return min(taken)


def counted(days: int = DAYS) -> dict[str, Any]:
    """Return operations of one sweep by block, and what every block was given."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "counts.pickle"
        subprocess.run(  # noqa: S603 - a script beside this file
            [
                sys.executable,
                str(Path(__file__).with_name("operation_counts.py")),
                str(found),
                str(days),
            ],
            env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
            check=True,
        )
        counts: dict[str, Any] = pickle.loads(found.read_bytes())  # noqa: S301 - written just now
        return counts


def operations_of(counts: dict[str, Any]) -> dict[str, float]:
    """Return the operations of one sweep by kind."""
    return {
        kind: sum(block.get(kind, 0.0) for block in counts["blocks"].values()) for kind in KINDS
    }


def block_seconds(name: str, given: tuple[Any, ...], repeats: int = 2000) -> float:
    """CPU seconds of one call of one block of a sweep."""
    from numba import njit

    from counterpoint.engine.kernel import sweeps

    block = getattr(sweeps, name)

    @njit(error_model="numpy")
    def repeat(times: int, arguments: Any) -> None:
        for _ in range(times):
            block(*arguments)

    owned = tuple(np.array(a) if isinstance(a, np.ndarray) else a for a in given)
    repeat(1, owned)
    return cpu_seconds(lambda: repeat(repeats, owned), 5) / repeats


def machine_rates() -> dict[str, float]:
    """Return nanoseconds an operation takes here: waiting for the last one, and not waiting."""
    from numba import njit

    @njit(error_model="numpy")
    def chained(n: int, x: float) -> float:
        for _ in range(n):
            x = x * 0.999 + 0.001
        return x

    @njit(error_model="numpy")
    def abreast(n: int, x: float) -> float:
        a, b, c, d, e, f, g, h = x, x + 1, x + 2, x + 3, x + 4, x + 5, x + 6, x + 7
        for _ in range(n):
            a = a * 0.999 + 0.001
            b = b * 0.998 + 0.002
            c = c * 0.997 + 0.003
            d = d * 0.996 + 0.004
            e = e * 0.995 + 0.005
            f = f * 0.994 + 0.006
            g = g * 0.993 + 0.007
            h = h * 0.992 + 0.008
        return a + b + c + d + e + f + g + h

    @njit(error_model="numpy")
    def divided(n: int, x: float) -> float:
        for _ in range(n):
            x = 1.5 / x
        return x

    @njit(error_model="numpy")
    def rooted(n: int, x: float) -> float:
        for _ in range(n):
            x = np.sqrt(x)
        return x

    @njit
    def normals(n: int, x: float) -> float:
        for _ in range(n):
            x += np.random.standard_normal()  # noqa: NPY002 - the compiler's own generator
        return x

    @njit
    def gammas(n: int, x: float) -> float:
        for _ in range(n):
            x += np.random.standard_gamma(28.0)  # noqa: NPY002 - what compiled code can call
        return x

    n = 1_000_000
    rates = {}
    programs: tuple[tuple[Any, int], ...] = (
        (chained, 2),
        (abreast, 16),
        (divided, 1),
        (rooted, 1),
        (normals, 1),
        (gammas, 1),
    )
    for program, operations in programs:
        program(1, 1.1)
        spent = cpu_seconds(lambda program=program: program(n, 1.1), 7)
        rates[program.__name__] = 1e9 * spent / n / operations
    square = np.random.default_rng(0).random((512, 512))
    square @ square
    rates["matrices"] = 1e9 * cpu_seconds(lambda: square @ square, 15) / (2 * 512**3)
    return rates


def bare_filter(keep: bool) -> Callable[..., Any]:
    """Return a compiled filter over composites, four scalar updates a day.

    It keeps means, covariances and the likelihood, or the means alone.
    """
    from numba import njit

    @njit(error_model="numpy")
    def run(z: Any, p: Any, level: Any, A: Any, Q: Any, first: Any) -> Any:  # noqa: PLR0912, PLR0917 - one loop, as the kernel has it
        days = z.shape[0]
        means = np.zeros((days, 4))
        covs = np.zeros((days if keep else 0, 4, 4))
        m = np.zeros(4)
        P = first.copy()
        new_m = np.zeros(4)
        left = np.zeros((4, 4))
        gain = np.zeros(4)
        loglik = 0.0
        for t in range(days):
            if t > 0:
                for i in range(4):
                    s = 0.0
                    for k in range(4):
                        s += A[i, k] * m[k]
                    new_m[i] = s
                    for j in range(4):
                        s = 0.0
                        for k in range(4):
                            s += A[i, k] * P[k, j]
                        left[i, j] = s
                for i in range(4):
                    m[i] = new_m[i]
                    for j in range(4):
                        s = Q[i, j]
                        for k in range(4):
                            s += left[i, k] * A[j, k]
                        P[i, j] = s
            for j in range(4):
                if p[t, j] > 0:
                    spread = P[j, j] + 1.0 / p[t, j]
                    e = z[t, j] - level[t, j] - m[j]
                    if keep:
                        loglik -= 0.5 * (np.log(2.0 * np.pi * spread) + e * e / spread)
                    for i in range(4):
                        gain[i] = P[i, j] / spread
                    for i in range(4):
                        m[i] += gain[i] * e
                        left[0, i] = P[j, i]
                    for i in range(4):
                        for k in range(4):
                            P[i, k] -= gain[i] * left[0, k]
            for i in range(4):
                means[t, i] = level[t, i] + m[i]
                if keep:
                    for k in range(4):
                        covs[t, i, k] = P[i, k]
        return means, covs, loglik

    return run


def filter_seconds(diary: DyadDiary, truth: DyadParameters) -> dict[str, float]:
    """CPU seconds of one pass of the filter, by what it keeps; all find the same means."""
    from counterpoint.engine.kernel.filtering import filter_arguments, run_filter

    first = np.array(shipped_prior().initial_cov)
    expected = filter_diary(diary, truth).filtered_mean
    whole = filter_arguments(diary, truth, first)
    np.testing.assert_allclose(run_filter(*whole)[2], expected, atol=1e-9)
    composite = reduce_items(diary, truth)
    reduced = (
        composite.value,
        composite.precision,
        truth.means(diary.days),
        np.array(truth.transition),
        np.array(truth.process_cov),
        first,
    )
    spent = {ENGINE: cpu_seconds(lambda: [run_filter(*whole) for _ in range(1000)], 9) / 1000}
    for name, keep in ((UPDATES, True), (MEANS, False)):
        run = bare_filter(keep)
        np.testing.assert_allclose(run(*reduced)[0], expected, atol=1e-9)
        spent[name] = cpu_seconds(lambda run=run: [run(*reduced) for _ in range(1000)], 9) / 1000
    return spent


def sweep_by_days(lengths: tuple[int, ...]) -> list[float]:
    """Microseconds of one sweep over diaries of several lengths, the level free to move."""
    from counterpoint.engine.kernel.chain import sample_compiled

    found = []
    for days in lengths:
        diary = simulate_dyads(1, days, rng=np.random.default_rng(1))[0][0]
        problem = pose_problem(diary, shipped_prior(), trend=True)

        def sample(problem: SamplerProblem = problem) -> object:
            return sample_compiled(problem, sweeps=SWEEPS, dropped=150, seed=1)

        sample()
        found.append(1e6 * cpu_seconds(sample, 9) / SWEEPS)
    return found


def report() -> list[str]:
    """Measure everything and return the lines of the table."""
    counts = counted()
    from counterpoint.engine.kernel.chain import sample_compiled

    diary, truth = one_couple()
    problem = pose_problem(diary, shipped_prior(), trend=True)

    def sample() -> object:
        return sample_compiled(problem, sweeps=SWEEPS, dropped=150, seed=1)

    sample()
    kernel = cpu_seconds(sample, 15)
    whole = cpu_seconds(lambda: fit_dyad(diary, backend="compiled", until_mixed=False), 9)
    passes = filter_seconds(diary, truth)
    rates = machine_rates()
    sweep = kernel / SWEEPS
    total = operations_of(counts)
    flops = sum(total[kind] for kind in FLOATS)
    half = operations_of(counted(DAYS // 2))
    a_day = (flops - sum(half[kind] for kind in FLOATS)) / (DAYS - DAYS // 2)
    always = flops - DAYS * a_day
    simple = total["add"] + total["multiply"]
    alone = {
        name: block_seconds(name, counts["given"][name]) * counts["calls"][name]
        for name in BLOCKS
        if name in counts["given"]
    }
    in_order = 1e-9 * DAYS * (4 * rates["divided"] + PATH * rates["chained"])
    chance = sum(alone[name] for name in BLOCKS if name.startswith("fill_"))
    lengths = sweep_by_days(LENGTHS)
    slope, fixed = np.polyfit(LENGTHS, lengths, 1)
    off = max(abs(fixed + slope * d - c) / c for d, c in zip(LENGTHS, lengths, strict=True))
    lines = [
        "| what | measured |",
        "|---|---|",
        f"| one couple, {DAYS} days, {SWEEPS:,} sweeps: the kernel | {1e3 * kernel:.1f} ms CPU |",
        f"| the same through `fit_dyad`, with diagnostics | {1e3 * whole:.1f} ms CPU: "
        f"{(whole - kernel) / whole:.0%} outside the kernel |",
        f"| floating point operations of a sweep, counted | {flops:,.0f}: "
        + ", ".join(f"{total[kind]:,.0f} {PLURALS[kind]}" for kind in FLOATS)
        + " |",
        f"| of these whatever the days, and for each day | {always:,.0f}, and {a_day:,.0f}: the "
        f"fixed part is worth {always / a_day:.0f} days |",
        f"| random numbers of a sweep, counted | {total['normal']:.0f} normals, "
        f"{total['gamma']:.0f} gammas |",
        f"| rate of the kernel | {flops / sweep / 1e9:.2f} GFLOP/s |",
        f"| this processor, product of 512 × 512 matrices, one thread "
        f"| {1 / rates['matrices']:.1f} GFLOP/s: the kernel reaches "
        f"{flops / sweep / 1e9 * rates['matrices']:.1%} |",
        f"| eight chains of multiply and add abreast, same compiler "
        f"| {1 / rates['abreast']:.1f} GFLOP/s |",
        f"| one chain of multiply and add, each waiting for the last "
        f"| {1 / rates['chained']:.2f} GFLOP/s |",
        f"| a division, a root, each waiting for the last | {rates['divided']:.1f}, "
        f"{rates['rooted']:.1f} ns |",
        f"| a normal, a gamma, of the compiler's own generator, one by one "
        f"| {rates['normals']:.1f}, {rates['gammas']:.1f} ns |",
        f"| a normal of the kernel's, many at a time | {normal_nanoseconds():.1f} ns |",
        f"| numbers touched by a sweep | {counts['bytes'] / 1024:.0f} KiB |",
        "",
        f"## {SWEEPS:,} sweeps over one pass of the filter",
        "",
        f"Asked: at most {FILTER_BUDGET:,}. What a pass keeps is a matter of definition "
        "(`docs/decisions/2026-11-24-one-pass-of-the-filter.md`); the first line is the measure.",
        "",
        "| one pass, compiled | µs CPU | kernel / pass | `fit_dyad` / pass |",
        "|---|---|---|---|",
        *(
            f"| {name} | {1e6 * spent:.1f} | {kernel / spent:,.0f} | {whole / spent:,.0f} |"
            for name, spent in passes.items()
        ),
        "",
        "## How a sweep grows with the days",
        "",
        "| days | " + " | ".join(f"{days}" for days in LENGTHS) + " |",
        "|---|" + "---|" * len(LENGTHS),
        "| µs a sweep | " + " | ".join(f"{cost:.1f}" for cost in lengths) + " |",
        "",
        f"A straight line, {fixed:.1f} + {slope:.4f} × days µs, lies within {off:.0%} of every "
        f"length: each further day costs the same. The fixed part is worth "
        f"{fixed / slope:.0f} days, so the exponent is "
        f"{exponent(LENGTHS[:3], lengths[:3]):.2f} from {LENGTHS[0]} to {LENGTHS[2]} days and "
        f"{exponent(LENGTHS[2:], lengths[2:]):.2f} from {LENGTHS[2]} to {LENGTHS[-1]}. It is the "
        "draw of 16 couplings at once, of the level and the trend, of the covariance, and of 24 "
        "numbers for the items, which a diary of one day needs as well.",
        "",
        "## What bounds it",
        "",
        f"One sweep takes {1e6 * sweep:.1f} µs. If nothing ever waited, its adds and multiplies, "
        f"one at a time, would take {simple * rates['abreast'] / 1e3:.1f} µs; if each waited for "
        f"the one before, {simple * rates['chained'] / 1e3:.1f} µs. Random numbers take "
        f"{1e6 * chance:.1f} µs.",
        "",
        f"Along the days only `draw_deviations` has to go in order. Forth, a day waits for four "
        f"divisions and {FORTH} multiplies and adds in a row, back for {PATH - FORTH}: "
        f"{1e6 * in_order:.1f} µs for {DAYS} days, which nothing but another algorithm would "
        f"shorten; it takes {1e6 * alone['draw_deviations']:.1f} µs.",
        "",
        f"So the bound is arithmetic: waiting for the day before ({1e6 * in_order:.1f} µs), random "
        f"numbers ({1e6 * chance:.1f} µs), and small factors and substitutions in which a number "
        "waits for another (the rest, below). It is not memory (what a sweep touches fits the "
        "processor's caches) and not the interpreter (which sees one call a block of couples). "
        f"Days in order and random numbers together are "
        f"{(in_order + chance) / sweep:.0%} of a sweep: the kernel is "
        f"{sweep / (in_order + chance):.1f} × above what these two alone would take.",
        "",
        "| block of a sweep | operations | random numbers | µs alone | GFLOP/s |",
        "|---|---|---|---|---|",
    ]
    for name in BLOCKS:
        block = counts["blocks"].get(name, {})
        if name not in alone:
            continue
        spent = alone[name]
        done = sum(block.get(kind, 0.0) for kind in FLOATS)
        drawn = block.get("normal", 0.0) + block.get("gamma", 0.0)
        lines.append(
            f"| `{name}`{' × 2' if counts['calls'][name] > 1.5 else ''} | {done:,.0f} "
            f"| {drawn:.0f} | {1e6 * spent:.2f} | {done / spent / 1e9:.2f} |"
        )
    rest = counts["blocks"].get("sweep", {})
    lines.append(f"| what stands between the blocks | {sum(rest.values()):,.0f} | | | |")
    return lines


def exponent(sizes: tuple[int, ...], costs: list[float]) -> float:
    """Return the slope of log cost over log size."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def normal_nanoseconds() -> float:
    """Nanoseconds of a normal, drawn as many at a time as a sweep does."""
    from numba import njit

    from counterpoint.engine.kernel.chance import (
        CHANCE,
        WORDS,
        fill_standard_normals,
        seed_chance,
    )

    @njit(error_model="numpy")
    def fill(times: int, words: Any, chance: Any, out: Any) -> None:
        seed_chance(words, 1)
        for _ in range(times):
            fill_standard_normals(words, chance, out)

    out = np.zeros(4 * DAYS)
    given = (np.zeros(WORDS + 2, dtype=np.int64), np.zeros(CHANCE + 6 * DAYS + 3), out)
    fill(1, *given)
    return 1e9 * cpu_seconds(lambda: fill(2000, *given), 7) / 2000 / out.size


FORTH = 12
"""Scale, multiply and subtract for each of three further pivots, and the same to hand a day on."""
PATH = FORTH + 14
"""And back: what comes from the next day (5), then substitution up three rows (2, 3, 4)."""
KINDS = (*FLOATS, "normal", "gamma")
PLURALS = {"add": "adds", "multiply": "multiplies", "divide": "divisions", "root": "roots"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    before = os.getloadavg()[0]
    table = report()
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    lines = [
        "# What bounds the kernel",
        "",
        f"{today}, {os.cpu_count()} processors ({platform.machine()}), load average {before:.1f}, "
        f"Python {platform.python_version()}, numpy {version('numpy')}, numba {version('numba')}.",
        "",
        "Repeat: `OPENBLAS_NUM_THREADS=1 NUMBA_CACHE_DIR=/tmp/counterpoint-kernels "
        ".venv/bin/python bench/kernel_profile.py --write bench/results/kernel_profile.md`",
        "",
        *table,
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.write:
        given.write.write_text(text)


if __name__ == "__main__":
    main()
