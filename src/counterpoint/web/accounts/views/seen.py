"""The page on what of one's own was opened to whom."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from counterpoint.web.accounts import seen as log
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.queries import seen_rows
from counterpoint.web.core.access import signed_in


@signed_in
@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first, and whether it is whole."""
    owner = cast(User, request.user)
    entries = log.log_of(owner)
    context = {
        "rows": seen_rows(entries),
        "whole": log.is_whole(entries),
        "mark": log.check_mark(entries),
    }
    return render(request, "accounts/seen.html", context)
