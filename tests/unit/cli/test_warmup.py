"""Where kernels live, when compiling pays, and what warm-up says when it cannot."""

from pathlib import Path

import pytest

from counterpoint.cli import _kernels, main


def test_kernels_live_where_the_environment_says(monkeypatch, tmp_path):
    for name in ("NUMBA_CACHE_DIR", "COUNTERPOINT_DATA", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert _kernels.kernel_folder() == Path("~/.cache/counterpoint/kernels").expanduser()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert _kernels.kernel_folder() == tmp_path / "counterpoint" / "kernels"
    monkeypatch.setenv("COUNTERPOINT_DATA", str(tmp_path / "data"))
    assert _kernels.kernel_folder() == tmp_path / "data" / "kernels"
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "own"))
    assert _kernels.kernel_folder() == tmp_path / "own"


def test_small_work_on_a_fresh_machine_does_not_wait_for_the_compiler(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert _kernels.choose_backend(60, 1000) == "portable"
    assert not list(tmp_path.iterdir())


def test_large_work_without_a_place_for_kernels_does_without(monkeypatch, tmp_path):
    occupied = tmp_path / "file"
    occupied.touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(occupied / "kernels"))
    assert _kernels.choose_backend(10**9, 1000) == "portable"


def test_warmup_says_what_is_in_the_way(monkeypatch, tmp_path, capsys):
    occupied = tmp_path / "file"
    occupied.touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(occupied / "kernels"))
    with pytest.raises(SystemExit) as stopped:
        main(["warmup"])
    assert stopped.value.code == 2
    message = capsys.readouterr().err
    assert str(occupied / "kernels") in message
    assert message.count("\n") == 1
