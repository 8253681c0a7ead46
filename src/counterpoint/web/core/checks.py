"""System checks: what must hold before the site answers anybody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def check_exit(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that the quick exit leads to another site."""
    parts = urlsplit(settings.COUNTERPOINT_EXIT_URL)
    if parts.scheme == "https" and parts.hostname:
        return []
    return [
        Error(
            "The quick exit leads nowhere.",
            hint="Set COUNTERPOINT_EXIT_URL to an https:// address of a neutral site.",
            id="counterpoint.E001",
        )
    ]


@register(Tags.security)
def check_key_place(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that only the account the site runs under may read the master key file."""
    path = Path(settings.COUNTERPOINT_KEY_FILE)
    if not path.is_file() or not path.stat().st_mode & 0o077:
        return []  # a missing file is refused at start, with its own line
    return [
        Error(
            "Others on this machine can read the master key file.",
            hint=f"Run: chmod 600 {path}",
            id="counterpoint.E002",
        )
    ]
