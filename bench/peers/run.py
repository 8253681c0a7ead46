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
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from cohort import POPULATIONS, write_cohort
from measured import Cost, run_measured
from result import Result, read_cohort
from score import Score, score_result

HERE = Path(__file__).parent
ALONE_DAYS = 60
VARMAX_SECONDS = "90"
"""CPU seconds after which VARMAX takes no further couple."""


@dataclass(frozen=True)
class Method:
    """One row: how it is called, which script, for whom.

    Parameters
    ----------
    name
        Short name for ``--only``.
    title
        What the table says.
    script
        File in this folder.
    arguments
        After cohort and result.
    own
        Whether it is Counterpoint's and runs where Counterpoint is installed.
    """

    name: str
    title: str
    script: str
    arguments: tuple[str, ...] = ()
    own: bool = False


METHODS = (
    Method("gibbs", "Counterpoint, exact Gibbs, shipped prior", "with_gibbs.py", own=True),
    Method("saem", "Counterpoint, population by SAEM, then Gibbs", "with_population.py", own=True),
    Method("nuts", "NumPyro NUTS, same model, shipped prior", "with_nuts.py"),
    Method(
        "nuts-population",
        "NumPyro NUTS, same model, population drawn too",
        "with_nuts.py",
        ("--population", "learned", "--warmup", "100", "--draws", "150"),
    ),
    Method("lme4", "lme4, one mixed model an equation", "with_lme4.py"),
    Method("mixedlm", "statsmodels MixedLM, one an equation", "with_mixedlm.py"),
    Method("varmax", "statsmodels VARMAX, per couple", "with_varmax.py", (VARMAX_SECONDS,)),
    Method("mean", "everyone gets the true population mean", "with_mean.py", own=True),
)


@dataclass(frozen=True)
class Row:
    """One method on one cohort."""

    method: Method
    cost: Cost
    result: Result | None = None
    score: Score | None = None

    def effective_per_second(self) -> float:
        """Effective draws of a coupling, all couples' together, per CPU second of fitting."""
        if self.result is None:
            return float("nan")
        return float(self.result.effective * len(self.result.mean) / self.result.fitting_cpu)


def compare(population: str, given: argparse.Namespace, folder: Path) -> list[Row]:
    """Run every method that was asked for on one cohort."""
    cohort = folder / f"{population}.npz"
    write_cohort(
        cohort, population=population, couples=given.couples, days=given.days, seed=given.seed
    )
    arrays = read_cohort(cohort)
    rows = []
    for method in METHODS:
        if given.only and method.name not in given.only:
            continue
        if method.name == "lme4" and shutil.which("Rscript") is None:
            rows.append(Row(method, Cost(0.0, 0.0, 0.0, "R is not there")))
            continue
        found = folder / f"{population}-{method.name}.npz"
        python = sys.executable if method.own else given.peers_python
        command = [python, str(HERE / method.script), str(cohort), str(found), *method.arguments]
        if method.name == "nuts":
            command += ["--warmup", str(given.nuts_warmup), "--draws", str(given.nuts_draws)]
        rows.append(scored(method, cost_of(command, found, given.limit), found, arrays))
        print(f"{method.name}: {rows[-1].cost}", file=sys.stderr)
    return rows


def cost_of(command: list[str], found: Path, limit: float) -> Cost:
    """Run a command unless its result is there already, and keep its cost beside the result."""
    beside = found.with_suffix(".json")
    if beside.exists():
        return Cost(**json.loads(beside.read_text()))
    cost = run_measured(command, limit=limit, folder=found.parent)
    beside.write_text(json.dumps(asdict(cost)))
    return cost


def scored(method: Method, cost: Cost, found: Path, arrays: dict[str, np.ndarray]) -> Row:
    """Read and score what a method wrote."""
    if cost.complaint:
        return Row(method, cost)
    result = Result.read(found)
    truth = arrays["truth"][: result.mean.shape[0]]
    return Row(method, cost, result, score_result(result, truth, arrays["partner_order"]))


