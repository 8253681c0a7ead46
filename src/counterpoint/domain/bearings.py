"""Words for what two people's days can tell together: coarse ones, and one for not said."""

from __future__ import annotations

from enum import StrEnum


class Bearing(StrEnum):
    """Which way a coupling leans; said at P >= .8 beyond the threshold (MODEL section 7)."""

    COSTS = "costs"
    SUPPORTS = "supports"
    NOT_SAID = "not_said"


class SameDay(StrEnum):
    """How one person's nearness and self lie on the same day."""

    TOGETHER = "together"
    TURNS = "turns"
    NOT_SAID = "not_said"


class InStep(StrEnum):
    """How far two people rise and fall on the same days. None of them is better."""

    LITTLE = "little"
    SOME = "some"
    MUCH = "much"
    NOT_SAID = "not_said"


class Room(StrEnum):
    """Who of the two would rather have had more closeness."""

    A = "a"
    B = "b"
    ALIKE = "alike"
    NOT_SAID = "not_said"


class Often(StrEnum):
    """How often, without a number."""

    HARDLY_EVER = "hardly_ever"
    NOW_AND_THEN = "now_and_then"
    OFTEN = "often"
    NOT_SAID = "not_said"
