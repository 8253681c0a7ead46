"""Django's entry for the diary app."""

from __future__ import annotations

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """Registers what the diary app exports and erases, and what it tells the reminders."""

    name = "counterpoint.web.diary"
    label = "diary"

    def ready(self) -> None:
        """Enter export and erase, what is asked and answered, and the page kept by a device."""
        from counterpoint.web.core.shell import (  # noqa: PLC0415 - needs the settings
            OfflinePage,
            register_page,
        )
        from counterpoint.web.diary import (  # noqa: PLC0415 - these need the models
            portability,
            reminding,
        )

        portability.register_all()
        reminding.register_all()
        register_page(
            "evenings",
            OfflinePage("diary:offline_evening", ("diary/diary.css", "diary/evenings.js")),
        )
