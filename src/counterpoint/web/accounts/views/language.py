"""Choosing the language pages are written in, signed in or not."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import change_language


@csrf_exempt  # a page of somebody not signed in keeps no cookie, so none can prove where they were
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice, in a cookie until sign-in and with the person after it, and go back."""
    if isinstance(request.user, User):
        return _choose_for(request, request.user)
    return _chosen(request)


@csrf_protect
def _choose_for(request: HttpRequest, owner: User) -> HttpResponse:
    if _is_offered(request):
        change_language(owner, request.POST["language"])
    return _chosen(request)


def _chosen(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("back", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    answer = redirect(back if safe else "/")
    if _is_offered(request):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            request.POST["language"],
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return answer


def _is_offered(request: HttpRequest) -> bool:
    return request.POST.get("language", "") in dict(settings.LANGUAGES)
