"""Django's entry for the reminders app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class RemindersConfig(AppConfig):
    """Reminders by mail, on one's own devices and in one's own calendar."""

    name = "counterpoint.web.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Enter export and erase, what the worker does, and what follows a change of zone."""
        from counterpoint.web.accounts import zone_changes  # noqa: PLC0415 - needs the models
        from counterpoint.web.core.shell import (  # noqa: PLC0415 - its routes need the apps
            WorkerPart,
            register_part,
        )
        from counterpoint.web.reminders import (  # noqa: PLC0415 - these need the models
            channels,
            devices,
            outbox,  # noqa: F401 - declares what it does later
            portability,
            push,
            services,
        )

        portability.register_all()
        channels.register(
            channels.Channel(
                devices.PUSH,
                gettext_lazy("On a device of mine"),
                push.send_push,
                devices.is_offered,
            )
        )
        register_part(devices.PUSH, WorkerPart("reminders/worker_push.js", push.worker_words))
        zone_changes.register("reminders", services.follow_zone)