def cohort_table(rows: list[Row]) -> list[str]:
    """Return the lines of the table of one cohort."""
    lines = [
        "| method | wall s | CPU s | CPU s of fitting | peak MiB | effective draws per CPU s "
        "| RMSE | r | 90 % covers | population mean / spread off by |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cost = row.cost
        start = f"| {row.method.title} | {cost.wall:.0f} | {cost.cpu:.1f} "
        if row.result is None or row.score is None:
            lines.append(f"{start}| | {cost.peak:.0f} | {cost.complaint} | | | | |")
            continue
        score = row.score
        rate = row.effective_per_second()
        lines.append(
            f"{start}| {row.result.fitting_cpu:.1f} | {cost.peak:.0f} | {_number(rate, ',.0f')} "
            f"| {score.rmse:.3f} ± {score.rmse_error:.3f} | {_number(score.correlation, '.2f')} "
            f"| {_number(score.coverage, '.3f')} | {score.population_mean_error:.3f} "
            f"/ {score.population_spread_error:.3f} |"
        )
    return lines


def notes(rows: list[Row]) -> list[str]:
    """Return one line a method on how it was run."""
    return [
        f"- {row.method.title}: {row.result.note}"
        + (f"; estimates for {row.score.given:.0%} of couplings" if row.score.given < 1 else "")
        + (
            f"; effective draws of a coupling {row.result.effective:.0f}, of the worst "
            f"{row.result.effective_worst:.0f}."
            if np.isfinite(row.result.effective)
            else "."
        )
        for row in rows
        if row.result is not None and row.score is not None
    ]


def compare_alone(given: argparse.Namespace, folder: Path) -> list[str]:
    """Return the table of single couples at the shipped prior."""
    cohort = folder / "alone.npz"
    couples = max(given.alone, 1)
    write_cohort(
        cohort, population="shipped", couples=couples, days=ALONE_DAYS, seed=given.seed + 1
    )
    arrays = read_cohort(cohort)
    # a dense mass matrix of one couple needs a longer warm-up than a diagonal one of a cohort
    shared = ["--warmup", str(2 * given.nuts_warmup), "--draws", str(given.nuts_draws)]
    plans: tuple[tuple[Method, list[str]], ...] = (
        (Method("gibbs", "Counterpoint, exact Gibbs", "with_gibbs.py", own=True), []),
        (
            Method("alone", "NumPyro NUTS, couple after couple, dense mass matrix", "with_nuts.py"),
            ["--alone", str(couples), *shared],
        ),
    )
    rows = []
    for method, arguments in plans:
        found = folder / f"alone-{method.name}.npz"
        python = sys.executable if method.own else given.peers_python
        command = [python, str(HERE / method.script), str(cohort), str(found), *arguments]
        rows.append(scored(method, cost_of(command, found, given.limit), found, arrays))
        print(f"{method.name}: {rows[-1].cost}", file=sys.stderr)
    lines = [
        "| method | CPU s of fitting, a couple | effective draws: mean, worst "
        "| per CPU s: mean, worst | engine's mean over this | peak MiB |",
        "|---|---|---|---|---|---|",
    ]
    ours = rows[0].effective_per_second()
    for row in rows:
        if row.result is None:
            lines.append(f"| {row.method.title} | {row.cost.complaint} | | | | |")
            continue
        each = row.result.fitting_cpu / couples
        lines.append(
            f"| {row.method.title} | {each:.3f} | {row.result.effective:.0f}, "
            f"{row.result.effective_worst:.0f} | {row.effective_per_second():,.0f}, "
            f"{row.result.effective_worst / each:,.0f} | {ours / row.effective_per_second():.0f} "
            f"| {row.cost.peak:.0f} |"
        )
    return [*lines, "", *notes(rows)]


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


def _number(value: float, form: str) -> str:
    return format(value, form) if np.isfinite(value) else "–"


def main() -> None:
    """Compare, print, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--couples", type=int, default=50)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--populations", nargs="*", choices=POPULATIONS, default=list(POPULATIONS))
    parser.add_argument("--only", nargs="*", choices=[method.name for method in METHODS])
    parser.add_argument("--alone", type=int, default=4, help="couples of 60 days fitted alone")
    parser.add_argument("--nuts-warmup", type=int, default=300)
    parser.add_argument("--nuts-draws", type=int, default=300)
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
            lines += ["", f"## {HEADINGS[population]}", "", *cohort_table(rows), "", *notes(rows)]
        if given.alone:
            lines += ["", f"## Single couples of {ALONE_DAYS} days, shipped prior", ""]
            lines += compare_alone(given, folder)
    text = "\n".join([*opening(given, before), *lines]) + "\n"
    print(text)
    if given.write:
        given.write.write_text(text)


HEADINGS = {
    "shipped": "Couples from the population of the shipped prior",
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
        f"--nuts-warmup {given.nuts_warmup} --nuts-draws {given.nuts_draws} "
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
        "own, on one thread. *CPU s* is the whole process; *of fitting* leaves imports out, and "
        "for Counterpoint the compilation of its kernel, done once per version beforehand; for "
        "NUTS over a whole cohort it includes the compilation of its program, to be done again for "
        "every shape of cohort; for NUTS couple after couple it does not. *Effective draws* are "
        "those of a coupling, mean over couplings, summed over couples, by one estimator for all "
        "(`effective.py`), per CPU second of fitting. *r* is the mean over the eight couplings "
        "into a member. *±* is the standard error with couples as the unit. The population's mean "
        "and spread are scored against those of the simulated couples themselves. Wall time "
        "depends on what else the machine was doing; use the ratios of CPU seconds.",
    ]


if __name__ == "__main__":
    main()
