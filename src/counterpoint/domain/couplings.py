"""The state of a couple's day, and the four costs read from how one day moves the next."""

from __future__ import annotations

from enum import StrEnum

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.domain.skills import Skill
from counterpoint.domain.styles import Style


class State(StrEnum):
    """One of the four numbers of a couple's day: connection and self of each member.

    The order of definition is the index order of every state vector and matrix of the engine.
    """

    CONNECTION_A = "connection_a"
    SELF_A = "self_a"
    CONNECTION_B = "connection_b"
    SELF_B = "self_b"

    @property
    def axis(self) -> Axis:
        """The axis of the plane this number lies on."""
        return Axis.CONNECTION if self.value.startswith("connection") else Axis.SELF

    @property
    def member(self) -> Member:
        """The member this number belongs to."""
        return Member.A if self.value.endswith("_a") else Member.B

    @property
    def position(self) -> int:
        """Position in a state vector, 0 to 3."""
        return STATES.index(self)


STATES: tuple[State, ...] = tuple(State)
"""The four states in index order 0 to 3."""


def state_of(axis: Axis, member: Member) -> State:
    """Return the state of one member on one axis."""
    return State(f"{axis.value}_{member.value}")


class Cost(StrEnum):
    """A coupling in the direction in which one need is paid for with the other.

    Notes
    -----
    A coupling is an entry of the transition matrix, always ``[effect, cause]``: how far the
    effect moves on the next day per unit of the cause today. A cost has to be earned by data; a
    linear coupling has no direction of displacement, so its sentence is read both ways.
    Source: MODEL section 6; the assignment to styles and skills is the project's own reading.
    """

    CONTAGION = "contagion"
    """self <- partner's self, positive: "your upset becomes mine"."""

    CLOSENESS_COSTS_SELF = "closeness_costs_self"
    """self <- own connection, negative: "closeness costs me myself"."""

    SELF_COSTS_CLOSENESS = "self_costs_closeness"
    """connection <- own self, negative: "being myself costs closeness"."""

    PULL_AWAY = "pull_away"
    """connection <- partner's connection, negative: "you come closer, I step back"."""

    @property
    def effect_axis(self) -> Axis:
        """The axis that moves."""
        return _DEFINITIONS[self][0]

    @property
    def cause_axis(self) -> Axis:
        """The axis that moves it."""
        return _DEFINITIONS[self][1]

    @property
    def cause_is_partner(self) -> bool:
        """Whether the cause belongs to the partner."""
        return _DEFINITIONS[self][2]

    @property
    def sign(self) -> int:
        """+1 or -1: the coupling times this sign is larger when the cost is larger."""
        return _DEFINITIONS[self][3]

    @property
    def style(self) -> Style:
        """The style this cost is evidence of."""
        return _DEFINITIONS[self][4]

    @property
    def skill(self) -> Skill:
        """The skill that answers this cost."""
        return _DEFINITIONS[self][5]

    def coupling(self, member: Member) -> tuple[State, State]:
        """Return the entry of the transition matrix that carries this cost for one member.

        Parameters
        ----------
        member
            Whose cost it is: the member whose state moves.

        Returns
        -------
        tuple of State
            ``(effect, cause)``.
        """
        cause_member = member.other if self.cause_is_partner else member
        return state_of(self.effect_axis, member), state_of(self.cause_axis, cause_member)


_DEFINITIONS: dict[Cost, tuple[Axis, Axis, bool, int, Style, Skill]] = {
    Cost.CONTAGION: (
        Axis.SELF,
        Axis.SELF,
        True,
        1,
        Style.CODEPENDENCE,
        Skill.TOLERATE_DISCOMFORT,
    ),
    Cost.CLOSENESS_COSTS_SELF: (
        Axis.SELF,
        Axis.CONNECTION,
        False,
        -1,
        Style.CODEPENDENCE,
        Skill.RECEIVE_LOVE,
    ),
    Cost.SELF_COSTS_CLOSENESS: (
        Axis.CONNECTION,
        Axis.SELF,
        False,
        -1,
        Style.INDEPENDENCE,
        Skill.EXPRESS_NEEDS,
    ),
    Cost.PULL_AWAY: (
        Axis.CONNECTION,
        Axis.CONNECTION,
        True,
        -1,
        Style.INDEPENDENCE,
        Skill.STAY_PRESENT,
    ),
}
