"""What stands on the page for two beside its own parts: filled by the apps above this one.

An app registers in its ``AppConfig.ready``::

    sections.register("maps", 20, render_maps)

The renderer takes the request (its user is the viewer) and returns safe HTML: one ``section``
with a heading of level two. It must be there from the day of joining, and must say the same
whatever the other shared, answered or left: it reads the other only through
``couples.queries``.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

Renderer = Callable[[HttpRequest], str]

_sections: dict[str, tuple[int, Renderer]] = {}


def register(name: str, order: int, renderer: Renderer) -> None:
    """Add or replace one section; smaller ``order`` stands higher (the table of the week: 10)."""
    _sections[name] = (order, renderer)


def render_all(request: HttpRequest) -> list[str]:
    """Return every section in its order."""
    ordered = sorted(_sections.items(), key=lambda entry: (entry[1][0], entry[0]))
    return [renderer(request) for _, (_, renderer) in ordered]
