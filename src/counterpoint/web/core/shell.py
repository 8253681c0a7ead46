"""What a browser that opted in may keep: a few static files and one page without any data.

``/worker.js`` is the service worker with that list written on top. Its uses are named in its
address, so that the browser's registration is the only memory of what was turned on there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import resolve, reverse
from django.utils.translation import get_language

from counterpoint.web.core.phone import read_look

PLAIN = "plain"
USES = ("install", "evenings", "push")
"""What a worker can be there for; each is turned on by the person on that device."""


@dataclass(frozen=True, slots=True)
class OfflinePage:
    """A page for when there is no connection.

    Parameters
    ----------
    route
        Name of its route. Its view answers everybody alike.
    files
        Static files it needs beside those of every page.
    """

    route: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkerPart:
    """What an app adds to the worker where its use is turned on.

    Parameters
    ----------
    template
        A template of JavaScript, put below the worker's own.
    told
        Returns what it reads from ``SHELL``, by name, in the language in force; the same for
        everybody.
    """

    template: str
    told: Callable[[], Mapping[str, str]] = dict


FILES = (
    "core/tokens.css",
    "core/base.css",
    "core/frame.css",
    "core/components.css",
    "core/device.js",
    "core/exit.js",
    "core/taps.js",
    "core/icon.svg",
)
_pages: dict[str, OfflinePage] = {PLAIN: OfflinePage("core:offline")}
_parts: dict[str, WorkerPart] = {}


def register_page(use: str, page: OfflinePage) -> None:
    """Name the page that stands in for the plain one where `use` is turned on."""
    _pages[use] = page


def register_part(use: str, part: WorkerPart) -> None:
    """Name what the worker does besides where `use` is turned on."""
    _parts[use] = part


def read_uses(text: str) -> tuple[str, ...]:
    """Return the known uses among words between spaces, in their own order."""
    asked = set(text.split())
    return tuple(use for use in USES if use in asked)


def page_for(uses: Sequence[str]) -> OfflinePage:
    """Return the offline page of the first use that has one of its own, else the plain one."""
    return next((_pages[use] for use in uses if use in _pages), _pages[PLAIN])


def worker_script(request: HttpRequest, uses: Sequence[str], name: str) -> str:
    """Return the service worker, with what it may keep and what it may say on top.

    Parameters
    ----------
    request
        The request; the language it is answered in is that of the page that is kept.
    uses
        What it is there for, of `USES`.
    name
        Key of the neutral name it bears.
    """
    page = page_for(uses)
    parts = [_parts[use] for use in uses if use in _parts]
    body = "\n".join(render_to_string(one) for one in ("core/worker.js", *_templates(parts)))
    files = [static(file) for file in (*FILES, *page.files)]
    told = json.dumps([files, body, _words_of(page, request)])
    shell: dict[str, object] = {
        "version": hashlib.sha256(told.encode()).hexdigest()[:16],
        "files": files,
        "offline": f"{reverse(page.route)}?language={get_language() or 'en'}",
        "title": read_look(name, "").label,
    }
    for part in parts:
        shell |= part.told()
    return f"const SHELL = {json.dumps(shell)};\n{body}"


def _templates(parts: Sequence[WorkerPart]) -> list[str]:
    return [part.template for part in parts]


def _words_of(page: OfflinePage, request: HttpRequest) -> str:
    """Return what stands on an offline page, so that a new wording is a new version."""
    text: str = resolve(reverse(page.route)).func(request).content.decode()
    return text
