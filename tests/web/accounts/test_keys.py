"""Sealing people's own words."""

from __future__ import annotations

import base64
import secrets
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from counterpoint.errors import DataError, SetupError
from counterpoint.web.accounts.keys import (
    CANNOT_BE_READ,
    Place,
    destroy_key,
    open_sealed,
    read_master_keys,
    read_sealed,
    seal,
)
from counterpoint.web.accounts.models import DataKey, User
from factories import damaged

HERE = Place("diary.Checkin", uuid.UUID(int=7), "line")


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def key_line(name: str) -> str:
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}\n"


def test_there_and_back(owner: User) -> None:
    sealed = seal(owner, HERE, "We laughed. 💛 Ünder the table.")
    assert b"laughed" not in sealed
    assert open_sealed(fresh(owner), HERE, sealed) == "We laughed. 💛 Ünder the table."


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400))
def test_any_text_comes_back(owner: User, text: str) -> None:
    assert open_sealed(owner, HERE, seal(owner, HERE, text)) == text


def test_a_lone_surrogate_does_not_break_it(owner: User) -> None:
    assert open_sealed(owner, HERE, seal(owner, HERE, "a\ud800b")) == "a?b"


def test_the_same_words_look_different_each_time(owner: User) -> None:
    assert seal(owner, HERE, "same") != seal(owner, HERE, "same")


@pytest.mark.parametrize(
    "there",
    [
        Place("diary.Other", uuid.UUID(int=7), "line"),
        Place("diary.Checkin", uuid.UUID(int=8), "line"),
        Place("diary.Checkin", uuid.UUID(int=7), "other"),
    ],
)
def test_moved_words_cannot_be_read(owner: User, there: Place) -> None:
    sealed = seal(owner, HERE, "words")
    with pytest.raises(DataError, match=CANNOT_BE_READ):
        open_sealed(owner, there, sealed)


def test_nobody_else_can_read_them(owner: User, stranger: User) -> None:
    sealed = seal(owner, HERE, "words")
    seal(stranger, HERE, "others")
    assert read_sealed(stranger, HERE, sealed) == CANNOT_BE_READ


@pytest.mark.parametrize("position", [0, 1, 12, 13, -17, -1])
def test_damaged_words_say_so(owner: User, position: int) -> None:
    sealed = damaged(seal(owner, HERE, "words that matter"), position)
    assert read_sealed(owner, HERE, sealed) == CANNOT_BE_READ


@pytest.mark.parametrize("rest", [b"", b"\x01", b"\x01" + b"0" * 20])
def test_torn_words_say_so(owner: User, rest: bytes) -> None:
    seal(owner, HERE, "so that there is a key")
    assert read_sealed(owner, HERE, rest) == CANNOT_BE_READ


def test_without_the_key_they_are_gone(owner: User) -> None:
    sealed = seal(owner, HERE, "words")
    destroy_key(owner)
    assert not DataKey.objects.exists()
    assert read_sealed(owner, HERE, sealed) == CANNOT_BE_READ
    seal(owner, HERE, "a new key")
    assert read_sealed(owner, HERE, sealed) == CANNOT_BE_READ


def test_a_data_key_is_made_once_and_never_stored_open(owner: User) -> None:
    seal(owner, HERE, "one")
    keyring = owner.__dict__["_opened_keys"]
    key = keyring.by_generation[keyring.current]
    seal(fresh(owner), HERE, "two")
    row = DataKey.objects.get()
    assert key not in bytes(row.wrapped)


def test_a_swapped_data_key_opens_nothing(owner: User, stranger: User) -> None:
    sealed = seal(owner, HERE, "words")
    seal(stranger, HERE, "others")
    theirs = DataKey.objects.get(owner=stranger)
    DataKey.objects.filter(owner=owner).update(wrapped=bytes(theirs.wrapped))
    assert read_sealed(fresh(owner), HERE, sealed) == CANNOT_BE_READ


def test_an_older_master_key_still_opens(
    owner: User, stranger: User, settings: Settings, tmp_path: Path
) -> None:
    old, new = key_line("old"), key_line("new")
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    first.write_text(old)
    second.write_text(f"# rotated\n{new}{old}")
    third.write_text(new)
    settings.COUNTERPOINT_KEY_FILE = first
    sealed = seal(owner, HERE, "words")
    settings.COUNTERPOINT_KEY_FILE = second
    assert read_sealed(fresh(owner), HERE, sealed) == "words"
    seal(stranger, HERE, "later")
    assert DataKey.objects.get(owner=stranger).master_id == "new"
    settings.COUNTERPOINT_KEY_FILE = third
    assert read_sealed(fresh(owner), HERE, sealed) == CANNOT_BE_READ


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no key"),
        ("# only a note\n", "holds no key"),
        ("k1:AAAA\n", "line 1"),
        ("\nnot a key\n", "line 2"),
        ("k1:" + "!" * 44, "line 1"),
        (":" + base64.b64encode(bytes(32)).decode(), "line 1"),
    ],
)
def test_a_bad_key_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "keys"
    file.write_text(text)
    with pytest.raises(SetupError, match=said):
        read_master_keys(file)


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(key_line("k1") + key_line("k1"))
    with pytest.raises(SetupError, match="line 2"):
        read_master_keys(file)
