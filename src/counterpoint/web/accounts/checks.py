"""System checks: what belongs to a person is classed, sealed, taken away and erased."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db.models import BinaryField, Model, TextField

from counterpoint.web.accounts.field_classes import MAY_BE_TEXT, SEALED, FieldClass
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import classes_of, entries

OF_NOBODY = ("auth.Group", "auth.Permission", "contenttypes.ContentType")
"""Models that come with Django and hold nothing of a person; none is ever used."""


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


def stored_fields(model: type[Model]) -> dict[str, Any]:
    """Return name to field of everything a model stores, keys to others included."""
    return {field.name: field for field in (*model._meta.fields, *model._meta.many_to_many)}


@register
def check_portability(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that every model is held by an entry of the portability registry."""
    return [
        Error(
            f"{model._meta.label} may hold something of people, and no app answers for it.",
            hint="Name it in the app's accounts.portability.register(..., holds=...).",
            obj=model,
            id="counterpoint.E003",
        )
        for model in apps.get_models()
        if model._meta.label not in OF_NOBODY
        and not any(entry.covers(model._meta.label) for entry in entries())
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


@register
def check_classes(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that every field of every model that is held has a class, and no other name has one."""
    found: list[CheckMessage] = []
    for entry in entries():
        for label, classes in entry.holds.items():
            stored = set(stored_fields(apps.get_model(label)))
            found += [
                Error(
                    f"{label}.{name} {what}.",
                    hint="Name each field once in accounts.portability.register(..., holds=...).",
                    id="counterpoint.E006",
                )
                for name, what in (
                    *((name, "has no class") for name in sorted(stored - set(classes))),
                    *((name, "has a class but does not exist") for name in classes.keys() - stored),
                )
            ]
    return found


@register
def check_words(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that own words lie in sealed columns, and that nothing else is named as sealed."""
    sealed = {source.column for entry in entries() for source in entry.sealed}
    found: list[CheckMessage] = []
    for model in apps.get_models():
        for name, kind in classes_of(model._meta.label).items():
            column = f"{model._meta.label}.{name}"
            field = stored_fields(model).get(name)
            if kind in SEALED and not (isinstance(field, BinaryField) and column in sealed):
                what = f"{column} holds {kind} and is not a sealed column."
            elif column in sealed and kind not in SEALED | {FieldClass.LOCKED}:
                what = f"{column} is sealed, and its class says that it is not."
            elif isinstance(field, TextField) and kind not in MAY_BE_TEXT:
                what = f"{column} has room for free text and is not sealed."
            else:
                continue
            hint = "Own words are a BinaryField, named in register(..., sealed=...)."
            found.append(Error(what, hint=hint, id="counterpoint.E007"))
    return found


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
