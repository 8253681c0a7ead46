"""The page of the lab: open to anybody, nothing kept, the dials in the address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from counterpoint.content import load_content
from counterpoint.web.dynamics.lab_dials import Choice, read_choice
from counterpoint.web.dynamics.lab_form import controls_of
from counterpoint.web.dynamics.lab_page import frame_of
from counterpoint.web.dynamics.services.lab_dance import invented_pairs

SAID = (
    "title", "lead", "strangers", "nothing_kept", "no_answer",
    "dials_heading", "push.legend",
    "what_if.heading", "what_if.legend", "what_if.nothing", "what_if.how_much",
    "what_if.then", "what_if.now", "what_if.toy",
    "panel.push", "panel.days", "panel.plane", "panel.plane.said",
    "lesson.heading", "lesson.plain", "lesson.so", "lesson.try",
)  # fmt: skip


@require_safe
def lab(request: HttpRequest) -> HttpResponse:
    """Show two invented people and sixteen dials; a change of a dial swaps the pictures only."""
    choice = read_choice(request.GET, invented_pairs())
    if request.headers.get("HX-Request"):
        return render(request, "dynamics/_lab_parts.html", _dance(choice))
    context = _dance(choice) | {"form": controls_of(choice, invented_pairs())}
    return render(request, "dynamics/lab.html", context)


def _dance(choice: Choice) -> dict[str, Any]:
    said = load_content().phrase
    return {
        "frame": frame_of(choice),
        "told": [said(f"lab.told.{told}") for told in choice.told],
        "said": {name.replace(".", "_"): said(f"lab.{name}") for name in SAID},
    }
