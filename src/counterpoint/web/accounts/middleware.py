"""What holds on pages of a signed-in person: their zone and language, privacy before questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.queries import has_read_privacy, privacy_version
from counterpoint.web.accounts.rules import zone_of

Answer = Callable[[HttpRequest], HttpResponse]
READ = "privacy_read"
PRIVATE_ROOMS = (
    *(f"counterpoint.web.{app}." for app in ("assessment", "diary", "dynamics", "practice")),
    "counterpoint.web.safety.views.quiet.",
)


class OwnZone:
    """Shows times in the zone of whoever is signed in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with that zone in force."""
        user = request.user
        if not isinstance(user, User) and not user.is_authenticated:
            return self.get_response(request)
        with timezone.override(zone_of(user.zone)):
            return self.get_response(request)


class OwnLanguage:
    """Answers whoever is signed in in the language they chose, on every device."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in that language, say so, and leave none in force after it."""
        if not isinstance(request.user, User):
            return self.get_response(request)
        language = request.user.language  # who signs out meanwhile is answered in it, too
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PrivacyFirst:
    """Shows the page on who can read what before the first question.

    A view that may be seen without it sets ``view.before_privacy = True``.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the decision is made once the view is known."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, Any],  # noqa: ARG002 - Django's signature
    ) -> HttpResponse | None:
        """Lead to the privacy page if the view is private and the page was not accepted yet."""
        user = request.user
        private = f"{view.__module__}.".startswith(PRIVATE_ROOMS)
        if not private or not user.is_authenticated or getattr(view, "before_privacy", False):
            return None
        version = privacy_version()
        if request.session.get(READ) == version:
            return None
        if has_read_privacy(user):
            request.session[READ] = version
            return None
        return redirect("accounts:privacy")
