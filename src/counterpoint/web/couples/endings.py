"""What else has to close when somebody stops sharing or leaves: filled by the apps above.

An app that keeps something laid open for the other registers in its ``AppConfig.ready``::

    endings.register("maps", close_my_map)

It is called inside the transaction that stops or leaves, and changes the person's own rows only.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from counterpoint.web.accounts.models import User

Closer = Callable[[User, UUID], object]

_closers: dict[str, Closer] = {}


def register(name: str, closer: Closer) -> None:
    """Add or replace what closes one thing of a person in a couple."""
    _closers[name] = closer


def close_all(person: User, couple_id: UUID) -> None:
    """Close everything a person laid open in a couple."""
    for name in sorted(_closers):
        _closers[name](person, couple_id)
