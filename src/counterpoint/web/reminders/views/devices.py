"""Devices that reminders go to: added by a script of the page, taken off by a form."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import get_own, signed_in
from counterpoint.web.core.device import is_shared, read_told
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.reminders import push_keys
from counterpoint.web.reminders.devices import add_device, end_device, renew_device
from counterpoint.web.reminders.models import PushDevice
from counterpoint.web.reminders.push_address import read_subscription

MOST_BYTES = 8_000
"""Several times what a browser sends."""


@signed_in
@require_POST
@sensitive_variables()
def add(request: HttpRequest) -> HttpResponse:
    """Put the device on the list whose browser sent this, where its person alone uses it."""
    if not push_keys.current_key() or is_shared(request.session):
        return JsonResponse({"is": "refused"}, status=HTTPStatus.CONFLICT)
    try:
        add_device(cast(User, request.user), read_subscription(read_told(request, MOST_BYTES)))
    except DataError as error:
        return JsonResponse({"is": "unreadable", "why": str(error)}, status=UNREADABLE)
    return JsonResponse({"is": "kept"})


@signed_in
@require_POST
def end(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Take a device off the list."""
    device = get_own(PushDevice, request, pk=device_id)
    end_device(cast(User, request.user), device.pk)
    messages.success(request, _("The device is off the list. Nothing is sent to it any more."))
    return redirect("reminders:page")


@csrf_exempt  # a browser's worker has no page to take a token from; the old address is the proof
@require_POST
@sensitive_variables()
def renew(request: HttpRequest) -> HttpResponse:
    """Take a new address for an old one, or no other; what is known here is never said."""
    told = read_told(request, MOST_BYTES)
    old, new = told.get("old"), told.get("new")
    try:
        if not isinstance(old, str):
            raise DataError("the address before is missing")
        renew_device(old, None if new is None else read_subscription(new))
    except DataError as error:
        return JsonResponse({"is": "unreadable", "why": str(error)}, status=UNREADABLE)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
