"""Django's entry for the core app."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page stands on."""

    name = "counterpoint.web.core"
    label = "core"

    def ready(self) -> None:
        """Register the system checks."""
        from counterpoint.web.core import checks  # noqa: F401, PLC0415 - registering is importing
