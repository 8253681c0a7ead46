"""Days as music: own page, the sheet to print, the sound; both of an open diary; the simulated."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.ranges import answer_in_ranges
from counterpoint.web.couples import queries as couples_queries
from counterpoint.web.dynamics import queries
from counterpoint.web.dynamics.couple_page import simulated_piece
from counterpoint.web.dynamics.score_page import Piece, joint_piece, own_piece
from counterpoint.web.dynamics.simulated import simulated_couple

WAV = "audio/wav"


@signed_in
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show the person's own weeks as a piece for one voice."""
    said = current_content().phrase
    context = {
        "piece": own_piece(cast(User, request.user)),
        "lead": said("music.lead"),
        "none": said("empty.days"),
        "listen": (said("music.listen.alone"), said("music.listen.room")),
        "footing": (said("days.unknown"), said("music.weeks")),
        "paper": (said("music.paper"), said("music.found")),
    }
    return render(request, "dynamics/score.html", context)


@signed_in
@require_safe
def own_sheet(request: HttpRequest) -> HttpResponse:
    """Show the person's own weeks as a sheet to print."""
    piece = own_piece(cast(User, request.user))
    return redirect("dynamics:score") if piece is None else _sheet(request, piece, "music.own")


@signed_in
@require_safe
def own_sound(request: HttpRequest) -> HttpResponse:
    """Return the person's own weeks as sound."""
    return _sound(request, own_piece(cast(User, request.user)))


@signed_in
@require_safe
def joint_sheet(request: HttpRequest) -> HttpResponse:
    """Show both people's weeks as a sheet to print, where the diary is open to both."""
    piece = _open_piece(request)
    return redirect("dynamics:joint") if piece is None else _sheet(request, piece, "dance.opening")


@signed_in
@require_safe
def joint_sound(request: HttpRequest) -> HttpResponse:
    """Return both people's weeks as sound, where the diary is open to both."""
    return _sound(request, _open_piece(request))


@require_safe
def simulated_sound(request: HttpRequest) -> HttpResponse:
    """Return the weeks of the simulated couple as sound, to anybody."""
    return answer_in_ranges(request, _of_the_simulated_couple(), WAV)


@lru_cache(maxsize=1)
def _of_the_simulated_couple() -> bytes:
    return simulated_piece(simulated_couple()).sound()


def _open_piece(request: HttpRequest) -> Piece | None:
    """Return what an open diary holds for the viewer, who has a page for two or gets 404."""
    viewer = cast(User, request.user)
    if couples_queries.current_membership(viewer) is None:
        raise Http404
    seen = queries.seen_picture(viewer)
    if seen is None or seen.picture.numbers is None:
        return None
    return joint_piece(seen.picture.numbers)


def _sheet(request: HttpRequest, piece: Piece, opening: str) -> HttpResponse:
    said = current_content().phrase
    context = {
        "piece": piece,
        "opening": (said(opening), said("dance.not_for")),
        "print": (said("music.print"), said("music.found")),
        "back": "dynamics:score" if piece.partner is None else "dynamics:joint",
    }
    return render(request, "dynamics/sheet.html", context)


def _sound(request: HttpRequest, piece: Piece | None) -> HttpResponse:
    if piece is None:
        raise Http404
    return answer_in_ranges(request, piece.sound(), WAV)
