"""Evenings without a connection: turning it on for a device, its page, and what arrives."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import get_own, signed_in
from counterpoint.web.core.device import is_shared, read_told
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.diary.boxes import Box
from counterpoint.web.diary.evening_forms import FIXED_ORDER, BoxForm, EveningForm
from counterpoint.web.diary.evening_models import EveningDevice
from counterpoint.web.diary.evening_services import (
    FullDayError,
    add_device,
    read_box,
    record_evening,
)
from counterpoint.web.diary.forms import LINE_LENGTH, ScreenOneForm
from counterpoint.web.diary.services import ClosedDayError

MOST_BYTES = 16_000
CANNOT_BE_TAKEN = 409


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def evenings(request: HttpRequest) -> HttpResponse:
    """Say what a device would keep; give it a key where its person alone uses it."""
    is_others_too = is_shared(request.session)
    if request.method == "POST":
        if is_others_too:
            return redirect("diary:evenings")
        device, pair = add_device(_person(request))
        return JsonResponse({"device": str(device), "key": pair.public})
    return render(request, "diary/evenings.html", {"is_shared": is_others_too})


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def arrive(request: HttpRequest) -> HttpResponse:
    """Take one box; a GET tells a device of this person what sending one needs."""
    if request.method != "POST":
        get_own(EveningDevice, request, pk=request.GET.get("device", ""))
        return JsonResponse({"token": get_token(request), "shared": is_shared(request.session)})
    sent = BoxForm(read_told(request, MOST_BYTES))
    if not sent.is_valid():
        return _said("unreadable", UNREADABLE)
    device = get_own(EveningDevice, request, pk=sent.cleaned_data["device"])
    try:
        _take(_person(request), device, sent.box())
    except (ClosedDayError, FullDayError):
        return _said("closed", CANNOT_BE_TAKEN)
    except DataError:
        return _said("unreadable", UNREADABLE)
    return _said("kept", 200)


@require_safe
def offline_evening(request: HttpRequest) -> HttpResponse:
    """Show the five questions on the page for when there is no connection, without any data."""
    with translation.override(_known(request.GET.get("language", ""))):
        form = ScreenOneForm()
        context = {
            # without a connection a link leads nowhere
            "questions": [
                replace(one, item=replace(one.item, link="")) for one in form.questions(FIXED_ORDER)
            ],
            "line_item": current_content().checkin.items["l"],
            "line_length": LINE_LENGTH,
        }
        return render(request, "diary/offline.html", context)


offline_evening.before_privacy = True  # type: ignore[attr-defined]  # it holds nothing of anybody


def _take(owner: User, device: EveningDevice, box: Box) -> None:
    told = {**read_box(owner, device, box), "submission_key": box.id}
    with translation.override(_known(str(told.get("language", "")))):  # that of the page it is from
        form = EveningForm(told)
        if not form.is_valid():
            raise DataError("this box holds no evening")
        record_evening(owner, form.evening(), key=form.key)


def _known(language: str) -> str:
    """Return a language the site is offered in: the one asked for, or the one in force."""
    return language if language in dict(settings.LANGUAGES) else get_language() or "en"


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _said(what: str, status: int) -> JsonResponse:
    return JsonResponse({"is": what}, status=status)
