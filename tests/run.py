"""Run the test layers, cheapest first, and say at the end what was left out.

``python tests/run.py`` runs everything whose program is on this machine;
``python tests/run.py unit web`` runs those layers only. The web layer runs
once on SQLite and once on PostgreSQL.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass

import layers
from postgres import cluster

OK, NO_TESTS = 0, 5


@dataclass(frozen=True)
class Layer:
    """One run of pytest: a folder, perhaps on another database, perhaps in two processes."""

    name: str
    folder: str
    need: layers.Need | None = None
    parallel: bool = False
    postgres: bool = False


LAYERS = (
    Layer("unit", "unit", parallel=True),
    Layer("property", "property", parallel=True),
    Layer("architecture", "architecture"),
    Layer("golden", "golden", need=layers.REFERENCE),
    Layer("web", "web", parallel=True),
    Layer("abuse", "abuse", parallel=True),
    Layer("attacks", "attacks"),
    Layer("web on PostgreSQL", "web", need=layers.POSTGRES, parallel=True, postgres=True),
    Layer("calibration", "calibration"),
    Layer("e2e", "e2e", need=layers.CHROMIUM),
)


def run_layer(layer: Layer) -> int:
    """Run one layer with pytest and return its exit code."""
    command = [sys.executable, "-m", "pytest", str(layers.ROOT / "tests" / layer.folder)]
    if layer.parallel:
        command += ["-n", "2"]
    environment = dict(os.environ)
    with ExitStack() as stack:
        if layer.postgres:
            programs = layers.postgres_programs()
            assert programs is not None, "asked for only when PostgreSQL is there"
            environment["COUNTERPOINT_TEST_DATABASE_URL"] = stack.enter_context(cluster(programs))
        return subprocess.run(command, env=environment, cwd=layers.ROOT, check=False).returncode


def main(names: list[str]) -> int:
    """Run the layers asked for; 0 when all that ran passed and none that must run is missing."""
    unknown = set(names) - {layer.folder for layer in LAYERS}
    if unknown:
        print(f"no such layer: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    lines: list[str] = []
    left_out: list[str] = []
    failed = False
    for layer in LAYERS:
        if names and layer.folder not in names:
            continue
        if layer.need is not None and layer.need.find() is None:
            left_out.append(f"  {layer.name:<20} needs {layer.need.name}: {layer.need.remedy}")
            continue
        print(f"\n=== {layer.name} ===", flush=True)
        started = time.monotonic()
        code = run_layer(layer)
        failed |= code != OK
        outcome = {OK: "passed", NO_TESTS: "no tests"}.get(code, "FAILED")
        lines.append(f"  {layer.name:<20} {outcome:<9} {time.monotonic() - started:6.1f} s")
    print("\nTest layers\n" + "\n".join(lines))
    if left_out:
        print("Left out\n" + "\n".join(left_out))
        if layers.all_asked_for():
            print("COUNTERPOINT_TEST_ALL=1 asks for every layer: this run has failed.")
            failed = True
    else:
        print("Left out: nothing")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
