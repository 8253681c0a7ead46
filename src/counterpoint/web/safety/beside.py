"""What the apps above offer on the page of the quiet line: freezing and stopping what is shared.

An app registers in its ``AppConfig.ready``::

    beside.register("sharing", render_sharing)

The renderer takes the request of the person whose page it is and returns safe HTML, empty where
it has nothing to offer. It reads nothing of the quiet line.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

Renderer = Callable[[HttpRequest], str]

_renderers: dict[str, Renderer] = {}


def register(name: str, renderer: Renderer) -> None:
    """Add or replace one offer."""
    _renderers[name] = renderer


def render_all(request: HttpRequest) -> list[str]:
    """Return every offer that is there for whoever asks."""
    return [text for name in sorted(_renderers) if (text := _renderers[name](request))]
