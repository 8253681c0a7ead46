"""Django's entry for the accounts app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, keys, export and erase."""

    name = "counterpoint.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the system checks and this app's own entry for export and erase."""
        from counterpoint.web.accounts import checks, ownership  # noqa: F401, PLC0415 - need the models

        ownership.register_all()
