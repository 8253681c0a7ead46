"""The page about pictures names each of them, and its examples do what they say."""

from __future__ import annotations

import inspect
import re
import shlex
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from defusedcsv import csv

from counterpoint import pictures
from counterpoint.cli import main
from counterpoint.content import LANGUAGES
from layers import ROOT

PAGE = (ROOT / "docs" / "reference" / "pictures.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, flags=re.M | re.S)
(PYTHON,) = [text for kind, text in BLOCKS if kind == "python"]
(SHELL,) = [text for kind, text in BLOCKS if kind == "sh"]
DRAW = {
    name
    for name in pictures.__all__
    if inspect.isfunction(one := getattr(pictures, name))
    and inspect.signature(one).return_annotation == "Picture"
}


def test_every_picture_stands_in_the_table_and_none_that_is_not_there() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", PAGE, flags=re.M)
    assert sorted(rows) == sorted(DRAW)


@pytest.mark.parametrize("name", sorted(DRAW))
def test_every_picture_takes_what_the_page_says(name: str) -> None:
    taken = inspect.signature(getattr(pictures, name)).parameters
    needed = {"title", "key", "theme", "language"}
    assert needed <= set(taken)
    assert "sentence" in taken or name == "one_line"


def test_the_languages_are_those_there_are() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| `language`"))
    assert tuple(re.findall(r'"(\w+)"', row)) == LANGUAGES


def test_the_python_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(PYTHON, {})  # noqa: S102 - our own page
    told, german, head, *_ = capsys.readouterr().out.splitlines()
    drawn = ET.parse(tmp_path / "plane.svg").getroot()  # noqa: S314 - just drawn
    assert drawn.get("role") == "img"
    assert told.endswith("This rests on 24 days.")
    assert german.startswith("2 Tage")
    assert head == "Monday | 60 | 50"


def test_the_commands_draw_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in SHELL.replace("\\\n", " ").splitlines():
        program, *arguments = shlex.split(line)
        assert program == "counterpoint"
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert not stopped.value.code
    folder = tmp_path / "fitted" / "pictures"
    drawn = sorted(path.name for path in folder.glob("*.svg"))
    assert len(drawn) == 1 + 2 * 3
    with (folder / "captions.csv").open(encoding="utf-8", newline="") as file:
        told = {row["file"]: row["sentence"] for row in csv.DictReader(file)}
    assert sorted(told) == drawn
    for name, sentence in told.items():
        described = ET.parse(folder / name).getroot().find("{http://www.w3.org/2000/svg}desc")  # noqa: S314 - just drawn
        assert described is not None
        assert described.text == sentence
