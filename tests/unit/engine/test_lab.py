import numpy as np
import pytest

from counterpoint.domain.couplings import State
from counterpoint.engine import (
    DIALS,
    half_life_days,
    modes_of,
    path_after_push,
    settle_time,
    transition_from_dials,
    what_if,
)
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
