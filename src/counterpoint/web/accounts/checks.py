"""System checks: what belongs to a person can be taken away, erased, and sealed anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db.models import BinaryField, Model

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import entries


def models_of_people() -> Iterator[type[Model]]:
    """Yield every model with a key that leads to a person, and the person itself."""
    for model in apps.get_models():
        fields = (field for field in model._meta.get_fields() if field.concrete)
        if model is User or any(field.related_model is User for field in fields):
            yield model


def models_near_people() -> tuple[type[Model], ...]:
    """Return every model that is tied to a person by keys, however far: a couple, its results."""
    near: set[type[Model]] = {User}
    ties = [
        (model, field.related_model)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and isinstance(field.related_model, type)
    ]
    grown = True
    while grown:
        grown = False
        for ends in ties:
            if len(near.intersection(ends)) == 1:
                near.update(ends)
                grown = True
    return tuple(sorted(near, key=lambda model: model._meta.label))


@register
def check_portability(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that every model tied to people is named by an entry of the portability registry."""
    return [
        Error(
            f"{model._meta.label} belongs to people but no app answers for its export and erasure.",
            hint="Name it in the app's accounts.portability.register(..., models=...).",
            obj=model,
            id="counterpoint.E003",
        )
        for model in models_near_people()
        if not any(entry.covers(model._meta.label) for entry in entries())
    ]


@register
def check_sealed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that of every binary column of people it is said whether it is sealed."""
    columns = [
        f"{model._meta.label}.{field.name}"
        for model in models_near_people()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField)
    ]
    return [
        Error(
            f"{column} is binary, and nobody says whether it is sealed.",
            hint="Name it in accounts.portability.register(..., sealed=... or plain=...).",
            id="counterpoint.E004",
        )
        for column in columns
        if not any(entry.knows_column(column) for entry in entries())
    ]


@register(Tags.security)
def check_ledger(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that the deletion ledger does not lie inside the data folder it has to outlive."""
    ledger = Path(settings.COUNTERPOINT_LEDGER_FILE).resolve()
    if settings.COUNTERPOINT_DEMO or not ledger.is_relative_to(settings.COUNTERPOINT_DATA):
        return []
    return [
        Error(
            "The deletion ledger lies in the data folder and would be restored with it.",
            hint="Set COUNTERPOINT_LEDGER_FILE to a path outside COUNTERPOINT_DATA.",
            id="counterpoint.E005",
        )
    ]
