"""Public pages: what this is for, who can read what, whom to talk to, and the way out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from counterpoint.web.core import clock
from counterpoint.web.core.away import clear_device
from counterpoint.web.core.language import current_content
from counterpoint.web.safety.directory import shown


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Say what it is for; who is signed in goes on to their day, the demo to its sign-in."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if settings.COUNTERPOINT_DEMO and "about" not in request.GET:
        return redirect("account_login")
    return render(request, "safety/landing.html", {"text": current_content().page("landing")})


@require_safe
def page(request: HttpRequest, page_id: str) -> HttpResponse:
    """Show one page of words."""
    return render(request, "safety/page.html", {"text": current_content().page(page_id)})


@require_safe
def people(request: HttpRequest, page_id: str) -> HttpResponse:
    """Show whom to talk to, by a chosen country, never by address; nothing is stored."""
    content = current_content()
    asked = request.GET.get("country", settings.COUNTERPOINT_COUNTRY).upper()[:2]
    context = {
        "text": content.page(page_id),
        "shown": shown(clock.today("UTC"), asked),
        "none_verified": content.phrase("help.none_verified"),
        "directories_words": content.phrase("help.directories"),
        "is_own_part": page_id == "own_part",
    }
    return render(request, "safety/people.html", context)


@require_safe
def parted(request: HttpRequest, page_id: str) -> HttpResponse:
    """Show what happens to shared things once two have parted, with the ways to act on it."""
    return render(request, "safety/parted.html", {"text": current_content().page(page_id)})


@csrf_exempt  # an old page must still lead out; SameSite=Lax keeps others from ending a session
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session and lead to a neutral site, without a script."""
    logout(request)
    answer = render(request, "safety/left.html")
    answer["Refresh"] = f"0; url={settings.COUNTERPOINT_EXIT_URL}"
    return clear_device(answer, traces=True)
