"""Answers that no cache keeps, methods that forms know, and sessions that lock themselves."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from counterpoint.web.core import clock
from counterpoint.web.core.device import is_shared
from counterpoint.web.core.held import held_fields

Answer = Callable[[HttpRequest], HttpResponse]
BEGAN = "began_at"
SEEN = "seen_at"
SEEN_STEP_SECONDS = 60
BUSY = re.compile("locked|deadlock")
"""What SQLite and PostgreSQL say when two transactions are in each other's way."""
METHODS = ("GET", "HEAD", "POST")


class PrivateAnswers:
    """Marks every answer as private and not to be stored, and turns a busy database into 503."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then say that nobody may keep the answer."""
        response = self.get_response(request)
        response["Cache-Control"] = "private, no-store"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 503 when the database stayed locked for longer than we wait, or was entangled."""
        if not isinstance(error, OperationalError) or not BUSY.search(str(error)):
            return None
        sent = request.method == "POST"
        context = {"sent": sent, "again": held_fields(request) if sent else []}
        response = render(request, "core/busy.html", context, status=503)
        response["Retry-After"] = "5"
        return response


class PlainMethods:
    """Answers what forms and links can ask, and refuses every other method on every address."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say which methods there are."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class NoBlankPage:
    """Tells whoever reads an address that only takes forms that there is nothing here."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with words where there would be none."""
        response = self.get_response(request)
        if request.method == "GET" and isinstance(response, HttpResponseNotAllowed):
            response.content = render(request, "core/404.html", {"back": "/"}).content
        return response


class IdleLock:
    """Ends a session after idle time or twelve hours, whichever comes first.

    A device that was not named as one's own only is taken as shared: it locks sooner, and its
    session ends with the browser.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out whoever was away for too long, then answer."""
        if request.user.is_authenticated:
            self.look_at(request)
        return self.get_response(request)

    @staticmethod
    def look_at(request: HttpRequest) -> None:
        """End the session if it is too old or too idle; else note that it was used."""
        session = request.session
        moment = clock.machine_now().timestamp()
        began = session.setdefault(BEGAN, moment)
        seen = session.get(SEEN, moment)
        idle = (
            settings.SESSION_IDLE_SHARED_SECONDS
            if is_shared(session)
            else settings.SESSION_IDLE_SECONDS
        )
        if moment - seen > idle or moment - began > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif SEEN not in session or moment - seen >= SEEN_STEP_SECONDS:
            session[SEEN] = moment
