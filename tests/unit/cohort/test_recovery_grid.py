"""Cells of the recovery grid, their page, and going on after an interruption."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from counterpoint.cohort import recovery_grid
from counterpoint.cohort.kept_cells import kept_or_made
from counterpoint.cohort.pages.recovery import recovery_page
from counterpoint.cohort.recovery_cells import (
    SENTENCES,
    Cell,
    CellScores,
    Promise,
    score_cell,
    sentences_of,
)
from counterpoint.cohort.recovery_grid import grid_cells, score_grid
from counterpoint.engine import gates
from counterpoint.errors import DataError
from engine_cases import fit_of_numbers, make_parameters, with_days

SMALL = {"couples": 3, "backend": "portable"}


@pytest.fixture
def tiny(monkeypatch):
    """A grid of two short cells a design."""
    monkeypatch.setattr(recovery_grid, "DAYS", (4,))
    monkeypatch.setattr(recovery_grid, "PER_DAY", (1, 2))


def test_the_grid_has_every_length_and_number_of_check_ins() -> None:
    cells = grid_cells("checkin")
    assert [(cell.per_day, cell.days) for cell in cells] == [
        (per_day, days) for per_day in (1, 2, 3) for days in (14, 28, 56, 84)
    ]
    assert len({cell.name for cell in cells}) == 12


def test_stated_probabilities_are_those_of_the_gates() -> None:
    stated = dict(SENTENCES)
    assert stated["beside the wish"] == gates.SURE_WISH
    assert stated["who feels closer"] == stated["same-day direction"] == gates.SURE_DIRECTION
    assert stated["who moves whom"] == gates.SURE_MOVES
    assert stated["cost: contagion"] == stated["cost, all four"] == gates.SURE_COST


@pytest.mark.parametrize(
    ("told", "right", "kept"), [(0, 0, True), (100, 71, True), (100, 67, False), (4, 0, False)]
)
def test_a_promise_may_fall_short_by_three_monte_carlo_errors(told, right, kept) -> None:
    promise = Promise("a sentence", 0.8, day_gate=False, told=told, right=right)
    assert promise.kept is kept
    if told == 100:
        assert promise.floor == pytest.approx(0.8 - 3 * 0.04)


def test_what_is_said_is_judged_by_the_truth() -> None:
    links = 0.3 * np.eye(4)
    links[1, 3] = 0.4  # contagion of a
    fit = fit_of_numbers(level=[2.0, 1.0, -1.0, 1.0], transition=links)
    truth = replace(
        make_parameters(1),
        level=np.array([2.0, 1.0, -1.0, 1.0]),
        transition=links,
        process_cov=np.eye(4),
    )
    wish = np.array([[50.0, 65.0], [90.0, 65.0]])
    said = {(name, gate): right for name, _, gate, right in sentences_of(fit, truth, wish)}
    assert said["who feels closer", True]
    assert said["cost: contagion", True]
    assert said["beside the wish", False]
    wrong = replace(truth, level=-truth.level, transition=0.3 * np.eye(4))
    judged = {(name, gate): right for name, _, gate, right in sentences_of(fit, wrong, wish)}
    assert not judged["who feels closer", True]
    assert not judged["cost: contagion", True]
    few = list(sentences_of(with_days(fit, (5, 5)), truth, wish))
    assert {gate for _, _, gate, _ in few} == {False}


def test_a_cell_with_two_check_ins_a_day_counts_days_and_is_written_down() -> None:
    cell = Cell("checkin", 5, 2)
    scores = score_cell(cell, seed=3, sweeps=200, **SMALL)
    again = CellScores.from_numbers(json.loads(json.dumps(scores.as_numbers())))
    assert again == scores
    assert len(scores.promises) == 2 * len(SENTENCES)
    gated = {row.name: row.said for row in scores.gated}
    assert gated["connection"] == 0.0, "five days, however many check-ins, are below the gate"
    free = {row.name: row.said for row in scores.free}
    assert free["connection"] == 1.0


def test_the_page_shows_both_designs_and_marks_what_is_below(tiny) -> None:
    cells = [cell for design in ("continuous", "checkin") for cell in grid_cells(design)]
    scores = list(score_grid(cells, **SMALL))
    broken = replace(
        scores[0],
        promises=(
            Promise("beside the wish", 0.8, day_gate=False, told=100, right=10),
            *scores[0].promises[1:],
        ),
    )
    page = recovery_page([broken, *scores[1:]], "make me")
    assert "    make me\n" in page
    assert "1 of " in page
    assert "shares lie below their floor" in page
    assert ".10 of 100, **below** .68" in page
    for design in ("continuous", "checkin"):
        assert f"## {design}\n" in page
        assert f"### {design}, 4 days, two a day" in page


def test_kept_cells_are_taken_and_others_made_anew(tiny, tmp_path) -> None:
    cells = grid_cells("continuous")
    first = list(score_grid(cells, keep=tmp_path, **SMALL))
    times = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert sorted(times) == ["continuous-4-days-1-a-day.json", "continuous-4-days-2-a-day.json"]
    done = []
    assert list(score_grid(cells, keep=tmp_path, advance=done.append, **SMALL)) == first
    assert done == [3, 3]
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == times
    other = list(score_grid(cells, keep=tmp_path, seed=1, **SMALL))
    assert other != first


def test_a_cell_of_another_engine_is_made_anew(tmp_path) -> None:
    path = tmp_path / "cell.json"
    assert kept_or_made(path, {"seed": 1}, lambda: {"a": 1}) == ({"a": 1}, False)
    assert kept_or_made(path, {"seed": 1}, lambda: {"a": 2}) == ({"a": 1}, True)
    kept = json.loads(path.read_text())
    kept["made_for"]["engine"] = "an older one"
    path.write_text(json.dumps(kept))
    assert kept_or_made(path, {"seed": 1}, lambda: {"a": 3}) == ({"a": 3}, False)


def test_what_is_no_cell_is_named(tiny, tmp_path) -> None:
    (tmp_path / "continuous-4-days-1-a-day.json").write_text("[]")
    with pytest.raises(DataError, match="not a finished cell; remove it"):
        list(score_grid(grid_cells("continuous"), keep=tmp_path, **SMALL))


KILLED = """
import os, signal, sys
from pathlib import Path
from counterpoint.cohort import recovery_grid
recovery_grid.DAYS, recovery_grid.PER_DAY = (4,), (1, 2)
done = 0
def advance(count):
    global done
    done += count
    if done == 4:
        os.kill(os.getpid(), signal.SIGKILL)
