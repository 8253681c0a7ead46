"""Django's entry for the reminders app."""

from __future__ import annotations

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Reminders by mail and in one's own calendar."""

    name = "counterpoint.web.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Enter export and erase, what the worker does, and what follows a change of zone."""
        from counterpoint.web.accounts import zone_changes  # noqa: PLC0415 - needs the models
        from counterpoint.web.reminders import (  # noqa: PLC0415 - these need the models
            outbox,  # noqa: F401 - declares what it does later
            portability,
            services,
        )

        portability.register_all()
        zone_changes.register("reminders", services.follow_zone)
