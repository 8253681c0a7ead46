from dataclasses import replace

import numpy as np
import pytest

from counterpoint.cohort.pages.practice import cells_of, practice_page
from counterpoint.cohort.practice_proof import (
    EFFECTS,
    LOOKS,
    PracticeProof,
    _broken,
    _with_effect,
    alone_until,
    prove_practice,
)
from counterpoint.domain.dyad import Member
from counterpoint.engine import shipped_prior, simulate_dyads
from counterpoint.engine.simulate import draw_parameters

PRIOR = shipped_prior(3, 2)


@pytest.fixture(scope="module")
def proof() -> PracticeProof:
    return prove_practice(people=20, seed=1, sweeps=250)


def test_every_effect_is_read_at_every_look(proof):
    assert [(row.effect, row.week) for row in proof.rows] == [
        (effect, days // 7) for effect in EFFECTS for days in LOOKS
    ]
    for row in proof.rows:
        assert 0.3 * 7 * row.week < row.offers < 0.7 * 7 * row.week


def test_told_by_now_never_falls_and_is_at_least_what_is_told_now(proof):
    for effect in EFFECTS:
        by_now = [row.helps_by_now for row in proof.rows if row.effect == effect]
        assert by_now == sorted(by_now)
    assert all(row.helps_by_now >= row.helps for row in proof.rows)


def test_a_large_effect_is_found_to_be_larger_than_none(proof):
    found = {row.effect: row.bias + row.effect for row in proof.rows if row.week == 10}
    assert found[9.0] > found[0.0] + 4.0


def test_a_person_alone_is_read_up_to_the_look_and_no_further():
    diaries, _ = simulate_dyads(1, 70, rng=np.random.default_rng(2), prior=PRIOR, design="checkin")
    seen = alone_until(diaries[0], 28)
    assert seen.days == 28
    assert not seen.observes(Member.B)
    np.testing.assert_array_equal(seen.items[:, :2], diaries[0].items[:28, :2])
    assert seen.inputs is not None
    assert seen.inputs.shape == (28, 2)


def test_the_planted_effect_is_on_the_named_outcome_alone():
    (drawn,) = draw_parameters(1, prior=PRIOR, rng=np.random.default_rng(3))
    planted = _with_effect(drawn, 6.0).input_effect
    assert planted[:, 1].tolist() == [6.0 / 15.0, 0.0, 0.0, 0.0]
    np.testing.assert_array_equal(planted[:, 0], drawn.input_effect[:, 0])


def test_false_claims_and_intervals_that_do_not_cover_are_told(proof):
    kept = [replace(row, coverage=0.9, helps_by_now=0.0) for row in proof.rows]
    assert _broken(kept, 500) == []
    eager = [replace(kept[0], helps_by_now=0.09)]
    assert "0.090 were told" in _broken(eager, 500)[0]
    narrow = [replace(kept[-1], coverage=0.7)]
    assert "intervals cover 0.700" in _broken(narrow, 500)[0]
    page = practice_page(replace(proof, broken=tuple(_broken(narrow, 500))), "x")
    assert "**Not kept:**" in page


def test_the_page_holds_every_row(proof):
    assert len(cells_of(proof)) == len(EFFECTS) * len(LOOKS)
    assert practice_page(proof, "counterpoint check practice").count("\n| ") == 13
