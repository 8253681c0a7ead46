"""Bad input gives where and why, exit code 2, and leaves nothing behind."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from counterpoint.cli import main
from unit.cohort.malformed import GOOD, MALFORMED, Malformed, rows, text


def arguments(bad: Malformed, diary: Path, out: Path) -> list[str]:
    columns = ["--connection", "near", "--self", "steady"]
    if "--connection" in bad.options:
        columns = []
    return ["fit", str(diary), *columns, *bad.options, "--out", str(out)]


@pytest.mark.parametrize("bad", MALFORMED, ids=lambda bad: bad.name)
def test_says_where_and_why_and_writes_nothing(bad, tmp_path, capsys):
    diary = tmp_path / f"diary{bad.suffix}"
    bad.make(diary)
    out = tmp_path / "new" / "out"
    with pytest.raises(SystemExit) as stopped:
        main(arguments(bad, diary, out))
    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert printed.out == ""
    assert printed.err.startswith(f"counterpoint: {diary}")
    assert printed.err.count("\n") == 1
    assert printed.err.strip().isprintable()
    assert bad.reason in printed.err
    assert ("line " in printed.err.split(": ")[1]) == (bad.line is not None)
    if bad.line is not None:
        assert f", line {bad.line}" in printed.err
    if bad.column is not None:
        assert f", column {bad.column}: " in printed.err
    assert not out.parent.exists()


def test_there_are_enough_of_them():
    assert len({bad.name for bad in MALFORMED}) == len(MALFORMED) >= 30
    located = [bad for bad in MALFORMED if bad.line is not None and bad.column is not None]
    assert len(located) >= 30


def test_a_failing_command_shows_no_traceback_in_a_process_of_its_own(tmp_path):
    diary = tmp_path / "diary.csv"
    text(rows(*GOOD, GOOD[0]))(diary)
    run = subprocess.run(
        [sys.executable, "-c", "from counterpoint.cli import main; main()", "fit", str(diary),
         "--connection", "near", "--self", "steady", "--out", str(tmp_path / "out")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert run.stderr.count("\n") == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["diary.csv"]


def test_a_large_bad_file_is_refused_quickly_and_in_little_memory(tmp_path, capsys):
    """Half a million rows, the last one wrong: the whole file has to be read first."""
    diary = tmp_path / "diary.csv"
    with diary.open("w") as file:
        file.write("couple,member,day,near,steady\n")
        for couple in range(5_000):
            for day in range(50):
                file.write(f"k{couple},a,{day},50,60\nk{couple},b,{day},40,30\n")
        file.write("k0,a,0,50,60\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    with pytest.raises(SystemExit) as stopped:
        main(["fit", str(diary), "--connection", "near", "--self", "steady", "--out",
              str(tmp_path / "out")])  # fmt: skip
    assert stopped.value.code == 2
    assert time.perf_counter() - started < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000
    assert "line 500002, column day" in capsys.readouterr().err
