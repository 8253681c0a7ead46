"""Which page of a long list is asked for."""

from __future__ import annotations

from django.http import Http404, HttpRequest

MOST_PAGES = 10_000


def page_number(request: HttpRequest) -> int:
    """Return the page that ``?page=`` asks for, from one; what is no such number is not there.

    Raises
    ------
    Http404
        For anything else than a number from 1 to below `MOST_PAGES`.
    """
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < MOST_PAGES):
        raise Http404
    return int(text)