list(recovery_grid.score_grid(recovery_grid.grid_cells("continuous"), couples=3,
                              backend="portable", keep=Path(sys.argv[1]), advance=advance))
"""


def test_a_killed_run_goes_on_where_it_was(tiny, tmp_path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], check=False, env=dict(os.environ)
    )
    assert ended.returncode == -signal.SIGKILL
    assert [path.name for path in tmp_path.iterdir()] == ["continuous-4-days-1-a-day.json"]
    done = []
    resumed = list(
        score_grid(grid_cells("continuous"), keep=tmp_path, advance=done.append, **SMALL)
    )
    assert done == [3, 1, 1, 1]
    assert resumed == list(score_grid(grid_cells("continuous"), **SMALL))


def test_the_page_in_the_documents_holds_every_cell_of_both_designs() -> None:
    page = (Path(__file__).parents[3] / "docs" / "model" / "recovery.md").read_text("utf-8")
    times = {1: "one", 2: "two", 3: "three"}
    for design in ("continuous", "checkin"):
        for cell in grid_cells(design):
            title = f"{design}, {cell.days} days, {times[cell.per_day]} a day"
            assert f"### {title}\n" in page
            assert page.count(f"| {title} |") == 2, "its promises, day gate off and on"
    assert "1,000 simulated couples a cell" in page
