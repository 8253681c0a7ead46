"""Every stored field has a class, and what is said of a class is true of each of its fields.

Whether a field is in the export is not read off its name: the field is changed, and the export
is made again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test.utils import isolate_apps
from pytest_django import Settings

from counterpoint.web.accounts import checks, field_classes, portability
from counterpoint.web.accounts.checks import check_classes, check_portability, check_words
from counterpoint.web.accounts.field_classes import EXPORTED, SEALED, FieldClass, classed
from counterpoint.web.accounts.keys import seal
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import classes_of, entries
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.accounts.takeaway import files_of
from counterpoint.web.diary.models import Checkin
from lives import one_of_each

OTHER_WORDS = "quite other words"
SECRETS_WITHOUT_SHAPE = ("generation", "master_id", "made_at", "retired_at")
"""Facts about a key that are too short to be looked for in a file."""


def fields_of(*kinds: FieldClass) -> list[tuple[str, str]]:
    """Return model label and field name of every field of some classes."""
    return [
        (model._meta.label, name)
        for model in apps.get_models()
        for name, kind in classes_of(model._meta.label).items()
        if kind in kinds
    ]


@pytest.fixture
def life(db: None, settings: Settings, tmp_path: Path) -> User:
    """Somebody who left behind everything that can be."""
    return one_of_each(settings, tmp_path)


def taken(person: User) -> bytes:
    """Return all a person takes away, file after file."""
    found = User.objects.get(pk=person.pk)
    return b"".join(body for entry in entries() for _, body in files_of(entry, found))


def rows_of(label: str, person: User) -> models.QuerySet[Any]:
    """Return the rows of a model that are a person's: their own, or their couple's."""
    model = apps.get_model(label)
    rows = model._default_manager.all()
    names = [name for name, kind in classes_of(label).items() if kind is FieldClass.OWNER]
    if model is User:
        return rows.filter(pk=person.pk)
    if label == "accounts.Letter":
        return rows
    if label == "account.EmailConfirmation":
        return rows.filter(email_address__user=person)
    if label == "couples.Couple":
        return rows.filter(memberships__person=person)
    if label == "couples.Release":
        return rows.filter(couple__memberships__person=person)
    (name,) = [name for name in names if model._meta.get_field(name).related_model is User][:1]
    return rows.filter(**{name: person})


def others(field: models.Field[Any, Any], value: Any) -> Iterator[Any]:
    """Yield other values that a field might hold."""
    if field.choices:
        yield from (choice for choice, _ in field.flatchoices if choice != value)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(field, models.UUIDField):
        yield uuid.uuid4()
    elif isinstance(field, models.DateTimeField):
        yield (value or datetime.fromisoformat("2026-01-01T00:00+00:00")) + timedelta(days=1)
    elif isinstance(field, models.DateField):
        yield (value or date(2026, 1, 1)) + timedelta(days=1000)
    elif isinstance(field, models.TimeField):
        yield time(5, 55)
    elif isinstance(field, models.IntegerField):
        yield from (number for number in (3, 2, 1, 5) if number != value)
    elif isinstance(field, models.FloatField):
        yield from (number for number in (0.25, 0.75) if number != value)
    elif isinstance(field, models.JSONField):
        yield {**value, next(iter(value), "new"): 4} if isinstance(value, dict) else [*value, "new"]
    else:
        yield "another"[: field.max_length]


def change(label: str, name: str, person: User) -> bool:
    """Change one field of one row of somebody; return whether there was one to change."""
    rows = rows_of(label, person)
    field = apps.get_model(label)._meta.get_field(name)
    found = rows.exclude(**{f"{name}__isnull": True}).order_by("pk").first() or rows.first()
    if found is None:
        return False
    one = apps.get_model(label)._default_manager.filter(pk=found.pk)
    for value in others(field, getattr(found, name)):
        try:
            with transaction.atomic():
                return bool(one.update(**{name: value}))
        except IntegrityError:
            continue
    return False


def reseal(label: str, name: str, person: User) -> bool:
    """Put other words in place of sealed ones; return whether there were any."""
    sources = [each for entry in entries() for each in entry.sealed]
    (source,) = [each for each in sources if each.column == f"{label}.{name}"]
    for text in source.texts(person):
        return text.replace(seal(person, text.place, OTHER_WORDS))
    return False


def test_every_field_has_a_class_that_fits() -> None:
    assert check_portability(None) == []
    assert check_classes(None) == []
    assert check_words(None) == []


def test_words_are_sealed_and_there_are_some() -> None:
    """A class that no field has would make the tests below empty."""
    assert {("diary.Checkin", "line_sealed"), ("couples.Card", "text_sealed")} <= set(
        fields_of(*SEALED)
    )
    for kind in FieldClass:
        if kind is not FieldClass.SAFETY:
            assert fields_of(kind), kind


def test_the_export_holds_the_classes_it_should_and_no_other(life: User) -> None:
    """Fields of what two people made are in nobody's export."""
    wrong, untried = [], []
    before = taken(life)
    for label, name in fields_of(*(EXPORTED - SEALED), FieldClass.JOINT):
        with transaction.atomic():
            if not change(label, name, life):
                untried.append(f"{label}.{name}")
            elif (taken(life) != before) is (classes_of(label)[name] is FieldClass.JOINT):
                wrong.append(f"{label}.{name}")
            transaction.set_rollback(True)
    assert (wrong, untried) == ([], [])
    look_for_sealed_words(life)
    look_for_secrets(life)


