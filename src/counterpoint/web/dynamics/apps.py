"""Django's entry for the dynamics app."""

from __future__ import annotations

from django.apps import AppConfig


class DynamicsConfig(AppConfig):
    """Registers what the app exports and erases, and the job that makes fits."""

    name = "counterpoint.web.dynamics"
    label = "dynamics"

    def ready(self) -> None:
        """Hand export and erase to the portability registry and the job to the queue."""
        from counterpoint.web.dynamics import portability  # noqa: PLC0415 - needs the models
        from counterpoint.web.dynamics.services import solo  # noqa: F401,PLC0415 - declares the job

        portability.register_all()
