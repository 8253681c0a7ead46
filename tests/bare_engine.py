"""Run the engine's own tests where nothing but numpy, scipy and pytest is installed.

``python tests/bare_engine.py`` makes a fresh environment in a temporary folder
from the project's own lock, proves that the engine's imports need no more than
that, and runs the engine's tests in it: first without the compiler (the
portable sampler), then with numba and with array bounds checked, so that a
write past the end of an array is an error and not a damaged heap.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ("tests/unit/engine", "tests/property/engine")
BARE = ("numpy", "scipy")
RUNNER = (
    *("pytest", "iniconfig", "packaging", "pluggy", "pygments"),
    *("hypothesis", "sortedcontainers"),
)
COMPILER = ("numba", "llvmlite")
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==")


def locked(names: tuple[str, ...]) -> str:
    """Return the lines of the lock that pin ``names``, with their hashes.

    Raises
    ------
    LookupError
        A name that the lock does not hold.
    """
    kept: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        pin = PIN.match(line)
        if pin is not None:
            current = kept.setdefault(pin["name"], [])
        if not line.lstrip().startswith("#"):
            current.append(line)
    absent = sorted(set(names) - set(kept))
    if absent:
        raise LookupError(f"requirements.lock does not hold {', '.join(absent)}")
    return "\n".join(line for name in names for line in kept[name]) + "\n"


def make_environment(folder: Path) -> Path:
    """Make an empty environment in ``folder`` and return its interpreter."""
    base = Path(sys.base_prefix) / "bin" / "python3"
    subprocess.run([base, "-m", "venv", "--without-pip", folder], check=True)
    return folder / "bin" / "python"


def install(python: Path, names: tuple[str, ...]) -> None:
    """Install what the lock pins of ``names``, and nothing that it would pull in besides."""
    base = Path(sys.base_prefix) / "bin" / "python3"
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as chosen:
        chosen.write(locked(names))
        chosen.flush()
        command = [base, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps"]
        command += ["--require-hashes", "--requirement", chosen.name]
        subprocess.run(command, check=True)


def import_engine(python: Path, environment: dict[str, str]) -> None:
    """Import every module of the engine there; an import of anything not installed fails."""
    program = (
        "import importlib, pkgutil, counterpoint.engine as engine\n"
        "names = [m.name for m in pkgutil.walk_packages(engine.__path__, 'counterpoint.engine.')]\n"
        "plain = [name for name in names if not name.startswith('counterpoint.engine.kernel')]\n"
        "[importlib.import_module(name) for name in plain]\n"
        "print(f'{len(plain)} modules of the engine imported')\n"
    )
    subprocess.run([python, "-c", program], env=environment, check=True)


def run_tests(python: Path, environment: dict[str, str]) -> int:
    """Run the engine's tests there and return pytest's exit code."""
    command = [python, "-m", "pytest", "-c", os.devnull, "--rootdir", ROOT, "--noconftest"]
    command += ["--import-mode=importlib", "-q", "-rs", "-p", "no:cacheprovider", *TESTS]
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


def main() -> int:
    """Run both rounds; 0 when every test passed in each."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bare-engine-") as name:
        folder = Path(name)
        python = make_environment(folder / "environment")
        install(python, (*BARE, *RUNNER))
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "NUMBA_CACHE_DIR": str(folder / "kernels"),
        }
        print(f"=== the engine with {', '.join(BARE)} alone ===", flush=True)
        import_engine(python, environment)
        codes = [run_tests(python, environment)]
        print("\n=== the same with numba, array bounds checked ===", flush=True)
        install(python, COMPILER)
        codes.append(run_tests(python, environment | {"NUMBA_BOUNDSCHECK": "1"}))
    print(f"bare engine: {time.monotonic() - started:.0f} s")
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
