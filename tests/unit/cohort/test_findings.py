"""Findings of simulated fits beside their truths, and their page."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from counterpoint.cohort.executor import open_executor
from counterpoint.cohort.finding_cells import (
    FindingCell,
    FindingScores,
    finding_cells,
    score_findings,
    simulate_stretches,
)
from counterpoint.cohort.finding_grid import score_finding_cells
from counterpoint.cohort.finding_truths import known_findings
from counterpoint.cohort.pages.findings import findings_page
from counterpoint.cohort.recovery_cells import Promise
from counterpoint.cohort.room_diaries import RoomTruth, simulate_room
from counterpoint.errors import DataError
from engine_cases import fit_of_numbers, make_parameters

EVENINGS, STRETCHES = FindingCell(6), FindingCell(7, 5)


@pytest.fixture(scope="module")
def scores() -> list[FindingScores]:
    with open_executor(workers=1) as executor:
        return [
            score_findings(cell, couples=3, executor=executor, backend="portable", sweeps=200)
            for cell in (EVENINGS, STRETCHES)
        ]


def test_every_cell_has_a_name_of_its_own() -> None:
    names = [cell.name for cell in finding_cells()]
    assert names == [
        "evenings-14", "evenings-28", "evenings-56", "evenings-84",
        "stretches-14-14", "stretches-14-42", "stretches-28-28", "stretches-42-42",
    ]  # fmt: skip


def test_what_is_said_of_known_couples_is_judged() -> None:
    links = 0.3 * np.eye(4)
    links[1, 3], links[1, 0] = 0.4, 0.4  # contagion, and closeness that feeds a's self
    push = np.array([[-2.0, 0.5], [-2.0, 0.5], [-0.1, -0.4], [-0.1, -0.4]])
    truth = replace(
        make_parameters(1, inputs=2),
        level=np.array([1.0, 1.0, 1.0, 1.0]),
        transition=links,
        process_cov=np.eye(4),
        input_effect=push,
    )
    fit = replace(
        fit_of_numbers(level=[1.0, 1.0, 1.0, 1.0], transition=links, process_cov=np.eye(4)),
        event_counts=(3, 10),
    )
    draws = len(fit.level)
    rng = np.random.default_rng(1)
    fit = replace(fit, input_effect=push + 0.01 * rng.standard_normal((draws, 4, 2)))
    days = fit.smoothed_mean.shape[0]
    room = RoomTruth(
        level=np.array([3.0, -1.0]),
        slope=np.zeros((2, 2)),
        answers=np.column_stack([np.full(days, 3.0), np.full(days, -1.0)]),
    )
    known = list(known_findings(fit, truth, room, conflict=0, offer=1))
    by_name = {}
    for one in known:
        by_name.setdefault(one.name, []).append(one)
        if one.free.word and not one.name.startswith("room: slope"):
            assert one.free.word == one.word, one.name
    assert [one.free.word for one in by_name["collapse"]] == ["lower", "lower"]
    assert [one.gated.reason for one in by_name["collapse"]] == ["too_few_conflicts"] * 2
    assert by_name["collapse"][0].truth == pytest.approx(-30.0)
    offers = [one.free.word for one in by_name["offer, same evening: self"]]
    assert offers == ["helps", "hinders"]
    assert by_name["bearing: contagion"][0].word == "costs"
    assert by_name["bearing: closeness_costs_self"][0].word == "supports"
    assert by_name["room: gap, taps"][0].free.word == "a_closer"


def test_room_answers_are_whole_taps_within_the_scale() -> None:
    rng = np.random.default_rng(4)
    states = rng.normal(size=(400, 4))
    answered = rng.random((400, 2)) < 0.7
    room = simulate_room(states, answered, rng=rng)
    told = room.answers[answered]
    assert np.all(np.isnan(room.answers[~answered]))
    assert np.all(told == np.round(told))
    assert np.all(np.abs(told) <= 5)
    assert np.nanmean(room.answers, axis=0) == pytest.approx(room.level, abs=0.5)


def test_two_stretches_differ_by_the_trend_of_the_truth() -> None:
    cell = FindingCell(300, 300)
    diaries, truths = simulate_stretches(cell, couples=4, seed=2)
    for diary, truth in zip(diaries, truths, strict=True):
        marker = diary.items[:, :, 0]
        moved = np.nanmean(marker[300:], axis=0) - np.nanmean(marker[:300], axis=0)
        assert moved == pytest.approx(truth.trend, abs=0.6)


def test_cells_score_every_finding_and_are_written_down(scores: list[FindingScores]) -> None:
    evenings, stretches = scores
    for cell in scores:
        assert FindingScores.from_numbers(json.loads(json.dumps(cell.as_numbers()))) == cell
        assert [row.name for row in cell.free] == [row.name for row in cell.gated]
    of_members = {row.name: row.n for row in evenings.free}
    assert of_members["collapse"] == 6
    assert of_members["room: gap, taps"] == of_members["half-life, days"] == 3
    assert "half-life, days" not in {promise.sentence for promise in evenings.promises}
    assert {row.name for row in stretches.free} == {
        f"{change}{same}"
        for change in (
            "change of connection", "change of self",
            "change of the third item of connection", "change of the third item of self",
        )
        for same in ("", ": about the same")
    }  # fmt: skip
    said = {row.name: row.said for row in stretches.gated}
    assert said["change of self"] == 0.0, "five days are below the gate"


def test_the_page_marks_what_is_below_its_floor(scores: list[FindingScores]) -> None:
    promise = Promise("collapse", 0.9, day_gate=False, told=100, right=70)
    spoiled = replace(scores[0], promises=(promise, *scores[0].promises[1:]))
    page = findings_page([spoiled, scores[1]], "make me")
    assert "    make me\n" in page
    assert "6 days, gate off: collapse (.70 of 100, floor .81)" in page
    assert ".70 **below** .81" in page
    assert "## Two stretches, 5 and 7 days" in page


def test_kept_cells_are_taken(tmp_path) -> None:
    done: list[int] = []
    with open_executor(workers=1) as executor:
        settings = {"couples": 2, "executor": executor, "backend": "portable", "keep": tmp_path}
        first = list(score_finding_cells([STRETCHES], **settings))
        again = list(score_finding_cells([STRETCHES], advance=done.append, **settings))
        assert first == again
        assert done == [2]
        (tmp_path / "stretches-5-7.json").write_text("{}")
        with pytest.raises(DataError, match="not a finished cell; remove it"):
            list(score_finding_cells([STRETCHES], **settings))
