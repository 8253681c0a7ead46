"""Django's entry for the couples app."""

from __future__ import annotations

from django.apps import AppConfig


class CouplesConfig(AppConfig):
    """Registers what the couples app exports, erases and offers beside the quiet line."""

    name = "counterpoint.web.couples"
    label = "couples"

    def ready(self) -> None:
        """Enter this app in every registry it has a part in."""
        from counterpoint.web.couples import beside, portability  # noqa: PLC0415 - needs models

        portability.register_all()
        beside.register_all()