def look_for_sealed_words(life: User) -> None:
    """Own words are in the export; the screen for being safe is not."""
    for label, name in fields_of(*SEALED):
        if classes_of(label)[name] is FieldClass.WORDS:
            assert OTHER_WORDS.encode() not in taken(life)
        with transaction.atomic():
            there = reseal(label, name, life)
            now = OTHER_WORDS.encode() in taken(life)
            transaction.set_rollback(True)
        wanted = classes_of(label)[name] in EXPORTED
        assert now is wanted or not there, f"{label}.{name}"
        assert there or not wanted, f"{label}.{name}"


def look_for_secrets(life: User) -> None:
    """No hash, key or session is in the export."""
    everything = taken(life)
    looked = set()
    for label, name in fields_of(FieldClass.LOCKED):
        if name in SECRETS_WITHOUT_SHAPE:
            continue
        rows = apps.get_model(label)._default_manager.values_list(name, flat=True)
        for value in rows:
            parts = value.values() if isinstance(value, dict) else [value]
            for part in parts:
                raw = bytes(part) if isinstance(part, bytes | memoryview) else str(part).encode()
                if len(raw) >= 8:
                    assert raw not in everything, f"{label}.{name}"
                    assert raw.hex().encode() not in everything, f"{label}.{name}"
                    looked.add(f"{label}.{name}")
    named = {f"{label}.{name}" for label, name in fields_of(FieldClass.LOCKED)}
    assert {each for each in named if not each.endswith(SECRETS_WITHOUT_SHAPE)} == looked


def test_deleting_covers_every_model_that_is_held(life: User) -> None:
    held = [label for entry in entries() for label in entry.holds]
    free = {"sessions.Session", "jobs.Job"}
    kept = {label: list(rows_of(label, life).values_list("pk", flat=True)) for label in held
            if label not in free}  # fmt: skip
    assert all(kept.values()), kept
    delete_person(life)
    halves = {"couples.Membership", "couples.Couple"}  # an empty half stays for the other
    left = {
        label for label, keys in kept.items()
        if apps.get_model(label)._default_manager.filter(pk__in=keys).exists()
    }  # fmt: skip
    assert left <= halves
    text = str([list(apps.get_model(label)._default_manager.values()) for label in held])
    assert str(life.pk) not in text
    assert life.pk.hex not in text


def without(label: str, name: str) -> dict[str, portability.Entry]:
    """Return the entries, with one field left out of its class."""
    found = {}
    for entry in entries():
        holds = dict(entry.holds)
        if label in holds:
            holds[label] = {field: kind for field, kind in holds[label].items() if field != name}
        found[entry.label] = portability.Entry(
            entry.label, entry.export, entry.erase, holds, entry.sealed, entry.plain
        )
    return found


def test_a_field_without_a_class_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portability, "_entries", without("diary.Checkin", "c1"))
    (error,) = check_classes(None)
    assert error.id == "counterpoint.E006"
    assert "diary.Checkin.c1 has no class" in error.msg


def test_a_new_field_is_an_error_until_it_has_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = models.CharField(max_length=200)
    planted.set_attributes_from_name("note")
    whole = checks.stored_fields
    monkeypatch.setattr(
        checks,
        "stored_fields",
        lambda model: {**whole(model), "note": planted} if model is Checkin else whole(model),
    )
    (error,) = check_classes(None)
    assert "diary.Checkin.note has no class" in error.msg


def test_a_new_model_is_an_error_until_somebody_answers_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with isolate_apps("counterpoint.web.diary"):

        class Planted(models.Model):
            about = models.CharField(max_length=80)

            class Meta:
                app_label = "diary"

            def __str__(self) -> str:
                return "planted"

    whole = list(apps.get_models())
    monkeypatch.setattr(checks.apps, "get_models", lambda: [*whole, Planted])
    (error,) = check_portability(None)
    assert error.id == "counterpoint.E003"
    assert "diary.Planted" in error.msg


def test_words_that_are_not_sealed_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    (entry,) = [entry for entry in entries() if entry.label == "diary"]
    holds = {**entry.holds, "diary.Checkin": {**classes_of("diary.Checkin"), "n": FieldClass.WORDS}}
    planted = portability.Entry("diary", entry.export, entry.erase, holds, entry.sealed)
    monkeypatch.setitem(portability._entries, "diary", planted)
    (error,) = check_words(None)
    assert error.id == "counterpoint.E007"
    assert "diary.Checkin.n holds words" in error.msg
    unsealed = portability.Entry("diary", entry.export, entry.erase, entry.holds)
    monkeypatch.setitem(portability._entries, "diary", unsealed)
    unnamed = [str(error.msg).split()[0] for error in check_words(None)]
    locked = "diary.EveningDevice.private_sealed"  # sealed, and no words of anybody
    assert unnamed == [source.column for source in entry.sealed if source.column != locked]
    assert "diary.Checkin.line_sealed" in unnamed


def test_room_for_free_text_without_a_seal_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    note = models.TextField()
    whole = checks.stored_fields
    monkeypatch.setattr(
        checks,
        "stored_fields",
        lambda model: {**whole(model), "n": note} if model is Checkin else whole(model),
    )
    (error,) = check_words(None)
    assert "room for free text" in error.msg


def test_a_field_has_one_class() -> None:
    assert classed(answer="a b", owner="c")["b"] is FieldClass.ANSWER
    with pytest.raises(ValueError, match="a has two classes"):
        classed(answer="a", owner="a")
    with pytest.raises(ValueError, match="not a valid FieldClass"):
        classed(anything="a")
    assert not field_classes.SEALED & field_classes.MAY_BE_TEXT
