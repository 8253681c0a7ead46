"""Django's entry for the assessment app."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Registers what the assessment app exports and erases."""

    name = "counterpoint.web.assessment"
    label = "assessment"

    def ready(self) -> None:
        """Hand the app's export and erase to the portability registry."""
        from counterpoint.web.assessment import portability  # noqa: PLC0415 - needs the models

        portability.register_all()
