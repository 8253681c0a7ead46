"""What a link opens without signing in: ending messages, and one's times for a calendar."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from counterpoint.web.core.neutral import NEUTRAL_FILE
from counterpoint.web.reminders import feeds, queries, services
from counterpoint.web.reminders.ics import calendar_of
from counterpoint.web.reminders.message import read_stop_token
from counterpoint.web.reminders.views.own import CALENDAR_TYPE


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the messages one press after the link; following it alone changes nothing."""
    if read_stop_token(token) is None:
        raise Http404
    if request.method == "POST":
        services.stop_messages(token)
        return render(request, "reminders/stopped.html")
    return render(request, "reminders/stop.html")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give somebody's times to their calendar.

    An address that never was and one that is closed are answered alike.
    """
    owner = feeds.owner_of_feed(token)
    if owner is None:
        raise Http404
    answer = HttpResponse(calendar_of(owner, queries.choice_of(owner)), content_type=CALENDAR_TYPE)
    answer["Content-Disposition"] = f'inline; filename="{NEUTRAL_FILE}.ics"'
    return answer
