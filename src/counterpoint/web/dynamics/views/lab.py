"""The pages of the lab: the dials in the address, or begun from one's own days; nothing kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.htmx import HtmxRequest
from counterpoint.web.core.language import current_content
from counterpoint.web.dynamics.lab_dials import NAMES, Dial, Pair, read_choice
from counterpoint.web.dynamics.lab_form import controls_of, sentence_of
from counterpoint.web.dynamics.lab_mine import own_dials, with_own
from counterpoint.web.dynamics.lab_page import frame_of
from counterpoint.web.dynamics.services.lab_dance import invented_pairs

SAID = (
    "title", "lead", "strangers", "nothing_kept", "not_yours", "no_answer",
    "dials_heading", "push.legend",
    "what_if.heading", "what_if.legend", "what_if.nothing", "what_if.how_much",
    "what_if.then", "what_if.now", "what_if.toy",
    "panel.push", "panel.days", "panel.plane", "panel.plane.said",
    "lesson.heading", "lesson.plain", "lesson.so", "lesson.try",
    "mine.link", "mine.back",
)  # fmt: skip


@require_safe
def lab(request: HtmxRequest) -> HttpResponse:
    """Show two invented people and sixteen dials; a change of a dial swaps the pictures only."""
    return _show(request, request.GET, invented_pairs(), {"address": reverse("dynamics:lab")})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def lab_mine(request: HtmxRequest) -> HttpResponse:
    """Show the lab with what the owner's days can tell in the first one's dials.

    The dials are sent in the body, so that no number of one's own stands in an address.
    """
    owner = cast(User, request.user)
    own = own_dials(owner, clock.today(owner.zone))
    pairs = {name: with_own(pair, own or {}) for name, pair in invented_pairs().items()}
    sent = request.POST if request.method == "POST" else request.GET
    mine = {"address": reverse("dynamics:lab_mine"), "is_mine": True, "of_mine": _tell_own(own)}
    return _show(request, sent, pairs, mine)


def _show(
    request: HtmxRequest,
    sent: Mapping[str, str],
    pairs: Mapping[str, Pair],
    context: dict[str, Any],
) -> HttpResponse:
    choice = read_choice(sent, pairs)
    said = current_content().phrase
    context = context | {
        "frame": frame_of(choice),
        "told": [said(f"lab.told.{told}") for told in choice.told],
        "said": {name.replace(".", "_"): said(f"lab.{name}") for name in SAID},
    }
    if request.htmx:
        return render(request, "dynamics/_lab_parts.html", context)
    return render(request, "dynamics/lab.html", context | {"form": controls_of(choice, pairs)})


def _tell_own(own: Mapping[Dial, int] | None) -> list[str]:
    """Say what stands in the dials from one's own days, and how little is sure about it."""
    said = current_content().phrase
    if own is None:
        return [said("lab.mine.closed")]
    if not own:
        return [said("lab.mine.none")]
    names = {"name": NAMES[Member.A], "second": NAMES[Member.B]}
    told = [
        said("lab.mine.which", what=sentence_of(Member.A, dial, value))
        for dial, value in own.items()
    ]
    return [
        said("lab.mine.open", **names),
        *told,
        said("lab.mine.uncertain"),
        said("lab.mine.other", **names),
    ]
