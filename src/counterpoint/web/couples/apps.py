"""Django's entry for the couples app."""

from __future__ import annotations

from django.apps import AppConfig


class CouplesConfig(AppConfig):
    """Registers what the couples app exports and erases."""

    name = "counterpoint.web.couples"
    label = "couples"

    def ready(self) -> None:
        """Hand the app's export and erase to the portability registry."""
        from counterpoint.web.couples.portability import register_all  # noqa: PLC0415 - needs models

        register_all()
