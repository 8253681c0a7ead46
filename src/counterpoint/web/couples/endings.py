"""What else has to close when somebody stops sharing or leaves: filled by the apps above.

An app that keeps something laid open for the other registers in its ``AppConfig.ready``::

    endings.register("maps", close_my_map)

It is called inside the transaction that stops or leaves, and changes the person's own rows only.

An app that fills joint pictures registers how the part of a kind is cut out of one::

    endings.register_cut(Kind.PLACE, without_places)

Cutting is done where the picture is kept, so that what was taken back is nowhere any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from counterpoint.web.accounts.models import User
from counterpoint.web.couples.kinds import Kind

Closer = Callable[[User, UUID], object]
Cut = Callable[[Mapping[str, Any]], dict[str, Any]]

_closers: dict[str, Closer] = {}
_cuts: dict[Kind, Cut] = {}


def register(name: str, closer: Closer) -> None:
    """Add or replace what closes one thing of a person in a couple."""
    _closers[name] = closer


def close_all(person: User, couple_id: UUID) -> None:
    """Close everything a person laid open in a couple."""
    for name in sorted(_closers):
        _closers[name](person, couple_id)


def register_cut(kind: Kind, cut: Cut) -> None:
    """Add or replace how the part of one kind is cut out of a joint picture's content."""
    _cuts[kind] = cut


def cut_out(kinds: Iterable[Kind], content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a joint picture without the parts of some kinds."""
    left = dict(content)
    for kind in sorted(set(kinds) & set(_cuts)):
        left = _cuts[kind](left)
    return left
