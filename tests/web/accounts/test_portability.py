"""What is taken away and what is erased: everything."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from pytest_django import Settings

from counterpoint.web.accounts import portability
from counterpoint.web.accounts.checks import (
    check_portability,
    check_sealed,
    models_near_people,
    models_of_people,
)
from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.keys import seal
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import Entry, entries, register
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.accounts.takeaway import files_of, stream_zip, write_csv, write_json
from counterpoint.web.jobs.models import Job
from counterpoint.web.jobs.services import enqueue
from lives import one_of_each
from people import PASSWORD


def rows_of(model: type[Model], person: User) -> int:
    """Count the rows of a model that lead to a person."""
    if model is User:
        return User.objects.filter(pk=person.pk).count()
    names = [
        field.name
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is User
    ]
    return sum(model._default_manager.filter(**{name: person.pk}).count() for name in names)


@pytest.fixture
def lived_in(owner: User) -> User:
    """A person with a key and a waiting job."""
    seal(owner, ("diary.Checkin", owner.pk, "line"), "words")
    enqueue("solo_fit", str(owner.pk))
    return owner


def open_zip(person: User) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(stream_zip(person))))


def test_every_model_of_people_is_covered() -> None:
    assert check_portability(None) == []
    assert {model._meta.label for model in models_of_people()} >= {
        "accounts.User",
        "accounts.DataKey",
        "accounts.Acceptance",
        "account.EmailAddress",
    }


def test_a_model_nobody_thought_of_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {label: row for label, row in portability._entries.items() if label != "account"}
    monkeypatch.setattr(portability, "_entries", kept)
    found = check_portability(None)
    assert {error.id for error in found} == {"counterpoint.E003"}
    assert "accounts.DataKey" in " ".join(error.msg for error in found)


def test_an_entry_covers_what_it_names_and_nothing_else() -> None:
    holds = {"diary.Checkin": classed(answer="c1")}
    entry = Entry("diary", export=lambda _: {}, erase=lambda _: None, holds=holds)
    assert entry.covers("diary.Checkin")
    assert not entry.covers("diary.Submission")


def test_what_is_tied_to_people_through_others_is_found() -> None:
    labels = {model._meta.label for model in models_near_people()}
    assert {"accounts.User", "account.EmailConfirmation", "mfa.Authenticator"} <= labels
    assert {"couples.Couple", "couples.Release"} <= labels
    assert "jobs.Job" not in labels


def test_a_binary_column_nobody_thought_of_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_sealed(None) == []
    (diary,) = [entry for entry in entries() if entry.label == "diary"]
    kept = {label: row for label, row in portability._entries.items() if label != "diary"}
    monkeypatch.setattr(portability, "_entries", kept)
    found = check_sealed(None)
    assert {error.id for error in found} == {"counterpoint.E004"}
    unknown = " ".join(str(error.msg) for error in found)
    assert len(found) == len(diary.sealed)
    assert all(source.column in unknown for source in diary.sealed)


def test_erasing_leaves_nothing(lived_in: User, stranger: User) -> None:
    before = {model: rows_of(model, stranger) for model in apps.get_models()}
    delete_person(lived_in)
    left = {model._meta.label: rows_of(model, lived_in) for model in models_of_people()}
    assert set(left.values()) == {0}, left
    assert not Job.objects.filter(key=str(lived_in.pk)).exists()
    assert before == {model: rows_of(model, stranger) for model in apps.get_models()}


def test_nothing_of_a_person_stays_in_any_table(lived_in: User) -> None:
    key, email = str(lived_in.pk), lived_in.email
    delete_person(lived_in)
    for model in apps.get_models():
        for row in model._default_manager.values():
            text = str(row)
            assert key not in text, model
            assert key.replace("-", "") not in text, model
            assert email not in text, model


def test_the_file_holds_every_entry(lived_in: User) -> None:
    archive = open_zip(lived_in)
    assert archive.testzip() is None
    names = archive.namelist()
    assert names[0] == "README.txt"
    for entry in entries():  # the quiet line is taken on its own page, and leaves no folder
        assert (f"{entry.label}/README.txt" in names) is (entry.label != "quiet")
    account = json.loads(archive.read("account/account.json"))
    assert account[0]["email"] == lived_in.email
    table = list(csv.DictReader(io.StringIO(archive.read("account/account.csv").decode())))
    assert table[0]["zone"] == "Europe/Berlin"
    everything = b"".join(archive.read(name) for name in names)
    assert PASSWORD.encode() not in everything
    assert lived_in.password.encode() not in everything


def test_only_ones_own(lived_in: User, stranger: User) -> None:
    archive = open_zip(stranger)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert lived_in.email.encode() not in everything
    assert str(lived_in.pk).encode() not in everything


def test_it_is_made_while_it_is_sent(as_owner: Client) -> None:
    answer = as_owner.post("/account/take-away/", {"password": PASSWORD})
    pieces: Iterator[bytes] = iter(answer)
    assert next(pieces).startswith(b"PK")
    rest = b"".join(pieces)
    assert rest.endswith(b"\x00\x00")


def test_no_cell_is_a_formula() -> None:
    rows = [{"line": text} for text in ("=1+1", "+49 x", "-2+3", "@x", "|cmd", "plain")]
    cells = [row["line"] for row in csv.DictReader(io.StringIO(write_csv(rows).decode()))]
    assert cells[-1] == "plain"
    assert not any(cell.startswith(("=", "+", "-", "@", "|")) for cell in cells)


def test_rows_of_different_columns_and_none_at_all() -> None:
    assert write_csv([]) == b""
    assert json.loads(write_json([])) == []
    rows: list[dict[str, Any]] = [{"a": 1}, {"b": [1, 2]}]
    table = list(csv.DictReader(io.StringIO(write_csv(rows).decode())))
    assert table == [{"a": "1", "b": ""}, {"a": "", "b": "[1, 2]"}]


def test_bytes_and_text_are_written_as_they_are(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portability, "_entries", {})
    entry = register(
        "extra",
        export=lambda _: {"picture.svg": b"<svg/>", "note.txt": "hello", "t": [{"x": 1}]},
        erase=lambda _: None,
        holds={},
        codebook={"x": "a number"},
    )
    files = dict(files_of(entry, owner))
    assert files["picture.svg"] == b"<svg/>"
    assert files["note.txt"] == b"hello"
    assert b"x: a number" in files["README.txt"]
    assert set(files) == {"README.txt", "picture.svg", "note.txt", "t.json", "t.csv"}


@pytest.fixture
def ten_weeks(db: None, settings: Settings, tmp_path: Path) -> User:
    """Somebody who left behind everything that can be."""
    return one_of_each(settings, tmp_path)


def test_ten_weeks_go_with_their_person(ten_weeks: User) -> None:
    held = {model: rows_of(model, ten_weeks) for model in models_of_people()}
    assert [model._meta.label for model, count in held.items() if count == 0] == []
    maps = json.loads(open_zip(ten_weeks).read("dynamics/maps.json"))
    assert [row["contagion"] for row in maps] == [3]
    archive = open_zip(ten_weeks)
    days = json.loads(archive.read("diary/checkins.json"))
    assert len(days) == held[apps.get_model("diary", "Checkin")] >= 46
    lines = [row["line"] for row in days if row["line"]]
    assert lines
    assert not any("cannot be read" in line for line in lines)
    for entry in entries():
        entry.erase(ten_weeks)
    left = {model._meta.label: rows_of(model, ten_weeks) for model in models_of_people()}
    assert {label for label, count in left.items() if count} == {"accounts.User"}
    delete_person(ten_weeks)
    assert rows_of(User, ten_weeks) == 0
