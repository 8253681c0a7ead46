"""The bytes of sealed texts and of wrapped keys, made here by hand and opened by the site."""

from __future__ import annotations

import base64
import os
import secrets
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pytest_django import DjangoAssertNumQueries, Settings

from counterpoint.errors import DataError, SetupError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import DataKey, RetiredKey, User
from factories import damaged

HERE = keys.Place("diary.Checkin", uuid.UUID(int=7), "line")
NONCE = bytes(range(12))
MASTER = bytes(range(32))
FIRST, SECOND, THIRD = (bytes([number]) * 32 for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def key_file(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "master.key"
    path.write_text(line_of("k1", MASTER))
    settings.COUNTERPOINT_KEY_FILE = path
    return path


def line_of(name: str, key: bytes) -> str:
    return f"{name}:{base64.b64encode(key).decode()}\n"


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def wrapped(owner: User, generation: int, key: bytes) -> bytes:
    bound = f"{owner.pk}|k1" + ("" if generation == 1 else f"|{generation}")
    return b"\x01" + NONCE + AESGCM(MASTER).encrypt(NONCE, key, bound.encode())


def give_key(owner: User, generation: int, key: bytes) -> None:
    DataKey.objects.update_or_create(
        owner=owner,
        defaults={
            "generation": generation,
            "master_id": "k1",
            "wrapped": wrapped(owner, generation, key),
        },
    )


def retire_key(owner: User, generation: int, key: bytes) -> None:
    RetiredKey.objects.create(
        owner=owner, generation=generation, master_id="k1", wrapped=wrapped(owner, generation, key)
    )


def text(owner: User, generation: int, key: bytes, words: bytes = b"words") -> bytes:
    head = b"\x01" if generation == 1 else b"\x02" + generation.to_bytes(3, "big")
    bound = f"{owner.pk}|diary.Checkin|{HERE.row}|line".encode() + (
        b"" if generation == 1 else head
    )
    return head + NONCE + AESGCM(key).encrypt(NONCE, words, bound)


def refuses(act: Callable[[], object]) -> None:
    """Check that something cannot be read, in the very words of a page."""
    with pytest.raises(DataError) as caught:
        act()
    assert str(caught.value) == keys.CANNOT_BE_READ


def test_a_text_of_the_first_format_opens_with_the_first_key(owner: User) -> None:
    give_key(owner, 1, FIRST)
    assert keys.open_sealed(owner, HERE, text(owner, 1, FIRST)) == "words"
    assert keys.generation_of(text(owner, 1, FIRST)) == 1


def test_a_text_of_the_second_format_names_its_key(owner: User) -> None:
    give_key(owner, 0x010203, SECOND)
    sealed = text(owner, 0x010203, SECOND)
    assert sealed[:4] == b"\x02\x01\x02\x03"
    assert keys.generation_of(sealed) == 0x010203
    assert keys.open_sealed(owner, HERE, sealed) == "words"
    assert keys.seal(owner, HERE, "own words")[:4] == b"\x02\x01\x02\x03"


def test_what_is_sealed_here_has_the_same_bytes(owner: User) -> None:
    give_key(owner, 2, SECOND)
    sealed = keys.seal(owner, HERE, "wörds")
    head, nonce, body = sealed[:4], sealed[4:16], sealed[16:]
    bound = f"{owner.pk}|diary.Checkin|{HERE.row}|line".encode() + head
    assert AESGCM(SECOND).decrypt(nonce, body, bound) == "wörds".encode()
    assert len(body) == len("wörds".encode()) + keys.TAG_BYTES


def test_bytes_that_are_no_letters_are_shown_as_such(owner: User) -> None:
    give_key(owner, 2, SECOND)
    assert keys.open_sealed(owner, HERE, text(owner, 2, SECOND, b"a\xffb")) == "a\ufffdb"


@pytest.mark.parametrize("raw", [b"", b"\x02", b"\x02\x00\x00", b"\x03" + bytes(40), bytes(40)])
def test_what_is_no_sealed_text_has_no_generation(raw: bytes) -> None:
    refuses(lambda: keys.generation_of(raw))


def test_four_bytes_are_enough_to_name_a_key() -> None:
    assert keys.generation_of(b"\x02\x00\x00\x05") == 5


def test_a_text_shorter_than_its_tag_says_so(owner: User) -> None:
    give_key(owner, 2, SECOND)
    empty = text(owner, 2, SECOND, b"")
    assert keys.open_sealed(owner, HERE, empty) == ""
    refuses(lambda: keys.open_sealed(owner, HERE, empty[:-1]))
    torn = damaged(text(owner, 2, SECOND))
    refuses(lambda: keys.open_sealed(owner, HERE, torn))


def test_older_texts_open_with_the_key_they_name(owner: User, stranger: User) -> None:
    """Three generations of one person, and the same generations of somebody who came before."""
    for generation, key in ((1, THIRD), (2, FIRST)):
        retire_key(stranger, generation, key)
    give_key(owner, 3, THIRD)
    retire_key(owner, 2, SECOND)
    retire_key(owner, 1, FIRST)
    reader = fresh(owner)
    for generation, key in ((1, FIRST), (2, SECOND), (3, THIRD), (1, FIRST)):
        assert keys.open_sealed(reader, HERE, text(owner, generation, key)) == "words"
    refuses(lambda: keys.open_sealed(reader, HERE, text(owner, 4, FIRST)))
    RetiredKey.objects.filter(owner=owner, generation=1).delete()
    refuses(lambda: keys.open_sealed(fresh(owner), HERE, text(owner, 1, FIRST)))


def test_a_key_changed_meanwhile_is_read_again(owner: User) -> None:
    give_key(owner, 1, FIRST)
    holder = fresh(owner)
    assert keys.open_sealed(holder, HERE, text(owner, 1, FIRST)) == "words"
    give_key(owner, 2, SECOND)
    assert keys.open_sealed(holder, HERE, text(owner, 2, SECOND)) == "words"


def test_a_key_is_opened_once_for_an_object(
    owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give_key(owner, 2, SECOND)
    reader, other, sealed = fresh(owner), fresh(owner), text(owner, 2, SECOND)
    with django_assert_num_queries(1):
        keys.open_sealed(reader, HERE, sealed)
    with django_assert_num_queries(0):
        keys.open_sealed(reader, HERE, sealed)
        keys.seal(reader, HERE, "more")
    with django_assert_num_queries(1):
        keys.seal(other, HERE, "more")


def test_reading_makes_no_key(owner: User) -> None:
    refuses(lambda: keys.open_sealed(owner, HERE, text(owner, 2, SECOND)))
    assert not DataKey.objects.exists()


def test_a_key_that_vanished_meanwhile_is_not_made_anew_by_reading(owner: User) -> None:
    give_key(owner, 1, FIRST)
    holder = fresh(owner)
    keys.open_sealed(holder, HERE, text(owner, 1, FIRST))
    DataKey.objects.all().delete()
    refuses(lambda: keys.open_sealed(holder, HERE, text(owner, 2, SECOND)))
    assert not DataKey.objects.exists()


def test_a_key_that_another_request_made_first_is_taken(owner: User, stranger: User) -> None:
    keys.seal(stranger, HERE, "first")
    one, two = keys._make_data_key(owner), keys._make_data_key(owner)
    assert (one.pk, bytes(one.wrapped), two.owner_id) == (two.pk, bytes(two.wrapped), owner.pk)
    assert len(keys.unwrap(two)) == keys.KEY_BYTES


def test_destroying_takes_every_generation_of_that_person_alone(
    owner: User, stranger: User
) -> None:
    for person in (owner, stranger):
        give_key(person, 2, SECOND)
        retire_key(person, 1, FIRST)
    holder = fresh(owner)
    keys.open_sealed(holder, HERE, text(owner, 2, SECOND))
    keys.destroy_key(holder)
    for generation, key in ((1, FIRST), (2, SECOND)):
        refuses(lambda n=generation, k=key: keys.open_sealed(holder, HERE, text(owner, n, k)))
    assert set(DataKey.objects.values_list("owner", flat=True)) == {stranger.pk}
    assert set(RetiredKey.objects.values_list("owner", flat=True)) == {stranger.pk}


@pytest.mark.parametrize("generation", [1, 2, 7])
def test_a_wrapped_key_is_bound_to_person_master_and_generation(
    owner: User, stranger: User, generation: int
) -> None:
    row = DataKey(
        owner=owner,
        generation=generation,
        master_id="k1",
        wrapped=wrapped(owner, generation, SECOND),
    )
    assert keys.unwrap(row) == SECOND
    master_id, made = keys.wrap(owner.pk, generation, SECOND)
    assert (master_id, made[:1], len(made)) == ("k1", b"\x01", 1 + 12 + 32 + 16)
    bound = f"{owner.pk}|k1" + ("" if generation == 1 else f"|{generation}")
    assert AESGCM(MASTER).decrypt(made[1:13], made[13:], bound.encode()) == SECOND
    for other in (
        DataKey(owner=stranger, generation=generation, master_id="k1", wrapped=row.wrapped),
        DataKey(owner=owner, generation=generation + 1, master_id="k1", wrapped=row.wrapped),
        DataKey(owner=owner, generation=generation, master_id="k9", wrapped=row.wrapped),
        DataKey(owner=owner, generation=generation, master_id="k1", wrapped=b"\x01"),
    ):
        refuses(lambda row=other: keys.unwrap(row))


def test_a_changed_key_file_is_read_again(key_file: Path) -> None:
    assert keys.master_keys().by_id == {"k1": MASTER}
    before = key_file.stat()
    key_file.write_text(line_of("k2", FIRST))  # as long as before
    assert key_file.stat().st_size == before.st_size
    os.utime(key_file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert keys.master_keys() == keys.MasterKeys("k2", {"k2": FIRST})
    key_file.write_text(line_of("k3", SECOND) + line_of("k2", FIRST))
    os.utime(key_file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))  # as old as before
    assert keys.master_keys() == keys.MasterKeys("k3", {"k3": SECOND, "k2": FIRST})


def test_a_key_file_that_went_is_named(key_file: Path) -> None:
    key_file.unlink()
    with pytest.raises(SetupError) as caught:
        keys.master_keys()
    assert str(caught.value) == (
        f"COUNTERPOINT_KEY_FILE cannot be read: {key_file} (people's own words need it)"
    )


@pytest.mark.parametrize(
    ("line", "is_key"),
    [
        (line_of("k" * 32, FIRST), True),
        (line_of("k" * 33, FIRST), False),
        (line_of("k1:k2", FIRST), False),
        (line_of("k1", FIRST).replace(":", ":!"), False),
        (line_of("k1", FIRST[1:]), False),
        (line_of("k1", FIRST + b"\x00"), False),
    ],
)
def test_a_line_is_a_name_and_thirty_two_bytes(key_file: Path, line: str, is_key: bool) -> None:
    key_file.write_text(f"# a note\n\n  {line}")
    if is_key:
        assert list(keys.read_master_keys(key_file).by_id.values()) == [FIRST]
        return
    with pytest.raises(SetupError, match="line 3"):
        keys.read_master_keys(key_file)


def test_the_first_key_of_a_file_seals_and_all_open(key_file: Path) -> None:
    key_file.write_text(line_of("new", SECOND) + line_of("old", FIRST))
    assert keys.read_master_keys(key_file) == keys.MasterKeys("new", {"new": SECOND, "old": FIRST})


def test_every_nonce_is_new(owner: User) -> None:
    nonces = {keys.seal(owner, HERE, "same")[4:16] for _ in range(64)}
    nonces |= {keys.wrap(owner.pk, 1, secrets.token_bytes(32))[1][1:13] for _ in range(64)}
    assert len(nonces) == 128
