"""Django's entry for the diary app."""

from __future__ import annotations

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """Registers what the diary app exports and erases."""

    name = "counterpoint.web.diary"
    label = "diary"

    def ready(self) -> None:
        """Hand the app's export and erase to the portability registry."""
        from counterpoint.web.diary import portability  # noqa: PLC0415 - needs the models

        portability.register_all()
