"""Every import rule holds, and each is caught when it is broken on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from layers import ROOT

SOURCE = ROOT / "src"

PLANTS = {
    "Layers of the library": (
        "counterpoint/domain/planted.py",
        "import counterpoint.content",
    ),
    "Layers of the web apps": (
        "counterpoint/web/diary/planted.py",
        "import counterpoint.web.assessment",
    ),
    "Layers inside a web app": (
        "counterpoint/web/diary/models.py",
        "import counterpoint.web.diary.views",
    ),
    "Django only in the web": (
        "counterpoint/pictures/planted.py",
        "import django",
    ),
    "The command line's libraries only in the command line": (
        "counterpoint/cohort/planted.py",
        "import rich",
    ),
    "The engine knows numbers only": (
        "counterpoint/engine/planted.py",
        "import pyarrow",
    ),
    "The words need nothing but Python": (
        "counterpoint/content/planted.py",
        "import numpy",
    ),
    "Doors to the engine": (
        "counterpoint/web/diary/planted.py",
        "import counterpoint.engine",
    ),
    "Private rows of the diary only through its queries": (
        "counterpoint/web/dynamics/planted.py",
        "import counterpoint.web.diary.models",
    ),
    "Private rows of the questionnaire only through its queries": (
        "counterpoint/web/dynamics/planted.py",
        "import counterpoint.web.assessment.models",
    ),
    "Private rows of reminders only through their services": (
        "counterpoint/web/diary/planted.py",
        "import counterpoint.web.reminders.models",
    ),
    "Private rows of couples only through their queries": (
        "counterpoint/web/dynamics/planted.py",
        "import counterpoint.web.couples.models",
    ),
    "Private rows of fits only through their queries": (
        "counterpoint/web/practice/planted.py",
        "import counterpoint.web.dynamics.models",
    ),
    "Private rows of practice only through its queries": (
        "counterpoint/web/config/planted.py",
        "import counterpoint.web.practice.models",
    ),
}


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--config", ROOT / "pyproject.toml", "--no-cache"],
        env={**os.environ, "PYTHONPATH": str(source)},
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )


def contract_names() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def test_every_rule_holds() -> None:
    outcome = lint(SOURCE)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_every_rule_has_a_plant() -> None:
    assert sorted(PLANTS) == sorted(contract_names())


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_a_broken_rule_is_caught(name: str, tmp_path: Path) -> None:
    where, statement = PLANTS[name]
    shutil.copytree(SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    planted = tmp_path / "src" / where
    with planted.open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    outcome = lint(tmp_path / "src")
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert f"{name} BROKEN" in outcome.stdout
