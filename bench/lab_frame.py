"""How long a frame of the lab takes: the server as it ships, twenty different frames a second.

.venv/bin/python bench/lab_frame.py --write bench/results/lab_frame.md
"""

from __future__ import annotations

import argparse
import datetime
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

PAIRS = (
    "chase", "steady_two", "protest_and_retreat", "fused", "parallel_lives", "adapt_and_detach",
)  # fmt: skip
PUSHES = ("a_hard", "b_hard", "a_near", "b_near")
DIALS = [f"{who}{dial}" for who in "ab" for dial in (2, 3, 5, 6, 7, 8)]
HOST = "lab.example.org"
BUDGET_MS = 100.0
START_SECONDS = 60


@dataclass
class Answers:
    """What came back.

    Parameters
    ----------
    seconds
        From the planned moment of asking to the last byte, so that waiting counts.
    sizes
        Bytes of each answer.
    settled
        How many frames had pictures; the others ran away.
    wrong
        Answers that were none.
    """

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    settled: int = 0
    wrong: list[str] = field(default_factory=list)


def frame_paths(count: int, seed: int) -> list[str]:
    """Return addresses of different frames: a pair with three dials turned, half with a what-if."""
    chance = random.Random(seed)  # noqa: S311 - dials, no secrets
    paths = []
    for at in range(count):
        turned = chance.sample(DIALS, 3)
        words = [f"pair={chance.choice(PAIRS)}", f"push={chance.choice(PUSHES)}"]
        words += [f"{name}={chance.randint(-100, 100)}" for name in turned]
        if at % 2:
            words += [f"what={chance.choice(DIALS)}", f"left={chance.choice(('half', 'none'))}"]
        paths.append("/lab/?" + "&".join(words))
    return paths


def free_port() -> int:
    """Return a port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ask(port: int, path: str, *, partly: bool) -> tuple[int, bytes]:
    """Ask once, as htmx does when ``partly``."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Host": HOST, "X-Forwarded-Proto": "https"} | (
            {"HX-Request": "true"} if partly else {}
        )
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def load(port: int, paths: list[str], rate: float, *, partly: bool) -> Answers:
    """Ask for every path at its planned moment, whether or not earlier ones are answered."""
    answers, lock = Answers(), threading.Lock()
    begun = time.perf_counter() + 0.2

    def one(at: int, path: str) -> None:
        planned = begun + at / rate
        time.sleep(max(0.0, planned - time.perf_counter()))
        try:
            status, body = ask(port, path, partly=partly)
        except OSError as error:
            with lock:
                answers.wrong.append(repr(error))
            return
        took = time.perf_counter() - planned
        with lock:
            answers.seconds.append(took)
            answers.sizes.append(len(body))
            answers.settled += b"<figcaption>" in body
            if status != 200:
                answers.wrong.append(f"{status} {path}")

    threads = [threading.Thread(target=one, args=(at, path)) for at, path in enumerate(paths)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def cpu_seconds(pid: int) -> float:
    """Return processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> float:
    """Return the seconds the first frame took, engine loaded with it."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit("the server ended before it answered.")
        try:
            ask(port, "/info/limits/", partly=False)
        except OSError:
            time.sleep(0.1)
            continue
        begun = time.perf_counter()
        ask(port, "/lab/", partly=False)
        return time.perf_counter() - begun
    raise SystemExit(f"no answer within {START_SECONDS} s.")


def row(name: str, answers: Answers, cpu: float) -> str:
    """Return one line of the table."""
    p50, p95, most = (1e3 * np.percentile(answers.seconds, q) for q in (50, 95, 100))
    return (
        f"| {name} | {len(answers.seconds)} | {p50:.0f} | {p95:.0f} | {most:.0f} |"
        f" {1e3 * cpu / len(answers.seconds):.1f} | {np.mean(answers.sizes) / 1024:.0f} |"
    )


def main(words: list[str] | None = None) -> None:
    """Start the server, ask, print and write what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=20.0, help="frames a second")
    parser.add_argument("--seconds", type=float, default=15.0, help="for how long")
    parser.add_argument("--seed", type=int, default=5, help="of the dials")
    parser.add_argument("--write", type=Path, help="page to write")
    chosen = parser.parse_args(words)
    count = round(chosen.rate * chosen.seconds)
    port = free_port()
    program = [sys.executable, "-c", "from counterpoint.cli import main; main()", "serve"]
    with tempfile.TemporaryDirectory() as name, (Path(name) / "log").open("wb") as log:
        keys = Path(name) / "keys"
        environment = {
            **os.environ,
            "COUNTERPOINT_DATA": str(Path(name) / "data"),
            "COUNTERPOINT_HOSTS": HOST,
            "COUNTERPOINT_SECRET_KEY_FILE": str(keys / "secret.key"),
            "COUNTERPOINT_KEY_FILE": str(keys / "master.key"),
        }
        subprocess.run(  # noqa: S603 - our own program
            [*program, "--make-secrets", str(keys)],
            env=environment, check=True, stdout=log, stderr=log,
        )  # fmt: skip
        process = subprocess.Popen(  # noqa: S603 - our own program
            [*program, "--port", str(port)], env=environment, stdout=log, stderr=log
        )
        try:
            first = wait_until_it_answers(process, port)
            rows, wrong = [], []
            for kind, partly, seed in (
                ("a turned dial (htmx: the pictures)", True, chosen.seed),
                ("the whole page (no JavaScript)", False, chosen.seed + 1),
            ):
                before = cpu_seconds(process.pid)
                answers = load(port, frame_paths(count, seed), chosen.rate, partly=partly)
                rows.append((row(kind, answers, cpu_seconds(process.pid) - before), answers))
                wrong += answers.wrong
            load_average = os.getloadavg()[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    page = "\n".join(
        [
            "# A frame of the lab",
            "",
            f"{today}, {os.cpu_count()} processors, load average "
            f"{load_average:.1f} at the end, nice {os.nice(0)}. `counterpoint serve` in a process "
            f"of its own on 127.0.0.1; {chosen.rate:.0f} frames a second for "
            f"{chosen.seconds:.0f} s, every one another setting of the dials, each begun at its "
            "planned moment whether or not earlier ones were answered.",
            "",
            "Repeat: `.venv/bin/python bench/lab_frame.py --write bench/results/lab_frame.md`",
            "",
            "| what | frames | p50 ms | p95 ms | slowest ms | CPU ms a frame | KiB |",
            "|---|---|---|---|---|---|---|",
            *(line for line, _ in rows),
            "",
            f"Budget: p95 under {BUDGET_MS:.0f} ms. The first frame of a process loads the engine: "
            f"{first:.2f} s. Frames with pictures: "
            f"{', '.join(str(one.settled) for _, one in rows)}; the others ran away and are one "
            "sentence. CPU is that of the server alone.",
            "",
        ]
    )
    sys.stdout.write(page)
    if wrong:
        raise SystemExit(f"{len(wrong)} answers went wrong, such as {wrong[0]}")
    if chosen.write:
        chosen.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
