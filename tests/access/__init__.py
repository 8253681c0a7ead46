"""The access matrix: for every route, what each of the cast is answered. See README.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User

Answer = int | str


def no_arguments(owner: User) -> dict[str, Any]:
    """Return nothing: the route takes no arguments."""
    return {}


@dataclass(frozen=True)
class Row:
    """What one route answers to each of the cast.

    ``partner`` is joined with the owner; without a value they get what a stranger gets. A former
    partner, and accounts that a therapist or a host might have, always do; who is joined with a
    former partner gets what the owner's partner gets: their own page for two.
    """

    anonymous: Answer
    owner: Answer
    stranger: Answer
    partner: Answer | None = None
    args: Callable[[Any], dict[str, Any]] = no_arguments
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
