"""What every template may know of the door of whoever is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from counterpoint.web.accounts.rules import is_settled
from counterpoint.web.core import clock


def door(request: HttpRequest) -> dict[str, Any]:
    """Say whether a way to sign in was added or changed within the last day."""
    changed_at = getattr(getattr(request, "user", None), "door_changed_at", None)
    fresh = changed_at is not None and not is_settled(changed_at, clock.machine_now())
    return {"door_changed_at": changed_at if fresh else None}
