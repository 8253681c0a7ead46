"""What the apps above do when somebody's days are counted in another zone from now on.

An app registers in its ``AppConfig.ready``; it is told inside the transaction of the change.
"""

from __future__ import annotations

from collections.abc import Callable

from counterpoint.web.accounts.models import User

Follower = Callable[[User], None]

_followers: dict[str, Follower] = {}


def register(name: str, follower: Follower) -> None:
    """Add or replace what one app does."""
    _followers[name] = follower


def tell(owner: User) -> None:
    """Tell every app of a person whose zone is another one now."""
    for follower in _followers.values():
        follower(owner)
