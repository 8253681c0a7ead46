"""The page of then and now."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.dynamics.change_page import told_movements


@signed_in
@require_safe
def change(request: HttpRequest) -> HttpResponse:
    """Show each movement that is over beside the weeks before it."""
    said = current_content().phrase
    context = {
        "movements": told_movements(cast(User, request.user)),
        "lead": said("change.lead"),
        "not_yet": said("letter.open.change"),
        "when": said("change.when"),
        "reading": said("change.reading"),
    }
    return render(request, "dynamics/change.html", context)
