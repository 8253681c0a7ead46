"""Django's entry for the practice app."""

from __future__ import annotations

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Registers what the practice app exports and erases."""

    name = "counterpoint.web.practice"
    label = "practice"

    def ready(self) -> None:
        """Hand the app's export and erase to the portability registry."""
        from counterpoint.web.practice import (  # noqa: PLC0415 - needs the models
            portability,
            sharing,
        )

        portability.register_all()
        sharing.register_all()
