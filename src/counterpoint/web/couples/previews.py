"""What the other would see of each kind: filled by the apps that hold the data.

An app above this one registers in its ``AppConfig.ready``::

    previews.register(Kind.PLACE, render_my_place)

The renderer takes the owner and returns safe HTML of exactly what the other sees, made from the
owner's own rows and from what was released already.
"""

from __future__ import annotations

from collections.abc import Callable

from counterpoint.web.accounts.models import User
from counterpoint.web.couples.kinds import Kind

Renderer = Callable[[User], str]

_renderers: dict[Kind, Renderer] = {}


def register(kind: Kind, renderer: Renderer) -> None:
    """Add or replace the renderer of one kind."""
    _renderers[kind] = renderer


def registered() -> tuple[Kind, ...]:
    """Return the kinds that can be shown, and therefore asked for, in their order."""
    return tuple(kind for kind in Kind if kind in _renderers)


def render(kind: Kind, owner: User) -> str:
    """Return what the other would see of a kind; empty where no app shows it yet."""
    renderer = _renderers.get(kind)
    return "" if renderer is None else renderer(owner)
