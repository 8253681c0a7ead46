"""What the how-to page shows does what it says."""

import re
import shlex
from pathlib import Path

import numpy as np
import pytest

from counterpoint.cli import main

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "fit-an-apim.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE.read_text("utf-8"), flags=re.M | re.S)
COMMANDS = [text for kind, text in BLOCKS if kind == "sh"]
(PYTHON,) = [text for kind, text in BLOCKS if kind == "python"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Couples asked once and a diary, named as the page names them."""
    rng = np.random.default_rng(1)
    couples = ["id,gender,satisfaction,tension,support"]
    diary = ["ID,DIARYDAY,M_Con.,M_Anx.,W_Con.,W_Anx."]
    for couple in range(20):
        couples += [
            f"{couple},{gender},{','.join(f'{value:.2f}' for value in rng.normal(size=3))}"
            for gender in ("man", "woman")
        ]
        diary += [
            f"{couple},{day},{','.join(f'{value:.2f}' for value in rng.normal(size=4))}"
            for day in range(6)
        ]
    (tmp_path / "couples.csv").write_text("\n".join(couples))
    (tmp_path / "diary.csv").write_text("\n".join(diary))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(folder, capsys, command):
    program, *arguments = shlex.split(command.replace("\\\n", " "))
    assert (program, arguments[0]) == ("counterpoint", "apim")
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert not stopped.value.code
    assert "(actor)" in capsys.readouterr().out


def test_the_python_example_runs(folder, capsys):
    exec(PYTHON, {})  # noqa: S102 - our own page
    said = capsys.readouterr().out
    assert "own minus partner's" in said
    assert 0.0 <= float(said.splitlines()[-1]) <= 1.0
