"""Pages for when something is not there, and the demo's next day."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from counterpoint.web.core import clock
from counterpoint.web.core.away import away_cookie
from counterpoint.web.core.held import held_words
from counterpoint.web.core.style_page import gather_samples

TRIES_PASS_SECONDS = 60
"""How long tries count that are answered with 429: all of those limits are by the minute."""


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer alike for what is missing and for what belongs to somebody else."""
    return render(request, "core/404.html", {"back": "/"}, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    return render(request, "core/400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was sent from a page grown too old."""
    return render(request, "core/stale.html", {"words": held_words(request)}, status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer somebody who tries too often, and say after how long it has passed."""
    response = render(request, "core/429.html", status=429)
    response["Retry-After"] = str(TRIES_PASS_SECONDS)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the fault is ours; reads no rows, since those may be what failed.

    Who pressed the way out is led away all the same; their session ends with the next request.
    """
    response = render(None, "core/500.html", status=500)
    if request.path == reverse("safety:leave"):
        response["Refresh"] = f"0; url={settings.COUNTERPOINT_EXIT_URL}"
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(away_cookie(), "1", secure=secure, samesite="Lax")
    return response


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every component with its states, to whoever builds; it holds nothing of anybody."""
    return render(request, "core/style.html", gather_samples())


@require_POST
def next_day(request: HttpRequest) -> HttpResponse:
    """Move the demo's clock to the next day and go back; there is no such place elsewhere."""
    if not settings.COUNTERPOINT_DEMO:
        raise Http404
    clock.move_forward(1)
    back = request.POST.get("back", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else "/")
