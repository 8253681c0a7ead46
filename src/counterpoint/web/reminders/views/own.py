"""The page of one's own reminders, and one's times as a calendar."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.device import is_shared
from counterpoint.web.core.neutral import NEUTRAL_FILE
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.reminders import feeds, push_keys, queries, services
from counterpoint.web.reminders.devices import PUSH, devices_of
from counterpoint.web.reminders.forms import ReminderForm
from counterpoint.web.reminders.ics import calendar_of

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Show the reminders of whoever is signed in, and keep what they choose."""
    owner = cast(User, request.user)
    choice = queries.choice_of(owner)
    form, status = ReminderForm(owner=owner, choice=choice), 200
    if request.method == "POST":
        form, status = ReminderForm(request.POST, owner=owner, choice=choice), UNREADABLE
        if form.is_valid():
            services.keep_choice(owner, form.chosen)
            messages.success(request, _("Saved."))
            return redirect("reminders:page")
    return _page(request, owner, form, status)


@signed_in
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Make a secret address for a calendar, and show it this once."""
    owner = cast(User, request.user)
    token = feeds.renew_feed(owner)
    address = request.build_absolute_uri(reverse("reminders:feed", kwargs={"token": token}))
    form = ReminderForm(owner=owner, choice=queries.choice_of(owner))
    return _page(request, owner, form, 200, address=address)


@signed_in
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End the secret address."""
    feeds.end_feed(cast(User, request.user))
    messages.success(request, _("The address is closed."))
    return redirect("reminders:page")


@signed_in
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """Give one's own times as a file, once."""
    owner = cast(User, request.user)
    body = calendar_of(owner, queries.choice_of(owner))
    answer = HttpResponse(body, content_type=CALENDAR_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{NEUTRAL_FILE}.ics"'
    return answer


def _page(
    request: HttpRequest, owner: User, form: ReminderForm, status: int, *, address: str = ""
) -> HttpResponse:
    devices = list(devices_of(owner))
    shared = is_shared(request.session)
    push_key = push_keys.current_key()
    context = {
        "form": form,
        "devices": devices,
        "push_key": push_key,
        "is_shared": shared,
        "can_add": bool(push_key) and not shared,
        "has_times": form.initial["evenings"] or form.initial["sundays"],
        "is_unreached": form.initial["channel"] == PUSH and not devices,
        "standing": queries.standing(owner),
        "has_feed": queries.has_feed(owner),
        "address": address,
        "zone": owner.zone.replace("_", " "),
    }
    return render(request, "reminders/page.html", context, status=status)
