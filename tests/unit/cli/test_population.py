"""Learning from the command line; a run that is killed ends as one that is not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from cohort_cases import ITEMS, run, write_cohort
from counterpoint.cohort.checkpoint import MARK
from counterpoint.cohort.population import read_population
from engine_cases import require_compiled

TABLES = ("couples.csv", "days.csv", "fits.csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    require_compiled()
    found = tmp_path_factory.mktemp("cohort")
    write_cohort(found, couples=4, days=12)
    return found


def test_what_is_learned_is_told_and_can_be_started_from(folder, tmp_path, capsys):
    out = tmp_path / "population.json"
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- comparison -->\nold\n<!-- end comparison -->\nafter\n")
    assert run("population", folder / "diary.csv", *ITEMS, "--out", out, "--page", page) == 0
    told = capsys.readouterr().out
    assert "Learned from 4 couples" in told
    assert "mean of Cp ← Cp" in told
    text = page.read_text()
    assert text.startswith("before")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "| mean of Sp ← Sq | 0.10 |" in text
    document = json.loads(out.read_text())
    assert document["couples"] == 4
    assert document["source"] == "learned, anchored on shipped"
    assert document["content_version"]
    prior = read_population(out, items=2)
    assert prior.is_exchangeable
    assert all(round(value, 4) == value for value in document["prior"]["coupling_mean"])
    assert run("fit", folder / "diary.csv", *ITEMS, "--population", out, "--sweeps", 200,
               "--out", tmp_path / "fit") == 0  # fmt: skip
    assert run("population", folder / "diary.csv", *ITEMS, "--out", out) == 2
    assert "--force" in capsys.readouterr().err


def test_too_few_couples_for_a_free_population_are_refused(folder, tmp_path, capsys):
    out = tmp_path / "population.json"
    assert run("population", folder / "diary.csv", *ITEMS, "--free", "--out", out) == 2
    assert "needs 300 couples, there are 4" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_json_holds_the_comparison(folder, tmp_path, capsys):
    out = tmp_path / "population.json"
    assert run("population", folder / "diary.csv", *ITEMS, "--json", "--out", out) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["couples"], report["anchor"]) == (4, "shipped")
    assert {one["group"] for one in report["numbers"]} == {
        "couplings",
        "spread of couplings",
        "levels",
        "days",
        "items",
    }


def learned(folder, out, *more):
    assert run("fit", folder / "diary.csv", *ITEMS, "--learn", "anchored", "--sweeps", 200,
               "--pictures", 1, "--out", out, *more) == 0  # fmt: skip
    return {name: (out / name).read_bytes() for name in TABLES}


def test_learning_and_fitting_in_one_go_writes_what_was_learned(folder, tmp_path):
    plain = learned(folder, tmp_path / "plain")
    streamed = learned(folder, tmp_path / "streamed", "--stream", "--workers", 1)
    assert streamed == plain
    told = json.loads((tmp_path / "plain" / "population.json").read_text())
    assert told["source"] == "learned, anchored on shipped"
    assert learned(folder, tmp_path / "other", "--seed", 1) != plain


def test_a_run_that_is_killed_is_gone_on_with(folder, tmp_path):
    """Kill -9 in the midst of learning; nothing is there but what is marked unfinished."""
    plain = learned(folder, tmp_path / "plain")
    out = tmp_path / "out"
    arguments = ["fit", folder / "diary.csv", *ITEMS, "--learn", "anchored", "--sweeps", 200,
                 "--pictures", 1, "--out", out, "--resume"]  # fmt: skip
    program = (
        "import time\n"
        "from counterpoint.cohort.checkpoint import RunFolder\n"
        "save = RunFolder.save_round\n"
        "def slowly(self, learning, points):\n"
        "    save(self, learning, points)\n"
        "    time.sleep(0.3)\n"
        "RunFolder.save_round = slowly\n"
        "from counterpoint.cli import main\n"
        f"main({[str(one) for one in arguments]!r})\n"
    )
    begun = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    unfinished = tmp_path / "out.unfinished"
    waited = time.monotonic()
    while not (unfinished / "round.npz").is_file():
        assert begun.poll() is None
        assert time.monotonic() - waited < 60
        time.sleep(0.05)
    os.kill(begun.pid, signal.SIGKILL)
    begun.wait()
    assert not out.exists()
    assert (unfinished / MARK).is_file()
    assert learned(folder, out, "--resume") == plain
    assert not unfinished.exists()
