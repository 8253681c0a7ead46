"""Pages of the dynamics app: my plane, and the simulated couple."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.dynamics.couple_page import CouplePage, couple_page
from counterpoint.web.dynamics.own_page import own_page
from counterpoint.web.dynamics.simulated import simulated_couple


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
    return render(request, "dynamics/simulated.html", {"page": _simulated_page()})


@lru_cache(maxsize=1)
def _simulated_page() -> CouplePage:
    return couple_page(simulated_couple())
