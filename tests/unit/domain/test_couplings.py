"""States and costs: which entry of the transition matrix carries what."""

from __future__ import annotations

import pytest

from counterpoint.domain.couplings import STATES, Cost, State, state_of
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.domain.skills import Skill
from counterpoint.domain.styles import Style


def test_states_stand_in_the_order_of_every_state_vector() -> None:
    assert [state.value for state in STATES] == [
        "connection_a",
        "self_a",
        "connection_b",
        "self_b",
    ]
    assert [state.position for state in STATES] == [0, 1, 2, 3]
    assert [state_of(state.axis, state.member) for state in STATES] == list(STATES)


@pytest.mark.parametrize(
    ("cost", "of_a", "of_b", "sign"),
    [
        (Cost.CONTAGION, ("self_a", "self_b"), ("self_b", "self_a"), 1),
        (Cost.CLOSENESS_COSTS_SELF, ("self_a", "connection_a"), ("self_b", "connection_b"), -1),
        (Cost.SELF_COSTS_CLOSENESS, ("connection_a", "self_a"), ("connection_b", "self_b"), -1),
        (Cost.PULL_AWAY, ("connection_a", "connection_b"), ("connection_b", "connection_a"), -1),
    ],
)
def test_coupling_of_a_cost(
    cost: Cost, of_a: tuple[str, str], of_b: tuple[str, str], sign: int
) -> None:
    assert cost.coupling(Member.A) == of_a
    assert cost.coupling(Member.B) == of_b
    assert cost.sign == sign


def test_swapping_the_members_swaps_the_coupling() -> None:
    for cost in Cost:
        swapped = tuple(
            state_of(state.axis, state.member.other) for state in cost.coupling(Member.A)
        )
        assert swapped == cost.coupling(Member.B)


def test_two_costs_speak_for_each_stuck_style_and_each_has_its_skill() -> None:
    assert {cost.value: (cost.style, cost.skill) for cost in Cost} == {
        "contagion": (Style.CODEPENDENCE, Skill.TOLERATE_DISCOMFORT),
        "closeness_costs_self": (Style.CODEPENDENCE, Skill.RECEIVE_LOVE),
        "self_costs_closeness": (Style.INDEPENDENCE, Skill.EXPRESS_NEEDS),
        "pull_away": (Style.INDEPENDENCE, Skill.STAY_PRESENT),
    }
    assert {cost: (cost.effect_axis, cost.cause_axis) for cost in Cost} == {
        cost: (cost.coupling(Member.A)[0].axis, cost.coupling(Member.A)[1].axis) for cost in Cost
    }
    assert state_of(Axis.SELF, Member.B) is State.SELF_B
