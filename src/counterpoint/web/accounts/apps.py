"""Django's entry for the accounts app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, keys, export and erase."""

    name = "counterpoint.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the system checks and this app's own entry for export and erase."""
        from counterpoint.web.accounts import (  # noqa: PLC0415 - these need the models
            addresses,  # noqa: F401 - declares what it does later
            checks,  # noqa: F401 - registering is importing
            doors,  # noqa: F401 - listens
            ownership,
            visits,  # noqa: F401 - listens
        )

        ownership.register_all()
