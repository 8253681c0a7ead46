"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from counterpoint.web.core import clock
from counterpoint.web.core.away import away_cookie
from counterpoint.web.core.language import current_content
from counterpoint.web.core.navigation import DESTINATIONS, where_in
from counterpoint.web.core.neutral import NEUTRAL_STATE, NEUTRAL_TITLE


def page(request: HttpRequest) -> dict[str, Any]:
    """Return title, navigation, way out and the marks of demo and simulated people."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    demo: bool = settings.COUNTERPOINT_DEMO
    match = request.resolver_match
    return {
        "neutral_title": _(NEUTRAL_TITLE),
        "neutral_state": _(NEUTRAL_STATE),
        "away_cookie": away_cookie(),
        "exit_url": settings.COUNTERPOINT_EXIT_URL,
        "destinations": DESTINATIONS if known else (),
        "guide": current_content().guide.get(match.view_name) if match else None,
        "here": where_in(match.view_name) if match else "",
        "demo": demo,
        "demo_today": clock.today(getattr(user, "zone", "UTC")) if demo else None,
        "simulated": bool(getattr(user, "simulated", False)),
    }
