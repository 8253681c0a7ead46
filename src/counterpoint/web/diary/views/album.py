"""Pages of the album: own days, corner by corner."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from counterpoint.domain.plane import Corner
from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.paging import page_number
from counterpoint.web.diary.album import CORNERS, leaf


@signed_in
@require_safe
def album(request: HttpRequest, number: int = 1) -> HttpResponse:
    """Show the days of one corner, the newest first, each with its own words."""
    if not 1 <= number <= len(CORNERS):
        raise Http404
    page = page_number(request)
    opened = leaf(cast(User, request.user), CORNERS[number - 1], page)
    if page > 1 and not opened.entries:
        raise Http404
    said = current_content().phrase
    context = {
        "leaf": opened,
        "number": number,
        "lead": said("album.lead") if opened.corner is Corner.NEAR_AND_MYSELF else "",
        "no_line": said("album.no_line"),
        "unreadable": said("safety.cannot_be_read"),
        "middle": said("corners.middle"),
        "newer": page - 1,
        "older": page + 1 if opened.has_older else None,
    }
    return render(request, "diary/album.html", context)
