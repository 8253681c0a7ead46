"""A program run in a process of its own, with what it cost."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
}
"""One thread for everyone: the small matrices here gain nothing from more, and NUTS loses by it."""


@dataclass(frozen=True)
class Cost:
    """What a process cost, those that it started included.

    Parameters
    ----------
    wall, cpu
        Seconds.
    peak
        Largest resident set, MiB.
    complaint
        Why there is no result; empty when all went well.
    """

    wall: float
    cpu: float
    peak: float
    complaint: str = ""


def run_measured(command: list[str], *, limit: float, folder: Path) -> Cost:
    """Run a command and wait for it, at most ``limit`` seconds of wall time."""
    started = time.perf_counter()
    with tempfile.TemporaryFile(dir=folder) as errors:
        child = subprocess.Popen(  # noqa: S603 - a script beside this file
            command,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=os.environ | ONE_THREAD,
            start_new_session=True,
        )
        late = threading.Event()

        def end() -> None:
            late.set()
            os.killpg(child.pid, 9)

        clock = threading.Timer(limit, end)
        clock.start()
        _, status, usage = os.wait4(child.pid, 0)
        clock.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip().splitlines()
    complaint = ""
    if late.is_set():
        complaint = f"ended after {limit:.0f} s"
    elif child.returncode != 0:
        complaint = said[-1] if said else f"ended with {child.returncode}"
    return Cost(
        wall=time.perf_counter() - started,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss / 1024.0,
        complaint=complaint,
    )
