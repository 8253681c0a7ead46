"""A real demo in a process of its own, and a real Chromium in front of it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from layers import chromium

START_SECONDS = 90
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REFUSED_FORM = "status of 422"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 860}
Scheme = Literal["light", "dark"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shots", default=None, help="folder to write a picture of every page into")


@dataclass(frozen=True)
class Demo:
    """A running ``counterpoint demo``: its address, its data folder, what it printed."""

    url: str
    data: Path
    log: Path

    def credentials(self) -> list[tuple[str, str]]:
        """Return the e-mail and password of each simulated partner, as printed."""
        return re.findall(r"(\S+@\S+)\s+(?:password\s+)?(\S+)\s*$", self.log.read_text(), re.M)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_it_answers(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the demo ended with code {process.returncode}:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer within {START_SECONDS} s:\n{log.read_text()}")


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """Start ``counterpoint demo`` on data of its own, and end it afterwards."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / "log.txt"
    program = Path(sys.executable).with_name("counterpoint")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [program, "demo", "--port", str(port)],
            env={**os.environ, "COUNTERPOINT_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"},
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        wait_until_it_answers(process, url, log)
        yield Demo(url, folder / "data", log)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo that journeys share, whose days go by a few at a time."""
    with running_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="session")
def demo_of_months(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo for journeys that last for weeks.

    In the shared one the simulated couple's newest picture would be of long ago by then.
    """
    with running_demo(tmp_path_factory.mktemp("months")) as demo:
        yield demo


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def program() -> Path:
    found = chromium()
    assert found is not None, "tests/layers.py leaves this layer out without Chromium"
    return found


@pytest.fixture(scope="session")
def browser(playwright: Playwright, program: Path) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
    yield browser
    browser.close()


@dataclass
class Watch:
    """What a browser saw that nobody should see."""

    foreign: list[str]
    errors: list[str]


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fail the test when a page asked a third party for something or broke its own policy."""
    seen = Watch([], [])
    yield seen
    assert seen.foreign == [], "requests to third parties"
    assert seen.errors == [], "errors in the console"


def look_at(context: BrowserContext, demo: Demo, watch: Watch) -> None:
    """Note what every page of a context asks for, and what goes wrong in it."""

    def look(page: Page) -> None:
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((demo.url, "data:", "about:"))
                else watch.foreign.append(request.url)
            ),
        )
        page.on(
            "console",
            lambda message: (
                watch.errors.append(message.text)
                if message.type == "error" and REFUSED_FORM not in message.text
                else None
            ),
        )
        page.on("pageerror", lambda error: watch.errors.append(str(error)))

    context.set_default_timeout(15_000)
    context.on("page", look)
    for page in context.pages:
        look(page)


@pytest.fixture
def new_context(browser: Browser, demo: Demo, watch: Watch) -> Iterator[NewContext]:
    contexts: list[BrowserContext] = []

    def make(
        *,
        size: dict[str, int] | None = None,
        scheme: Scheme = "light",
        javascript: bool = True,
        zone: str = "Europe/Berlin",
        **wishes: Any,
    ) -> BrowserContext:
        context = browser.new_context(
            base_url=demo.url,
            viewport=size or PHONE,
            color_scheme=scheme,
            java_script_enabled=javascript,
            timezone_id=zone,
            locale="en-GB",
            reduced_motion="reduce",
            **wishes,
        )
        look_at(context, demo, watch)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@dataclass(frozen=True)
class Device:
    """A browser with a memory of its own: its profile on the disk, its back-forward cache."""

    context: BrowserContext
    profile: Path

    @property
    def page(self) -> Page:
        return self.context.pages[0]


NewDevice = Callable[[str], Device]


@pytest.fixture
def new_device(
    playwright: Playwright, program: Path, demo: Demo, watch: Watch, tmp_path: Path
) -> Iterator[NewDevice]:
    devices: list[Device] = []

    def make(name: str) -> Device:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / name,
            executable_path=program,
            args=FLAGS,
            ignore_default_args=["--disable-back-forward-cache"],
            base_url=demo.url,
            viewport=PHONE,
            locale="en-GB",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
        )
        look_at(context, demo, watch)
        devices.append(Device(context, tmp_path / name))
        return devices[-1]

    yield make
    for device in devices:
        device.context.close()
