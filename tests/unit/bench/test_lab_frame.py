"""The load of the lab: different frames, asked for at their planned moments, counted honestly."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[3] / "bench" / "lab_frame.py"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("lab_frame", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


class Slow(BaseHTTPRequestHandler):
    """Answers after a while, and with 500 where it is asked for trouble."""

    def do_GET(self) -> None:
        threading.Event().wait(0.05)
        body = b"<figcaption>" if self.headers.get("HX-Request") else b"run away"
        self.send_response(500 if "trouble" in self.path else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_no_frame_is_asked_for_twice(script: ModuleType) -> None:
    paths = script.frame_paths(300, 5)
    assert len(set(paths)) == 300
    assert paths == script.frame_paths(300, 5)
    assert sum("what=" in path for path in paths) == 150


def test_waiting_counts_and_trouble_is_told(script: ModuleType, port: int) -> None:
    answers = script.load(port, ["/a", "/b", "/trouble", "/c"], 100.0, partly=True)
    assert len(answers.seconds) == 4
    assert min(answers.seconds) >= 0.05
    assert answers.settled == 4
    assert answers.wrong == ["500 /trouble"]
    assert script.load(port, ["/a"], 100.0, partly=False).settled == 0
    assert script.row("x", answers, 0.04).startswith("| x | 4 |")
    assert "| 10.0 |" in script.row("x", answers, 0.04)
