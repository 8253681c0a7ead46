import numpy as np
import pytest

from counterpoint.domain.couplings import State
from counterpoint.engine import (
    DIALS,
    Plays,
    diary_days,
    half_life_days,
    modes_of,
    ordinary_spread,
    path_after_push,
    path_in_points,
    plays_out,
    settle_time,
    transition_from_dials,
    usual_place,
    what_if,
)
from counterpoint.engine.states import SWAP
from counterpoint.errors import DataError

# sizes of the eigenvalues of the invented couples as the specification lists them
SIZES = {
    "steady_two": [0.80, 0.43, 0.37, 0.20],
    "chase": [0.82, 0.82, 0.46, 0.45],
    "protest_and_retreat": [0.89, 0.52, 0.45, 0.39],
    "fused": [0.77, 0.68, 0.14, 0.13],
    "parallel_lives": [0.45, 0.45, 0.38, 0.34],
    "adapt_and_detach": [0.90, 0.45, 0.41, 0.04],
}


@pytest.mark.parametrize("name", DIALS)
def test_invented_couples_have_the_published_modes(name: str) -> None:
    transition = transition_from_dials(*DIALS[name])
    sizes = np.sort(np.abs(np.linalg.eigvals(transition)))[::-1]
    np.testing.assert_allclose(sizes, SIZES[name], atol=0.008)


def test_only_the_chase_swings_visibly() -> None:
    swinging = {
        name
        for name, dials in DIALS.items()
        if any(mode.is_visible_cycle for mode in modes_of(transition_from_dials(*dials)))
    }
    assert swinging == {"chase"}
    chase = modes_of(transition_from_dials(*DIALS["chase"]))
    assert len(chase) == 3
    assert chase[0].period_days == pytest.approx(12.0, abs=0.5)
    assert chase[0].turn == pytest.approx(2.6, abs=0.05)


def test_half_lives_of_the_lab() -> None:
    for name, days in (("steady_two", 3.0), ("protest_and_retreat", 6.0), ("fused", 2.6)):
        transition = transition_from_dials(*DIALS[name])
        assert half_life_days(transition) == pytest.approx(days, abs=0.1)
        assert modes_of(transition)[0].half_life_days == pytest.approx(days, abs=0.1)


def test_what_if_changes_one_coupling_and_shortens_the_loop() -> None:
    transition = transition_from_dials(*DIALS["adapt_and_detach"])
    changed = what_if(transition, State.SELF_A, State.CONNECTION_B, times=0.5)
    difference = changed != transition
    assert np.argwhere(difference).tolist() == [[1, 2]]
    assert changed[1, 2] == pytest.approx(0.5 * transition[1, 2])
    push = np.array([0.0, 0.0, 1.0, 0.0])
    assert settle_time(changed, push).days < settle_time(transition, push).days


def test_what_if_refuses_to_enlarge_and_to_run_away() -> None:
    transition = transition_from_dials(*DIALS["steady_two"])
    with pytest.raises(DataError, match="between 0 and 1"):
        what_if(transition, State.SELF_A, State.SELF_A, times=1.2)
    braked = np.eye(4) * 0.5
    braked[:2, :2] = [[1.05, 0.5], [-0.5, 0.5]]
    with pytest.raises(DataError, match="ever settle"):
        what_if(braked, State.SELF_A, State.CONNECTION_A, times=0.0)


def test_a_path_is_powers_of_the_transition() -> None:
    transition = transition_from_dials(*DIALS["chase"])
    push = np.array([1.0, 0.0, 0.5, 0.0])
    path = path_after_push(transition, push, 5)
    np.testing.assert_allclose(path[5], np.linalg.matrix_power(transition, 5) @ push)


def test_settling_counts_the_days_until_a_tenth() -> None:
    transition = 0.5 * np.eye(4)
    found = settle_time(transition, np.array([2.0, 0.0, 0.0, 0.0]))
    assert (found.days, found.largest) == (4, 1.0)
    with pytest.raises(DataError, match="without a push"):
        settle_time(transition, np.zeros(4))


def test_dials_out_of_range_or_running_away_are_refused() -> None:
    with pytest.raises(DataError, match="eight dials"):
        transition_from_dials((0.5,) * 7, (0.5,) * 8)
    with pytest.raises(DataError, match="run away"):
        transition_from_dials((1.0,) * 8, (1.0,) * 8)


PLAYS = {
    "steady_two": Plays.SETTLES,
    "chase": Plays.CHASES,
    "protest_and_retreat": Plays.DRIFTS_APART,
    "fused": Plays.SETTLES,
    "parallel_lives": Plays.SIDE_BY_SIDE,
    "adapt_and_detach": Plays.SPIRALS,
}


@pytest.mark.parametrize("name", DIALS)
def test_invented_couples_play_out_as_they_are_meant_whoever_comes_first(name: str) -> None:
    transition = transition_from_dials(*DIALS[name])
    found = plays_out(transition)
    assert found.plays is PLAYS[name]
    assert (found.period_days is not None) == (name == "chase")
    swapped = plays_out(transition[np.ix_(SWAP, SWAP)])
    assert swapped.plays is found.plays
    assert swapped.period_days == pytest.approx(found.period_days)


def test_what_lasts_is_told_by_whether_both_move_alike() -> None:
    slow = np.diag([0.85, 0.3, 0.85, 0.3])
    for crossing, plays in ((0.1, Plays.PULLED_ALONG), (-0.1, Plays.DRIFTS_APART)):
        coupled = slow.copy()
        coupled[0, 2] = coupled[2, 0] = crossing
        coupled[0, 3] = 0.05
        assert plays_out(coupled).plays is plays
    assert plays_out(slow).plays is Plays.SIDE_BY_SIDE


def test_evenings_have_the_spread_of_ordinary_days_and_answering_noise() -> None:
    transition = transition_from_dials(*DIALS["parallel_lives"])
    evenings = diary_days(transition, 4000, seed=3)
    assert evenings.shape == (4000, 4)
    assert set(np.unique(evenings)) <= set(np.arange(0.0, 101.0, 10.0))
    np.testing.assert_allclose(evenings.mean(axis=0), usual_place(), atol=2.5)
    spread = ordinary_spread(transition)
    own = np.array([spread[0, 0, 0], spread[0, 1, 1], spread[1, 0, 0], spread[1, 1, 1]])
    # marker noise of variance .7 u squared and rounding to tens; a few answers meet the ends
    np.testing.assert_allclose(evenings.var(axis=0), own + 0.7 * 15**2 + 100 / 12, rtol=0.12)
    np.testing.assert_array_equal(evenings[:60], diary_days(transition, 4000, seed=3)[:60])


def test_a_push_begins_thirty_points_from_the_usual_place() -> None:
    transition = transition_from_dials(*DIALS["fused"])
    path = path_in_points(path_after_push(transition, np.array([-0.5, -1.0, 0.0, 0.0]), 3))
    np.testing.assert_allclose(path[0] - usual_place(), [-15.0, -30.0, 0.0, 0.0])
    np.testing.assert_allclose(usual_place(), 50.0)
