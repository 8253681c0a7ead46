"""The layers of the test-suite: what each needs, and what to do when that is missing.

A layer is a folder of ``tests``. Its need is looked for on this machine; when
it is not there the layer's tests are skipped with the line that would install
it, unless ``COUNTERPOINT_TEST_ALL=1`` asks for everything: then a missing
need is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def chromium() -> Path | None:
    """Return the Chromium program of this machine, or ``None``."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(found) if found else None


def postgres_programs() -> Path | None:
    """Return the folder that holds ``initdb`` and ``pg_ctl``, or ``None``."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    for folder in reversed(folders):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def reference_data() -> Path | None:
    """Return the folder of real couples' data, or ``None``."""
    named = os.environ.get("COUNTERPOINT_REFERENCE_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    return folder if (folder / "golden.json").exists() else None


@dataclass(frozen=True)
class Need:
    """Something a layer cannot run without."""

    name: str
    find: Callable[[], Path | None]
    remedy: str


CHROMIUM = Need("Chromium", chromium, "apt-get install chromium")
POSTGRES = Need("PostgreSQL", postgres_programs, "apt-get install postgresql")
REFERENCE = Need(
    "the reference data", reference_data, "COUNTERPOINT_REFERENCE_DATA=<folder with golden.json>"
)

NEEDS: dict[str, Need] = {"e2e": CHROMIUM, "golden": REFERENCE}
"""Need of a layer by folder name; layers without an entry need only Python."""


def all_asked_for() -> bool:
    """Return whether a missing layer is a failure."""
    return os.environ.get("COUNTERPOINT_TEST_ALL") == "1"


def layer_of(path: Path) -> str:
    """Return the folder of ``tests`` that ``path`` lies in."""
    return path.relative_to(ROOT / "tests").parts[0]


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Skip, or fail when everything was asked for, the tests whose need is missing."""
    missing = {layer: need for layer, need in NEEDS.items() if need.find() is None}
    for item in items:
        need = missing.get(layer_of(item.path))
        if need is not None and not all_asked_for():
            item.add_marker(pytest.mark.skip(reason=f"needs {need.name}: {need.remedy}"))


@pytest.fixture(scope="session")
def reference_folder() -> Path:
    """Folder of the real couples' data; the test is left out, or fails, without it."""
    folder = reference_data()
    if folder is None:
        if all_asked_for():
            pytest.fail(f"needs {REFERENCE.name}: {REFERENCE.remedy}")
        pytest.skip(f"needs {REFERENCE.name}: {REFERENCE.remedy}")
    return folder
