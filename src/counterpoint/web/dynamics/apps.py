"""Django's entry for the dynamics app."""

from __future__ import annotations

from django.apps import AppConfig


class DynamicsConfig(AppConfig):
    """Registers what the app exports, erases and shows on the page for two, and its jobs."""

    name = "counterpoint.web.dynamics"
    label = "dynamics"

    def ready(self) -> None:
        """Enter this app in every registry it has a part in."""
        from counterpoint.web.assessment import after  # noqa: PLC0415 - needs the models
        from counterpoint.web.dynamics import (  # noqa: PLC0415 - needs the models
            portability,
            sign_pages,
            two,
        )
        from counterpoint.web.dynamics.services import (  # noqa: PLC0415 - declares the jobs
            change,  # noqa: F401 - declares a job
            joint,  # noqa: F401 - declares a job
            looks,  # noqa: F401 - declares a job
            solo,  # noqa: F401 - declares a job
        )

        portability.register_all()
        two.register_all()
        after.register("signs", sign_pages.notes_after_sitting)
