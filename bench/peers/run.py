"""Counterpoint against its peers, on the same simulated couples in one run.

    .venv/bin/python bench/peers/run.py --peers-python PEERS/bin/python

``PEERS`` is an environment made from ``bench/peers/requirements.lock``; lme4 needs R with Debian's
``r-cran-lme4``. What is not there is left out and named. Every method runs in a process of its own,
on one thread, one after another, so that CPU seconds and memory are its own.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from cohort import POPULATIONS, write_cohort
from measured import Cost, run_measured
from result import Result, read_cohort
from score import score_result
from tables import Method, Row, alone_goals, alone_table, cohort_goals, cohort_table, notes

HERE = Path(__file__).parent
ALONE_DAYS = 60
GIBBS_CHAINS = "10"
"""Chains a couple where the engine's seconds are held against those of NUTS."""
VARMAX_SECONDS = "90"
"""CPU seconds after which VARMAX takes no further couple."""


METHODS = (
    Method("gibbs", "Counterpoint, exact Gibbs, shipped prior", "with_gibbs.py", own=True),
    Method("saem", "Counterpoint, population by SAEM, then Gibbs", "with_population.py", own=True),
    Method("nuts", "NumPyro NUTS, same model, shipped prior", "with_nuts.py", dear=True),
    Method(
        "nuts-population",
        "NumPyro NUTS, same model, population drawn too",
        "with_nuts.py",
        ("--population", "learned"),
        dear=True,
    ),
    Method("lme4", "lme4, one mixed model an equation", "with_lme4.py"),
    Method("mixedlm", "statsmodels MixedLM, one an equation", "with_mixedlm.py"),
    Method(
        "varmax", "statsmodels VARMAX, per couple", "with_varmax.py", (VARMAX_SECONDS,), dear=True
    ),
    Method("mean", "everyone gets the true population mean", "with_mean.py", own=True),
)
ALONE = (
    Method("gibbs", "Counterpoint, exact Gibbs", "with_gibbs.py", (GIBBS_CHAINS,), own=True),
    Method("nuts", "NumPyro NUTS, dense mass matrix", "with_nuts.py", ("--alone",)),
)


def compare(population: str, given: argparse.Namespace, folder: Path) -> list[Row]:
    """Run every method that was asked for on one cohort."""
    cohort = folder / f"{population}.npz"
    write_cohort(
        cohort, population=population, couples=given.couples, days=given.days, seed=given.seed
    )
    chosen = [
        method
        for method in METHODS
        if (not given.only or method.name in given.only)
        and not (method.dear and population != given.populations[0])
    ]
    return [run_method(method, cohort, given) for method in chosen]


def compare_alone(given: argparse.Namespace, folder: Path) -> list[Row]:
    """Run the engine and NUTS on single couples at the shipped prior, one after another."""
    cohort = folder / "alone.npz"
    write_cohort(
        cohort, population="shipped", couples=given.alone, days=ALONE_DAYS, seed=given.seed + 1
    )
    return [run_method(method, cohort, given) for method in ALONE]


def run_method(method: Method, cohort: Path, given: argparse.Namespace) -> Row:
    """Run and score one method on a cohort file; what it says is kept beside that file."""
    if method.name == "lme4" and shutil.which("Rscript") is None:
        return Row(method, Cost(0.0, 0.0, 0.0, "R is not there"))
    found = cohort.with_name(f"{cohort.stem}-{method.name}.npz")
    python = sys.executable if method.own else given.peers_python
    command = [python, str(HERE / method.script), str(cohort), str(found), *method.arguments]
    if method.script == "with_nuts.py":
        length = given.nuts_alone if method in ALONE else given.nuts
        command += ["--warmup", str(length[0]), "--draws", str(length[1])]
    cost = cost_of(command, found, given.limit)
    print(f"{cohort.stem}, {method.name}: {cost}", file=sys.stderr)
    if cost.complaint:
        return Row(method, cost)
    arrays, result = read_cohort(cohort), Result.read(found)
    truth = arrays["truth"][: result.mean.shape[0]]
    return Row(method, cost, result, score_result(result, truth, arrays["partner_order"]))


def cost_of(command: list[str], found: Path, limit: float) -> Cost:
    """Run a command unless its result is there already, and keep its cost beside the result."""
    beside = found.with_suffix(".json")
    if beside.exists():
        return Cost(**json.loads(beside.read_text()))
    cost = run_measured(command, limit=limit, folder=found.parent)
    beside.write_text(json.dumps(asdict(cost)))
    return cost


def compile_kernel() -> None:
    """Have the engine's kernel compiled, in a process whose memory is not inherited by others."""
    subprocess.run(
        [sys.executable, "-c", "from counterpoint.engine import warm_up; warm_up()"], check=True
    )


