"""People with a known change, compared as the site does; and mistakes that must be seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from counterpoint.cli.check.movement import command
from counterpoint.cohort import movement_proof
from counterpoint.cohort.executor import open_executor
from counterpoint.cohort.movement_proof import (
    PLANTED,
    QUANTITIES,
    MovementProof,
    MovementRow,
    Planted,
    border_and_days,
    broken_of,
    fits_of,
    promises_of,
    prove_movement,
    quantity_of,
    simulate_changed,
)
from counterpoint.cohort.pages.movement import cells_of, movement_page
from counterpoint.domain.dyad import Member
from counterpoint.domain.movements import COMPARED, Movement
from counterpoint.engine import movement as engine_movement
from counterpoint.engine.diary import DyadDiary

LARGE = Planted(30.0)


def proved(people: int, *planted: Planted) -> MovementProof:
    with open_executor(workers=1) as executor:
        return prove_movement(people=people, seed=3, executor=executor, sweeps=200, planted=planted)


@pytest.fixture(scope="module")
def proof() -> MovementProof:
    return proved(3, Planted(0.0), LARGE)


def kept_rows(proof: MovementProof) -> list[MovementRow]:
    """The same rows as if a hundred had been compared, and nothing were wrong."""
    return [
        replace(row, found=100, moved=0, moved_right=0, same=0, same_right=0, covered=90)
        for row in proof.rows
    ]


def broken(rows: list[MovementRow]) -> list[str]:
    return broken_of(rows, tuple(promises_of(rows)))


def test_windows_are_those_of_the_site() -> None:
    assert [border_and_days(movement) for movement in COMPARED] == [(14, 28), (28, 70)]
    assert fits_of(60) == 2 * 60 * 9


@pytest.mark.parametrize("planted", [Planted(10.0), Planted(10.0, drifts=True)])
def test_the_stretches_lie_apart_by_what_was_planted(planted: Planted) -> None:
    border, days = border_and_days(Movement.THIRD)
    diaries, truths = simulate_changed(Movement.THIRD, planted, 4, seed=1)
    apart = [
        15.0 * (one.means(days)[border:].mean(axis=0) - one.means(days)[:border].mean(axis=0))
        for one in truths
    ]
    np.testing.assert_allclose(np.abs(apart), np.tile([10.0, 10.0, 0.0, 0.0], (8, 1)), atol=1e-9)
    ways = [(float(np.sign(one[0])), float(np.sign(one[1]))) for one in apart]
    assert all(ways.count(way) == 2 for way in [(1, 1), (1, -1), (-1, 1), (-1, -1)])
    assert not any(diary.observes(Member.B) for diary in diaries)


def test_every_comparison_is_counted(proof: MovementProof) -> None:
    assert [(row.movement, row.planted, row.quantity) for row in proof.rows] == [
        (movement, planted, quantity)
        for movement in COMPARED
        for planted in (Planted(0.0), LARGE)
        for quantity in QUANTITIES
    ]
    assert [row.found for row in proof.rows[:6]] == [3, 3, 9, 6, 6, 18]


def test_a_large_change_is_told_and_rightly(proof: MovementProof) -> None:
    levels = [row for row in proof.rows if row.planted is LARGE and row.quantity != "single items"]
    assert sum(row.moved for row in levels) >= 12
    assert all(row.moved_right == row.moved for row in levels)
    assert not any(row.moved_right for row in proof.rows if row.planted.points == 0.0)


def test_then_and_now_exchanged_breaks_the_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    fit = engine_movement.fit_movement

    def exchanged(diary: DyadDiary, *, border: int, sweeps: int) -> engine_movement.Movement:
        turned = DyadDiary(items=diary.items[::-1], inputs=None, ends=diary.ends)
        return fit(turned, border=diary.days - border, sweeps=sweeps)

    monkeypatch.setattr(movement_proof, "fit_movement", exchanged)
    told = " ".join(proved(3, LARGE).broken)
    assert "second movement, connection: right in 0.000" in told
    assert "third movement, self: right in 0.000" in told


def test_said_of_a_coin_is_said_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_movement, "SURE_DIRECTION", 0.5)
    told = proved(4, Planted(0.0)).broken
    assert any("without any change 1.000 were told of one" in line for line in told)


def test_shares_below_their_floor_are_told(proof: MovementProof) -> None:
    rows = kept_rows(proof)
    assert broken(rows) == []
    wrong = [replace(rows[0], moved=40, moved_right=0), *rows[1:]]
    assert "right in 0.000 of 40 said at 0.9" in broken(wrong)[0]
    assert "without any change 0.400" in broken(wrong)[1]
    unlike = [*rows[:3], replace(rows[3], same=50, same_right=25), *rows[4:]]
    assert "about the same: right in 0.500 of 50 said at 0.8" in broken(unlike)[0]
    narrow = [replace(row, covered=70) for row in rows]
    assert sum("intervals cover 0.700" in line for line in broken(narrow)) == 6


def test_names_of_findings_and_the_page(proof: MovementProof) -> None:
    assert quantity_of("change of self: about the same") == "self"
    assert quantity_of("change of the second item of self") == "single items"
    assert len(cells_of(proof.rows)) == 12
    page = movement_page(replace(proof, broken=("so and so",)), "counterpoint check movement")
    assert "**Not kept:** so and so." in page
    assert "## The third movement: 28 days before, 42 days in it" in page
    assert "covers between 86% and 94% over all changes" in page
    assert "Covered over all changes: second movement, connection" in page
    assert sum(planted.ways for planted in PLANTED) == 9


def test_the_command_ends_with_1_when_a_promise_breaks(
    proof: MovementProof, monkeypatch: pytest.MonkeyPatch
) -> None:
    for found, code in ((replace(proof, broken=()), 0), (replace(proof, broken=("x",)), 1)):
        monkeypatch.setattr(movement_proof, "prove_movement", lambda found=found, **_: found)
        ended = CliRunner().invoke(command, ["--people", "4", "--workers", "1"])
        assert ended.exit_code == code
        assert ("Not kept: x." in ended.output) is bool(code)
        json = CliRunner().invoke(command, ["--people", "4", "--workers", "1", "--json"])
        assert '"moved_right"' in json.output
