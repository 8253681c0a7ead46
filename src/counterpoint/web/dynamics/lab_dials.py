"""The dials of the lab as an address holds them: read kindly, clamped and told. Pure; no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis

NAMES: Mapping[Member, str] = {Member.A: "Ari", Member.B: "Bo"}
"""The two invented people."""
TURNED = 100
"""A dial is written in hundredths: -100 to 100."""

Word = TypeVar("Word", bound=StrEnum)

Dials = tuple[tuple[int, ...], tuple[int, ...]]
"""Eight dials of the first and of the second, hundredths, in the order of `Dial`."""


class Dial(StrEnum):
    """The eight dials of a person, in the order of the model (``PARTNER_ORDER``)."""

    NEAR_HOLDS = "near_holds"
    SELF_TO_NEAR = "self_to_near"
    NEAR_TO_SELF = "near_to_self"
    SELF_HOLDS = "self_holds"
    OTHER_NEAR_TO_NEAR = "other_near_to_near"
    OTHER_SELF_TO_NEAR = "other_self_to_near"
    OTHER_NEAR_TO_SELF = "other_near_to_self"
    OTHER_SELF_TO_SELF = "other_self_to_self"

    @property
    def effect(self) -> Axis:
        """The axis that moves."""
        return _WHAT[self][0]

    @property
    def cause(self) -> Axis:
        """The axis it moves after."""
        return _WHAT[self][1]

    @property
    def is_from_other(self) -> bool:
        """Whether the cause is the other one's."""
        return _WHAT[self][2]

    @property
    def holds(self) -> bool:
        """Whether it is an own carry-over; such a dial is turned from 0 on."""
        return self.effect is self.cause and not self.is_from_other

    @property
    def is_in_front(self) -> bool:
        """Whether it is one of the four costs, which stand in front."""
        return _WHAT[self] in _COSTS


_WHAT: dict[Dial, tuple[Axis, Axis, bool]] = {
    Dial.NEAR_HOLDS: (Axis.CONNECTION, Axis.CONNECTION, False),
    Dial.SELF_TO_NEAR: (Axis.CONNECTION, Axis.SELF, False),
    Dial.NEAR_TO_SELF: (Axis.SELF, Axis.CONNECTION, False),
    Dial.SELF_HOLDS: (Axis.SELF, Axis.SELF, False),
    Dial.OTHER_NEAR_TO_NEAR: (Axis.CONNECTION, Axis.CONNECTION, True),
    Dial.OTHER_SELF_TO_NEAR: (Axis.CONNECTION, Axis.SELF, True),
    Dial.OTHER_NEAR_TO_SELF: (Axis.SELF, Axis.CONNECTION, True),
    Dial.OTHER_SELF_TO_SELF: (Axis.SELF, Axis.SELF, True),
}
_COSTS = {(cost.effect_axis, cost.cause_axis, cost.cause_is_partner) for cost in Cost}
SMALLER_DIALS = tuple(dial for dial in Dial if not dial.holds)
"""What the what-if may take away from."""


class Push(StrEnum):
    """What happens on the first day."""

    A_HARD = "a_hard"
    B_HARD = "b_hard"
    A_NEAR = "a_near"
    B_NEAR = "b_near"

    @property
    def member(self) -> Member:
        """Whose day it is."""
        return Member.A if self.value.startswith("a_") else Member.B

    @property
    def is_hard(self) -> bool:
        """A hard day, or else a near one."""
        return self.value.endswith("_hard")


class Left(StrEnum):
    """How much the what-if leaves of a dial."""

    HALF = "half"
    NONE = "none"

    @property
    def times(self) -> float:
        """By what the dial is multiplied."""
        return 0.5 if self is Left.HALF else 0.0


class Told(StrEnum):
    """What is said of an address that asks for something there is not."""

    CLAMPED = "clamped"
    UNREAD = "unread"


@dataclass(frozen=True)
class Pair:
    """One of the invented couples to begin from.

    Parameters
    ----------
    pair_id
        Its name in addresses and in the content.
    dials
        Its dials.
    push
        The push that shows it best.
    """

    pair_id: str
    dials: Dials
    push: Push


@dataclass(frozen=True)
class Smaller:
    """The one dial a what-if makes smaller."""

    member: Member
    dial: Dial
    left: Left


@dataclass(frozen=True)
class Choice:
    """Everything set in the lab.

    Parameters
    ----------
    pair_id
        The pair it began from.
    dials
        All sixteen.
    push
        What happens on the first day.
    what
        Member and dial of the what-if, if one is chosen.
    left
        How much of it is left.
    told
        What could not be taken as it stood in the address.
    """

    pair_id: str
    dials: Dials
    push: Push
    what: tuple[Member, Dial] | None = None
    left: Left = Left.NONE
    told: tuple[Told, ...] = ()

    @property
    def smaller(self) -> Smaller | None:
        """The what-if, if one is chosen."""
        return None if self.what is None else Smaller(*self.what, self.left)


def dial_name(member: Member, dial: Dial) -> str:
    """Return the name of a dial in addresses and forms, such as ``a3``."""
    return f"{member.value}{list(Dial).index(dial) + 1}"


def read_choice(sent: Mapping[str, str], pairs: Mapping[str, Pair]) -> Choice:
    """Read what an address or a form asks for; nothing it may hold is an error.

    Parameters
    ----------
    sent
        Names and values; unknown names are passed over.
    pairs
        The couples to begin from; the first is the one shown without a word.

    Returns
    -------
    Choice
        A dial past its ends stands at the nearer end; what cannot be read stands as in the pair.
        `Choice.told` says that either happened.
    """
    told: list[Told] = []
    pair = pairs.get(sent.get("pair", ""))
    if pair is None:
        pair = next(iter(pairs.values()))
        told.extend([Told.UNREAD] if sent.get("pair") else [])
    dials = (
        _read_dials(sent, Member.A, pair.dials[0], told),
        _read_dials(sent, Member.B, pair.dials[1], told),
    )
    push = _read_word(sent, "push", Push, pair.push, told)
    left = _read_word(sent, "left", Left, Left.NONE, told)
    return Choice(
        pair.pair_id, dials, push, _read_what(sent, told), left, tuple(dict.fromkeys(told))
    )


def _read_dials(
    sent: Mapping[str, str], member: Member, standing: tuple[int, ...], told: list[Told]
) -> tuple[int, ...]:
    return tuple(
        _read_dial(sent.get(dial_name(member, dial)), dial, value, told)
        for dial, value in zip(Dial, standing, strict=True)
    )


def _read_dial(text: str | None, dial: Dial, standing: int, told: list[Told]) -> int:
    if text is None or not text:
        return standing
    digits = text[1:] if text[0] in "+-" else text
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        told.append(Told.UNREAD)
        return standing
    asked = int(text)
    value = max(0 if dial.holds else -TURNED, min(TURNED, asked))
    if value != asked:
        told.append(Told.CLAMPED)
    return value


def _read_word(
    sent: Mapping[str, str], name: str, words: type[Word], standing: Word, told: list[Told]
) -> Word:
    text = sent.get(name, "")
    if text in {word.value for word in words}:
        return words(text)
    if text:
        told.append(Told.UNREAD)
    return standing


def _read_what(sent: Mapping[str, str], told: list[Told]) -> tuple[Member, Dial] | None:
    text = sent.get("what", "")
    for member in Member:
        for dial in SMALLER_DIALS:
            if text == dial_name(member, dial):
                return member, dial
    if text:
        told.append(Told.UNREAD)
    return None
