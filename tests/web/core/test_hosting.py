"""The tutorial on hosting, line by line, on a machine whose root commands are stand-ins."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from layers import ROOT
from web.core.test_site_commands import Running, free_port

PAGE = ROOT / "docs" / "tutorials" / "host-it-yourselves.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
HOST = "notes.example.org"
STAND_INS = {
    "apt-get": "",
    "adduser": "",
    "chown": "",
    "systemctl": "",
    "git": 'echo "git $*" >> "$TOLD"',
    "make": 'echo "make $*" >> "$TOLD"',
    "install": 'for one in "$@"; do case $one in /*) mkdir -p "$one";; esac; done',
}
"""What only root may do, or only a network can: left out, or done as far as a user may."""


class Machine:
    """A folder in place of ``/srv/counterpoint``, and stand-ins in front of the programs."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "srv"
        self.told = folder / "told"
        tools = folder / "tools"
        tools.mkdir()
        for name, body in STAND_INS.items():
            (tools / name).write_text(f"#!/bin/sh\n{body}\n")
            (tools / name).chmod(0o755)
        programs = self.home / "program" / ".venv" / "bin"
        programs.mkdir(parents=True)
        for name in ("counterpoint", "python"):
            start = f'#!/bin/sh\nexec "{Path(sys.executable).with_name(name)}" "$@"\n'
            (programs / name).write_text(start)
            (programs / name).chmod(0o755)
        passed = ("NUMBA_CACHE_DIR", "PYTHONPATH")
        self.env = {name: os.environ[name] for name in passed if name in os.environ}
        self.env |= {"PATH": f"{tools}:{os.environ['PATH']}", "TOLD": str(self.told)}

    def here(self, text: str) -> str:
        """Return what a page shows, with this machine's folder in it."""
        return text.replace("/srv/counterpoint", str(self.home))

    def run(self, script: str) -> str:
        """Run a block of the page and return what it printed."""
        done = subprocess.run(
            ["/bin/bash", "-e", "-c", self.here(script)],
            env=self.env,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def serve(self, unit: str) -> tuple[Running, int]:
        """Start what the unit starts, with the environment it names, on a free port."""
        (start,) = re.findall(r"^ExecStart=(.*) --port 8000$", self.here(unit), re.M)
        (settings,) = re.findall(r"^EnvironmentFile=(.*)$", self.here(unit), re.M)
        lines = Path(settings).read_text().splitlines()
        port = free_port()
        program, *arguments = start.split()
        assert Path(program).is_file()
        return Running(
            *arguments,
            f"--port={port}",
            env=self.env | dict(line.split("=", 1) for line in lines),
            folder=self.home,
        ), port


def ask(port: int, path: str) -> str:
    """Ask as the proxy does, which was asked over TLS."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Host": HOST, "X-Forwarded-Proto": "https"}
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        text: str = answer.read().decode()
    return text


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_from_a_bare_machine_to_a_backup_that_was_tried(machine: Machine) -> None:
    shown = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    scripts = [body for kind, body in shown if kind == "sh"]
    (unit,) = [body for kind, body in shown if kind == "ini"]
    bare, secrets, settings, warm, up, backup, tried, update = scripts
    machine.run(bare)
    machine.run(secrets)
    for name in ("secret.key", "master.key"):
        assert (machine.home / "secrets" / name).stat().st_mode & 0o077 == 0
    machine.run(settings)
    machine.run(warm)
    machine.run(up)
    site, port = machine.serve(unit)
    try:
        site.wait_for("Serving on")
        assert 'name="password1"' in ask(port, "/account/sign-up/")
        machine.run(backup)
        assert "master key k1" in machine.run(tried)
        assert not (machine.home / "tried").exists()
    finally:
        site.process.terminate()
        site.process.wait(timeout=30)
    machine.run(update)
    program = machine.home / "program"
    assert machine.told.read_text().splitlines()[-2:] == [
        f"git -C {program} pull",
        f"make -C {program} install",
    ]
