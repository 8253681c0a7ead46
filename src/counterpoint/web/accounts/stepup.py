"""Proof that it is still the same person, before what an open session alone must not do."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from counterpoint.web.accounts.doors import has_second_step

FRESH_SECONDS = 5 * 60

View = TypeVar("View", bound=Callable[..., Any])


def is_fresh(request: HttpRequest) -> bool:
    """Whether the password, and the second step where there is one, were given just now.

    Signing in does not count: it may have been hours ago, or somebody else's open session.
    """
    user = request.user
    if not user.is_authenticated:
        return False
    given = {
        record["method"]
        for record in get_authentication_records(request, user)
        if record.get("reauthenticated") and 0 <= time.time() - record["at"] < FRESH_SECONDS
    }
    needed = {"password", "mfa"} if has_second_step(user) else {"password"}
    return needed <= given


def fresh_proof(view: View) -> View:
    """Ask for password and second step first, unless both were given just now.

    Stands below ``signed_in``. What was posted meanwhile is not kept: the person comes back to
    the page itself.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_fresh(request):
            return ask_for_proof(request)
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return cast(View, guarded)


def second_step_first(view: View) -> View:
    """Ask for both first where a second step is there; the view asks for the password itself."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if user.is_authenticated and has_second_step(user) and not is_fresh(request):
            return ask_for_proof(request)
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return cast(View, guarded)


def ask_for_proof(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks, and from there back to this one."""
    back = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('account_reauthenticate')}?{back}")
