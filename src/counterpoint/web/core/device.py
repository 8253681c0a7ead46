"""What a script on somebody's device tells, and whether that device is theirs alone."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest


def is_shared(session: SessionBase) -> bool:
    """Whether the person did not say, at sign-in, that only they use this device."""
    return bool(session.get_expire_at_browser_close())


def read_told(request: HttpRequest, most_bytes: int) -> dict[str, Any]:
    """Return what a script sent as JSON; nothing where it is something else or too large.

    Parameters
    ----------
    request
        The request; its body is read.
    most_bytes
        Several times what our own script sends.
    """
    if len(request.body) > most_bytes:
        return {}
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
