"""Choosing the language pages are written in, signed in or not."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import change_language


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice, in a cookie until sign-in and with the person after it, and go back."""
    back, language = request.POST.get("back", "/"), request.POST.get("language", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    answer = redirect(back if safe else "/")
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            change_language(request.user, language)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return answer
