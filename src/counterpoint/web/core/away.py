"""The quick exit, where its message to the server comes late or never.

The button blanks the page, sends word to the server and goes to another site at once. Whoever
presses Back may be faster than that word, and without a network it is lost. So the button also
leaves a cookie that only says "away": the next request of that browser, whatever it asks for,
is answered as to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse


def away_cookie() -> str:
    """Return the name of the cookie, with the prefix that the session's has."""
    return f"{settings.SESSION_COOKIE_NAME.removesuffix('session')}away"


class AwayFirst:
    """Ends the session of a browser that was left by the quick exit; forgets the cookie then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as to nobody if the browser says that it was left."""
        name = away_cookie()
        if name not in request.COOKIES:
            return self.get_response(request)
        logout(request)
        response = self.get_response(request)
        response.delete_cookie(name, samesite="Lax")
        return clear_device(response)


def clear_device(answer: HttpResponse, *, traces: bool = False) -> HttpResponse:
    """Have the browser forget all it keeps of the site, what waits to be handed over included.

    Parameters
    ----------
    answer
        What the browser gets.
    traces
        Whether its cache of answers goes too. There are only files in it that hold nothing of
        anybody, but they tell that the site was visited; emptying a large cache takes time.
    """
    answer["Clear-Site-Data"] = '"cache", "storage"' if traces else '"storage"'
    return answer


def forgets_device(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Clear the device wherever a view ends the session it was asked in."""

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        was_known = request.user.is_authenticated
        answer = view(request, *args, **kwargs)
        return clear_device(answer) if was_known and not request.user.is_authenticated else answer

    return ask
