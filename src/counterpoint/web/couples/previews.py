"""What the other would see of each kind: filled by the apps that hold the data.

An app above this one registers in its ``AppConfig.ready``::

    previews.register(Kind.PLACE, render_my_place)

The renderer takes the owner and a moment, and returns safe HTML of exactly what the other sees:
made from the owner's own rows of before that moment, and from what was released already; empty
where there is nothing to see. It is the one way to both places, the owner's preview and the
other's page, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from counterpoint.web.accounts.models import User
from counterpoint.web.couples.kinds import Kind

Renderer = Callable[[User, datetime], str]

_renderers: dict[Kind, Renderer] = {}


def register(kind: Kind, renderer: Renderer) -> None:
    """Add or replace the renderer of one kind."""
    _renderers[kind] = renderer


def registered() -> tuple[Kind, ...]:
    """Return the kinds that can be shown, and therefore asked for, in their order."""
    return tuple(kind for kind in Kind if kind in _renderers)


def render(kind: Kind, owner: User, until: datetime) -> str:
    """Return what the other sees of a kind.

    Parameters
    ----------
    kind
        Which kind.
    owner
        Whose it is.
    until
        Nothing newer than this may be in it: the last turn of the week, or when it was frozen.

    Returns
    -------
    str
        Safe HTML; empty where there is nothing, or where no app shows this kind.
    """
    renderer = _renderers.get(kind)
    return "" if renderer is None else renderer(owner, until)
