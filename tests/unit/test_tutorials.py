"""What the tutorials show can be done: their commands run, and the words they name are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from counterpoint.cli import main
from layers import ROOT

TUTORIALS = ROOT / "docs" / "tutorials"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
NAMED = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])")
"""Words set in italics: a button, a link or a heading of the site."""
WALKS = ("first-evening.md", "first-fortnight.md", "two-people.md", "host-it-yourselves.md")


def blocks(name: str, kind: str) -> list[str]:
    """Return the blocks of one kind that a tutorial shows, in order."""
    text = (TUTORIALS / name).read_text(encoding="utf-8")
    return [body for found, body in BLOCK.findall(text) if found == kind]


def test_every_tutorial_is_held_by_a_test() -> None:
    held = {*WALKS, "fit-a-diary.md"}
    assert {path.name for path in TUTORIALS.glob("*.md")} == held


def test_a_diary_is_fitted_and_read_as_the_tutorial_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (commands,) = blocks("fit-a-diary.md", "sh")
    ours = [line for line in commands.splitlines() if line.startswith("counterpoint ")]
    assert [line.split()[1] for line in ours] == ["simulate", "fit"]
    for line in ours:
        with pytest.raises(SystemExit) as stopped:
            main(shlex.split(line)[1:])
        assert not stopped.value.code
    told = (TUTORIALS / "fit-a-diary.md").read_text(encoding="utf-8")
    for path in (tmp_path / "fitted").iterdir():
        assert f"`{path.name}" in told
    capsys.readouterr()
    count, one, truth = blocks("fit-a-diary.md", "python")
    for program in (count, one, truth):
        exec(program, {})  # noqa: S102 - our own page
    said = capsys.readouterr().out
    assert "level: 80 of 80 may be said" in said
    for quantity, low, high in (("level", 0.8, 1.0), ("coupling", 0.85, 0.95)):
        found = re.search(rf"{quantity}: (\d+) of (\d+) ranges hold", said)
        assert found is not None
        assert low <= int(found[1]) / int(found[2]) <= high


def words_of_the_site() -> str:
    """Return every template and every English text as one text."""
    web = ROOT / "src" / "counterpoint" / "web"
    texts = ROOT / "src" / "counterpoint" / "content" / "data" / "en"
    files = [*web.rglob("*.html"), *web.rglob("*.py"), *texts.rglob("*.toml")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("name", WALKS)
def test_a_walk_names_what_is_on_the_pages(name: str) -> None:
    site = words_of_the_site()
    named = NAMED.findall((TUTORIALS / name).read_text(encoding="utf-8"))
    assert named
    assert [words for words in named if words not in site] == []
