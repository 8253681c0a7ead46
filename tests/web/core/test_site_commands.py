"""``demo``, ``serve`` and ``worker`` as processes: they start, answer, and leave nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("counterpoint")
PATIENCE_SECONDS = 60.0


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "COUNTERPOINT_DATA": str(folder), **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children_of(pid: int) -> set[int]:
    """Return the processes below one, at any depth."""
    found: set[int] = set()
    for each in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, each.read_text().split()):
            found |= {child} | children_of(child)
    return found


def wait_until_gone(processes: set[int]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        alive = set()
        for pid in processes:
            try:
                state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            except OSError:
                continue
            if state != "Z":
                alive.add(pid)
        if not alive:
            return True
        time.sleep(0.05)
    return False


class Running:
    """A command that serves, until it is ended."""

    def __init__(self, *arguments: str, env: dict[str, str], folder: Path) -> None:
        self.log = folder / f"log-{time.monotonic_ns()}"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(PROGRAM), *arguments],
                env=env,
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, words: str) -> str:
        """Return what it printed, once that holds certain words."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            text = self.log.read_text()
            if words in text:
                return text
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        pytest.fail(f"it never said {words!r}:\n{self.log.read_text()}")

    def end(self, number: int) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Running]]:
    """Commands of this test, ended when it ends."""
    running: list[Running] = []
    yield running
    for each in running:
        if each.process.poll() is None:
            each.end(signal.SIGKILL)


def start_demo(started: list[Running], tmp_path: Path) -> tuple[Running, int, list[str]]:
    port = free_port()
    env = environment(tmp_path / "data")
    demo = Running("demo", "--port", str(port), env=env, folder=tmp_path)
    started.append(demo)
    said = demo.wait_for("Ctrl-C ends it.")
    assert f"http://127.0.0.1:{port}/account/sign-in/" in said
    return demo, port, re.findall(r"(\S+@\S+)  password  (\S+)", said)


def test_a_demo_starts_answers_ends_and_starts_again(
    started: list[Running], tmp_path: Path
) -> None:
    demo, port, logins = start_demo(started, tmp_path)
    assert len(logins) == 2
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        assert answer.url.endswith("/account/sign-in/")
        assert answer.headers["Cache-Control"] == "private, no-store"
        page = answer.read().decode()
    style = re.findall(r'href="(/static/core/tokens\.[0-9a-f]+\.css)"', page)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{style[0]}", timeout=10) as answer:
        assert b"--voice-a" in answer.read()
    kept = {path.name for path in (tmp_path / "data").iterdir()}
    assert {"demo.sqlite3", "demo-secret.key", "demo-master.key"} <= kept
    assert (tmp_path / "data" / "demo-master.key").stat().st_mode & 0o777 == 0o600
    below = children_of(demo.process.pid)
    assert below, "a worker runs beside it"
    assert demo.end(signal.SIGINT) == 0
    assert wait_until_gone(below)
    assert "Traceback" not in demo.log.read_text()

    _, _, again = start_demo(started, tmp_path)
    assert again == logins


def test_a_killed_demo_leaves_no_worker(started: list[Running], tmp_path: Path) -> None:
    demo, _, _ = start_demo(started, tmp_path)
    below = children_of(demo.process.pid)
    demo.end(signal.SIGKILL)
    assert below
    assert wait_until_gone(below)


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_taken_port_is_said_in_one_line(tmp_path: Path, command: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [str(PROGRAM), command, "--port", str(port)],
            env=environment(tmp_path / "data", **serve_settings(tmp_path)),
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == f"counterpoint: port {port} is taken; choose another with --port\n"


def serve_settings(folder: Path) -> dict[str, str]:
    keys = folder / "keys"
    subprocess.run(
        [str(PROGRAM), "serve", "--make-secrets", str(keys)],
        env=environment(folder), check=True, capture_output=True,
    )  # fmt: skip
    return {
        "COUNTERPOINT_HOSTS": "notes.example.org",
        "COUNTERPOINT_SECRET_KEY_FILE": str(keys / "secret.key"),
        "COUNTERPOINT_KEY_FILE": str(keys / "master.key"),
    }


def test_serve_speaks_to_its_tls_proxy_only(started: list[Running], tmp_path: Path) -> None:
    port = free_port()
    env = environment(tmp_path / "data", **serve_settings(tmp_path))
    site = Running("serve", "--port", str(port), "--no-worker", env=env, folder=tmp_path)
    started.append(site)
    site.wait_for("Serving on")

    def ask(*headers: str) -> str:
        lines = ["GET /info/limits/ HTTP/1.1", *headers, "Connection: close", "", ""]
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall("\r\n".join(lines).encode())
            received = b""
            while piece := line.recv(65536):
                received += piece
        return received.decode(errors="replace")

    proxied = ask("Host: notes.example.org", "X-Forwarded-Proto: https")
    assert proxied.startswith("HTTP/1.1 200")
    assert "Strict-Transport-Security: max-age=31536000" in proxied
    assert ask("Host: notes.example.org").startswith("HTTP/1.1 301")
    assert ask("Host: elsewhere.example", "X-Forwarded-Proto: https").startswith("HTTP/1.1 400")
    assert "Server:" not in proxied
    assert site.end(signal.SIGTERM) == 0


def test_two_do_not_serve_from_one_data_folder(started: list[Running], tmp_path: Path) -> None:
    env = environment(tmp_path / "data", **serve_settings(tmp_path))

    def run() -> Running:
        site = Running("serve", "--port", str(free_port()), "--no-worker", env=env, folder=tmp_path)
        started.append(site)
        return site

    first = run()
    first.wait_for("Serving on")
    second = run()
    assert second.process.wait(timeout=PATIENCE_SECONDS) == 2
    said = second.log.read_text()
    assert "another `counterpoint serve` answers for" in said
    assert "Traceback" not in said
    assert first.end(signal.SIGTERM) == 0
    run().wait_for("Serving on")


def test_a_worker_alone_stops_when_told(started: list[Running], tmp_path: Path) -> None:
    env = environment(tmp_path / "data", **serve_settings(tmp_path))
    worker = Running("worker", env=env, folder=tmp_path)
    started.append(worker)
    worker.wait_for("Working.")
    time.sleep(0.5)
    below = children_of(worker.process.pid)
    assert worker.end(signal.SIGTERM) == 0
    assert wait_until_gone(below)
    assert "Stopped after 0 jobs." in worker.log.read_text()
