"""Pages of the dynamics app: my plane, the simulated couple, the joint picture, two maps."""

from __future__ import annotations

from functools import lru_cache
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from counterpoint.content import LANGUAGES
from counterpoint.domain.couplings import Cost
from counterpoint.pictures import Picture, push_picture
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.couples import queries as couples_queries
from counterpoint.web.dynamics import queries
from counterpoint.web.dynamics.couple_page import CouplePage, couple_page
from counterpoint.web.dynamics.dance_page import dance_page
from counterpoint.web.dynamics.forms import MapForm
from counterpoint.web.dynamics.maps import Map, MapSentence, compare, map_sentences
from counterpoint.web.dynamics.own_page import own_page
from counterpoint.web.dynamics.services import maps as map_services
from counterpoint.web.dynamics.services.lab import play_map
from counterpoint.web.dynamics.simulated import simulated_couple

SAID_ON_MAPS = ("lead", "reading", "only_both", "question", "both")


@signed_in
@require_safe
def own_plane(request: HttpRequest) -> HttpResponse:
    """Show the person's own place, days and counts."""
    owner = cast(User, request.user)
    page = own_page(owner, clock.today(owner.zone))
    return render(request, "dynamics/plane.html", {"page": page})


@require_safe
def simulated(request: HttpRequest) -> HttpResponse:
    """Show the simulated couple to anybody."""
    page = _simulated_page(current_language())
    said = current_content().phrase
    one, two = page.names
    listen = said("pair.music.listen", one=one, other=two)
    context = {"page": page, "music_both": said("music.both"), "listen": listen}
    return render(request, "dynamics/simulated.html", context)


@lru_cache(maxsize=len(LANGUAGES))
def _simulated_page(language: str) -> CouplePage:
    return couple_page(simulated_couple())


@signed_in
@require_safe
def joint(request: HttpRequest) -> HttpResponse:
    """Show the joint picture, or the neutral state, whatever the reason."""
    _own_couple(request)
    viewer = cast(User, request.user)
    seen = queries.seen_picture(viewer)
    page = None if seen is None else dance_page(seen.picture, with_places=seen.with_places)
    said = current_content().phrase
    given = couples_queries.consents_given_by(viewer).values()
    context = {
        "page": page,
        "seen": seen,
        "opening": (said("dance.opening"), said("dance.not_for")),
        "how_often_wrong": said("dance.wrong"),
        "footing": (said("dance.until"), said("dance.broad")),
        "in_step_reading": said("dance.in_step.reading"),
        "music_both": said("music.both"),
        "listen": (said("music.listen.both"), said("music.listen.room")),
        "is_frozen": bool(given) and all(row.frozen_at is not None for row in given),
        "freeze_words": said("share.freeze"),
        "stop_words": said("share.stop"),
        "thaw_words": said("share.thawed"),
    }
    return render(request, "dynamics/joint.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def maps(request: HttpRequest) -> HttpResponse:
    """Show own map, and both if both lie open; keep the four sentences."""
    couple_id = _own_couple(request)
    viewer = cast(User, request.user)
    mine = queries.own_map(viewer)
    if request.method == "POST":
        form = MapForm(request.POST)
        if form.is_valid():
            map_services.save_map(viewer, couple_id, form.steps)
            return redirect("dynamics:maps")
    else:
        chosen = {} if mine is None else {cost.value: mine.steps[cost] for cost in Cost}
        form = MapForm(initial=chosen)
    both = queries.both_maps(viewer)
    said = current_content().phrase
    context = {
        "said": {name: said(f"maps.{name}") for name in SAID_ON_MAPS},
        "mine": mine,
        "own_picture": None if mine is None else _drawn(mine.steps, "mine", "picture.push.map"),
        "both": None
        if both is None
        else (
            _drawn(both[0], "both-mine", "picture.push.map.you"),
            _drawn(both[1], "both-theirs", "picture.push.map.partner"),
        ),
        "compared": () if both is None else compare(*both),
        "questions": [_question(form, sentence) for sentence in map_sentences()],
    }
    return render(request, "dynamics/maps.html", context, status=200)


@signed_in
@require_POST
def lay_open(request: HttpRequest) -> HttpResponse:
    """Lay own map open, where there is one."""
    map_services.lay_open(cast(User, request.user), _own_couple(request))
    return redirect("dynamics:maps")


@signed_in
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take own map back."""
    map_services.close_map(cast(User, request.user), _own_couple(request))
    return redirect("dynamics:maps")


def _own_couple(request: HttpRequest) -> UUID:
    """Return the id of the couple the viewer has a page for; there is no page else."""
    half = couples_queries.current_membership(cast(User, request.user))
    if half is None:
        raise Http404
    return half.couple_id


def _drawn(steps: Map, key: str, title: str) -> Picture:
    return push_picture(
        play_map(steps),
        title=current_content().phrase(title),
        key=key,
        language=current_language(),
    )


def _question(form: MapForm, sentence: MapSentence) -> dict[str, object]:
    bound = form[sentence.cost.value]
    chosen = str(bound.value())
    return {
        "name": sentence.cost.value,
        "legend": sentence.stem,
        "errors": bound.errors,
        "choices": [
            (step, words, str(step) == chosen) for step, words in enumerate(sentence.words)
        ],
    }
