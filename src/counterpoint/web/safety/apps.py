"""Django's entry for the safety app."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Public pages, people to talk to, the way out, and the quiet check with its one line."""

    name = "counterpoint.web.safety"
    label = "safety"

    def ready(self) -> None:
        """Hand the app's export and erase to the portability registry."""
        from counterpoint.web.safety.portability import register_all  # noqa: PLC0415 - needs models

        register_all()
