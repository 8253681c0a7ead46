"""The page on putting the site on a phone, and what an installed app asks for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import check_for_language, get_language
from django.views.decorators.http import require_safe

from counterpoint.web.core.access import signed_in
from counterpoint.web.core.phone import ICONS, NAMES, manifest, read_look
from counterpoint.web.core.shell import read_uses, worker_script


@signed_in
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """Say what an icon on the phone means, let name and drawing be chosen, and offer the rest."""
    is_chosen = "name" in request.GET
    look = read_look(request.GET.get("name", ""), request.GET.get("icon", ""))
    context = {"names": NAMES, "icons": ICONS, "look": look, "is_chosen": is_chosen}
    return render(request, "core/phone.html", context)


@require_safe
def app_manifest(request: HttpRequest) -> HttpResponse:
    """Answer the manifest of the name and icon in the address."""
    look = read_look(request.GET.get("name", ""), request.GET.get("icon", ""))
    with translation.override(_language(request)):
        told = manifest(look, get_language() or "en")
        return JsonResponse(told, content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the service worker for the uses, name and language in the address."""
    with translation.override(_language(request)):
        text = worker_script(
            request, read_uses(request.GET.get("for", "")), request.GET.get("name", "")
        )
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show the page for when there is no connection: the same for everybody, without any data."""
    with translation.override(_language(request)):
        return render(request, "core/offline.html")


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked and check_for_language(asked) else get_language() or "en"
