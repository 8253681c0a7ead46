"""The two members of a dyad."""

from __future__ import annotations

from enum import StrEnum


class Member(StrEnum):
    """One of the two slots of a dyad.

    ``a`` and ``b`` are slots without gender or role: swapping them must swap every result and
    change nothing else.
    """

    A = "a"
    B = "b"

    @property
    def other(self) -> Member:
        """The other slot."""
        return Member.B if self is Member.A else Member.A
