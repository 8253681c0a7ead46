"""What one partner may let the other see, and what may lie on the table. Plain words."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of thing that is shared or kept, each on its own."""

    PLACE = "place"
    PATTERNS = "patterns"
    DAYS = "days"
    SIGNS = "signs"
    PRACTICE = "practice"


JOINT_KINDS = (Kind.PATTERNS, Kind.DAYS)
"""Kinds that open nothing by themselves: both together let a joint picture be made."""


class CardKind(StrEnum):
    """What a card on the table of the week is about."""

    WORKED = "worked"
    APPRECIATION = "appreciation"
    WISH = "wish"
