"""Two of the cast who joined, and what each lets the other see."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User
    from counterpoint.web.couples.kinds import Kind
    from counterpoint.web.couples.models import Couple


def join(one: User, two: User) -> Couple:
    """Join two people by a code, as their pages would; return the couple."""
    from counterpoint.web.couples import queries, services

    code = services.invite(one, key=uuid.uuid4())
    assert code is not None
    assert services.accept(two, code)
    assert services.confirm(two)
    assert services.confirm(one)
    half = queries.current_membership(one)
    assert half is not None
    return half.couple


def share(person: User, *kinds: Kind) -> None:
    """Let a person's partner see some kinds of their things."""
    from counterpoint.web.couples import services

    for kind in kinds:
        services.grant(person, kind, text_version="1-1-1")


def share_both(one: User, two: User, *kinds: Kind) -> None:
    """Let each see some kinds of the other's things."""
    share(one, *kinds)
    share(two, *kinds)
