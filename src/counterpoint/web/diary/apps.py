"""Django's entry for the diary app."""

from __future__ import annotations

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """Registers what the diary app exports and erases, and what it tells the reminders."""

    name = "counterpoint.web.diary"
    label = "diary"

    def ready(self) -> None:
        """Enter export and erase, and what is asked and answered."""
        from counterpoint.web.diary import (  # noqa: PLC0415 - these need the models
            portability,
            reminding,
        )

        portability.register_all()
        reminding.register_all()
