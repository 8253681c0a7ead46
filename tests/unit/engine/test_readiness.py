import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from counterpoint.engine import backend_ready, kernel_folder, readiness, warm_up
from counterpoint.errors import SetupError
from engine_cases import require_compiled


def test_the_folder_is_the_setting_else_beside_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/somewhere/kernels")
    assert kernel_folder() == Path("/somewhere/kernels")
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    assert kernel_folder() == readiness.KERNEL_SOURCES / "__pycache__"


def test_an_empty_folder_is_not_ready(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert not backend_ready()


def test_a_stamp_of_other_sources_or_another_machine_is_not_ready(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("numba", reason="compiles the kernel")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    (tmp_path / "counterpoint-kernel.stamp").write_text(readiness._stamp())
    assert backend_ready()
    monkeypatch.setattr(readiness, "_processor", lambda: "another processor")
    assert not backend_ready()
    monkeypatch.undo()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    copied = tmp_path / "kernel"
    shutil.copytree(readiness.KERNEL_SOURCES, copied, ignore=shutil.ignore_patterns("__pycache__"))
    before = readiness.kernel_version()
    monkeypatch.setattr(readiness, "KERNEL_SOURCES", copied)
    assert readiness.kernel_version() == before
    with (copied / "levels.py").open("a") as file:
        file.write("# changed\n")
    assert readiness.kernel_version() != before
    assert not backend_ready()


def test_without_the_compiler_nothing_is_ready_and_warming_up_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(readiness.importlib.util, "find_spec", lambda _name: None)
    assert not backend_ready()
    with pytest.raises(SetupError, match="portable sampler"):
        warm_up()


def test_warming_up_leaves_a_stamp_and_deciding_imports_no_compiler() -> None:
    require_compiled()
    program = (
        "import sys; from counterpoint.engine import backend_ready; "
        "print(backend_ready(), 'numba' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert done.stdout.split() == ["True", "False"], done.stderr
    assert warm_up().was_ready


def test_a_folder_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("numba", reason="compiles the kernel")
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(blocked / "kernels"))
    with pytest.raises(SetupError, match="cannot be kept"):
        warm_up()