def versions(given: argparse.Namespace) -> str:
    """Return one line on what was compared where."""
    asked = (
        "import importlib.metadata as m\n"
        "for n in ('numpyro', 'jax', 'statsmodels'):\n"
        "    print(n, m.version(n))"
    )
    done = subprocess.run(  # noqa: S603 - the program stands above
        [given.peers_python, "-c", asked], capture_output=True, text=True, check=False
    )
    peers = ", ".join(done.stdout.splitlines()) or "no peers"
    return (
        f"Python {platform.python_version()}, Counterpoint {version('counterpoint')}, "
        f"numpy {version('numpy')}, numba {version('numba')}; {peers}."
    )


def main() -> None:
    """Compare, print, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--couples", type=int, default=50)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--populations", nargs="*", choices=POPULATIONS, default=list(POPULATIONS))
    parser.add_argument("--only", nargs="*", choices=[method.name for method in METHODS])
    parser.add_argument("--alone", type=int, default=4, help="couples of 60 days fitted alone")
    lengths = {"nargs": 2, "type": int, "metavar": ("WARMUP", "DRAWS")}
    parser.add_argument("--nuts", default=[200, 250], **lengths, help="a whole cohort's chain")
    parser.add_argument("--nuts-alone", default=[500, 500], **lengths, help="a single couple's")
    parser.add_argument(
        "--limit", type=float, default=1800.0, help="wall seconds a method may take"
    )
    parser.add_argument("--peers-python", default=sys.executable)
    parser.add_argument("--keep", type=Path, help="folder for results; what is there is not rerun")
    parser.add_argument("--title", default="Against peers")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    before = os.getloadavg()[0]
    compile_kernel()
    lines: list[str] = []
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for population in given.populations:
            rows = compare(population, given, folder)
            lines += section(HEADINGS[population], cohort_table(rows), cohort_goals(rows), rows)
        if given.alone:
            rows = compare_alone(given, folder)
            heading = f"{given.alone} couples of {ALONE_DAYS} days, each fitted alone"
            lines += section(heading, alone_table(rows), alone_goals(rows), rows)
    text = "\n".join([*opening(given, before), *lines]) + "\n"
    print(text)
    if given.write:
        given.write.write_text(text)


def section(heading: str, table: list[str], asked: list[str], rows: list[Row]) -> list[str]:
    """Return a heading, a table, what was asked of it and how its rows were run."""
    return ["", f"## {heading}", "", *table, "", *asked, *([""] if asked else []), *notes(rows)]


HEADINGS = {
    "shipped": "Couples from the population of the shipped prior",
    "base": "Couples from the base population, a little more alike than the shipped prior says",
    "other": "Couples from a population that the shipped prior does not know",
}


def repeat_command(given: argparse.Namespace) -> str:
    """Return the command that repeats this run."""
    only = f" --only {' '.join(given.only)}" if given.only else ""
    target = f" --write bench/results/{given.write.name}" if given.write else ""
    return (
        ".venv/bin/python bench/peers/run.py --peers-python PEERS/bin/python "
        f"--populations {' '.join(given.populations)}{only} --couples {given.couples} "
        f"--days {given.days} --seed {given.seed} --alone {given.alone} "
        f"--nuts {given.nuts[0]} {given.nuts[1]} "
        f"--nuts-alone {given.nuts_alone[0]} {given.nuts_alone[1]} "
        f"--title '{given.title}'{target}"
    )


def opening(given: argparse.Namespace, load: float) -> list[str]:
    """Return what stands above the tables."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    return [
        f"# {given.title}",
        "",
        f"{today}, {os.cpu_count()} processors ({platform.machine()}), load average {load:.1f} "
        f"before and {os.getloadavg()[0]:.1f} after. {versions(given)}",
        "",
        f"Repeat: `{repeat_command(given)}`, PEERS an environment made from "
        "`bench/peers/requirements.lock`.",
        "",
        f"{given.couples} couples × {given.days} days where nothing else is said, three items a "
        "state, a quarter of the days missing for each member. Every method in a process of its "
        "own, on one thread. *CPU s* is the whole process; *of fitting* leaves out imports and "
        "the compilation of whatever a method compiles, which favours NUTS: the engine's kernel is "
        "compiled once per version, NUTS's program anew in every process and for every shape of "
        "cohort. *Effective draws* are those of a coupling, mean over couplings, summed over "
        "couples, by one estimator for all (`effective.py`), per CPU second of fitting. *r* is the "
        "mean over the eight couplings into a member. *±* is one standard error with couples as "
        "the unit. The population's mean and spread are scored against those of the simulated "
        "couples themselves. Wall time depends on what else the machine was doing; use the ratios "
        "of CPU seconds.",
    ]


if __name__ == "__main__":
    main()
