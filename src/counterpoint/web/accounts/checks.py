"""System check: whatever belongs to a person can be taken away and is erased with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import entries


def models_of_people() -> Iterator[type[Model]]:
    """Yield every model with a key that leads to a person, and the person itself."""
    for model in apps.get_models():
        fields = (field for field in model._meta.get_fields() if field.concrete)
        if model is User or any(field.related_model is User for field in fields):
            yield model


@register
def check_portability(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that every model of people is named by an entry of the portability registry."""
    return [
        Error(
            f"{model._meta.label} belongs to a person but is neither exported nor erased.",
            hint="Name it in the app's accounts.portability.register(..., models=...).",
            obj=model,
            id="counterpoint.E003",
        )
        for model in models_of_people()
        if not any(entry.covers(model._meta.label) for entry in entries())
    ]
