"""Freezing and stopping, offered on the person's own quiet page and nowhere else anew."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from counterpoint.web.core.language import current_content
from counterpoint.web.couples import queries
from counterpoint.web.couples.views.page import person
from counterpoint.web.safety import beside


def render_sharing(request: HttpRequest) -> str:
    """Return the two forms, or nothing for whoever has no page for two."""
    viewer = person(request)
    if queries.current_membership(viewer) is None:
        return ""
    said = current_content().phrase
    given = queries.consents_given_by(viewer)
    context = {
        "is_frozen": bool(given) and all(row.frozen_at is not None for row in given.values()),
        "freeze_words": said("share.freeze"),
        "stop_words": said("share.stop"),
        "thaw_words": said("share.thawed"),
    }
    return render_to_string("couples/_yours.html", context, request=request)


def register_all() -> None:
    """Offer freezing and stopping beside the quiet line."""
    beside.register("sharing", render_sharing)
