"""Changing keys while the site runs, ended anywhere and begun again."""

from __future__ import annotations

import base64
import secrets
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from counterpoint.web.accounts import rotation
from counterpoint.web.accounts.keys import (
    CANNOT_BE_READ,
    FIRST_FORMAT,
    generation_of,
    master_keys,
    read_sealed,
    seal,
)
from counterpoint.web.accounts.models import DataKey, RetiredKey, User
from counterpoint.web.accounts.rotation import Standing, Tally, rotate, standing
from counterpoint.web.config.keyfile import add_master_key
from counterpoint.web.diary.models import Checkin
from counterpoint.web.diary.queries import line_place, own_words
from doors import add_app, code_now, sign_in
from factories import damaged
from people import make_person

LATER = timedelta(hours=2)


@pytest.fixture(autouse=True)
def key_file(settings: Settings, tmp_path: Path) -> Path:
    """Give each test a key file of its own."""
    path = tmp_path / "master.key"
    path.write_text(f"# note\nk1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n")
    path.chmod(0o600)
    settings.COUNTERPOINT_KEY_FILE = path
    return path


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def write_line(person: User, day: int, words: str) -> Checkin:
    """Keep a check-in with a line."""
    moment = datetime(2026, 3, day, 20, tzinfo=UTC)
    row = Checkin(
        id=uuid.uuid4(), owner=person, about_on=date(2026, 3, day), slot=1, recorded_at=moment,
        changed_at=moment, zone="UTC", checkin_version=1, c1=5, s1=5, e3=[],
    )  # fmt: skip
    row.line_sealed = seal(person, line_place(row), words)
    row.save(force_insert=True)
    return row


def lines_of(person: User) -> list[str | None]:
    return [own_words(fresh(person), row) for row in Checkin.objects.filter(owner=person)]


def generations_of(person: User) -> set[int]:
    return {generation_of(bytes(row.line_sealed)) for row in Checkin.objects.filter(owner=person)}


@pytest.fixture
def three(db: None) -> list[User]:
    """Three people with four lines and a code app each."""
    people = [make_person(name) for name in ("a", "b", "c")]
    for person in people:
        for day in range(1, 5):
            write_line(person, day, f"{person.email} on {day}")
        add_app(person)
    return people


def all_readable(people: list[User]) -> bool:
    return all(
        sorted(map(str, lines_of(person))) == [f"{person.email} on {day}" for day in range(1, 5)]
        and sign_in_works(person)
        for person in people
    )


def sign_in_works(person: User) -> bool:
    from django.core.cache import cache

    cache.clear()  # the code of this half minute may be used by each check
    browser, _ = sign_in(person)
    return bool(browser.post("/account/second/", {"code": code_now()}).status_code == 302)


def test_everything_moves_to_the_new_keys(three: list[User], key_file: Path) -> None:
    before = {bytes(row.wrapped) for row in DataKey.objects.all()}
    assert add_master_key(key_file) == "k2"
    assert standing() == Standing(people=3, older=3, retired=0)
    tally = rotate()
    assert tally == Tally(renewed=3, resealed=3 * (4 + 2))
    assert standing() == Standing(people=3, older=0, retired=3)
    assert all(generations_of(person) == {2} for person in three)
    assert all_readable(three)
    with time_machine.travel(datetime.now(UTC) + LATER):
        assert rotate() == Tally(deleted=3)
        assert all_readable(three)
    assert not RetiredKey.objects.exists()
    assert not before & {bytes(row.wrapped) for row in DataKey.objects.all()}
    assert rotation.masters_in_use() == {"k2"}


def test_the_old_master_key_can_go_afterwards(three: list[User], key_file: Path) -> None:
    add_master_key(key_file)
    rotate()
    lines = [line for line in key_file.read_text().splitlines() if not line.startswith("k1:")]
    key_file.write_text("\n".join(lines) + "\n")
    assert set(master_keys().by_id) == {"k2"}
    assert all_readable(three)


class Stop(Exception):  # noqa: N818 - it stands for kill -9
    """The machine stops here."""


def stops_after(monkeypatch: pytest.MonkeyPatch, name: str, calls: int) -> None:
    """Let one function of the rotation stop the machine after some calls."""
    whole: Callable[..., object] = getattr(rotation, name)
    left = [calls]

    def stopping(*args: object, **kwargs: object) -> object:
        if left[0] == 0:
            raise Stop
        left[0] -= 1
        return whole(*args, **kwargs)

    monkeypatch.setattr(rotation, name, stopping)


@pytest.mark.parametrize("name", ["renew", "reseal", "delete_retired"])
@pytest.mark.parametrize("calls", [0, 1, 2])
def test_interrupted_between_steps_all_is_readable_and_it_goes_on(
    three: list[User], key_file: Path, monkeypatch: pytest.MonkeyPatch, name: str, calls: int
) -> None:
    add_master_key(key_file)
    with monkeypatch.context() as patched:
        stops_after(patched, name, calls)
        with pytest.raises(Stop):
            rotate()
    assert all_readable(three)
    assert standing().is_unfinished
    rotate()
    assert all(generations_of(person) == {2} for person in three)
    assert all_readable(three)
    with time_machine.travel(datetime.now(UTC) + LATER):
        rotate()
        assert not standing().is_unfinished
        assert all_readable(three)


@pytest.mark.parametrize("texts", range(4))
def test_interrupted_between_two_texts(
    three: list[User], key_file: Path, monkeypatch: pytest.MonkeyPatch, texts: int
) -> None:
    add_master_key(key_file)
    whole, left = rotation.keys.seal, [texts]

    def stopping(*args: object) -> bytes:
        if left[0] == 0:
            raise Stop
        left[0] -= 1
        return whole(*args)

    with monkeypatch.context() as patched:
        patched.setattr(rotation.keys, "seal", stopping)
        with pytest.raises(Stop):
            rotate()
    first = min(three, key=lambda person: person.pk)
    assert generations_of(first) <= {1, 2}
    assert all_readable(three)
    rotate()
    assert all(generations_of(person) == {2} for person in three)
    assert all_readable(three)


def test_words_written_meanwhile_are_kept(owner: User, key_file: Path) -> None:
    row = write_line(owner, 1, "before")
    add_master_key(key_file)
    slow = fresh(owner)
    late = seal(slow, line_place(row), "written while the keys changed")  # holds the old key
    rotation.renew(owner.pk, new_data_keys=True)
    Checkin.objects.filter(pk=row.pk).update(line_sealed=late)
    assert lines_of(owner) == ["written while the keys changed"]
    quick = fresh(owner)
    texts = list(rotation._texts(quick))
    newer = seal(fresh(owner), line_place(row), "and once more")
    Checkin.objects.filter(pk=row.pk).update(line_sealed=newer)
    assert texts[0].replace(b"what the rotation made of the old words") is False
    rotate()
    assert lines_of(owner) == ["and once more"]


def test_an_object_that_holds_the_old_key_reads_the_new_words(owner: User, key_file: Path) -> None:
    row = write_line(owner, 1, "before")
    slow = fresh(owner)
    assert own_words(slow, row) == "before"
    add_master_key(key_file)
    rotate()
    row.refresh_from_db()
    assert generation_of(bytes(row.line_sealed)) == 2
    assert own_words(slow, row) == "before"


def test_a_damaged_text_is_left_and_holds_nothing_up(owner: User, key_file: Path) -> None:
    whole, torn = write_line(owner, 1, "whole"), write_line(owner, 2, "torn")
    Checkin.objects.filter(pk=torn.pk).update(line_sealed=damaged(torn.line_sealed))
    add_master_key(key_file)
    assert rotate() == Tally(renewed=1, resealed=1, unreadable=1)
    with time_machine.travel(datetime.now(UTC) + LATER):
        assert rotate() == Tally(unreadable=1, deleted=1)
    assert own_words(fresh(owner), Checkin.objects.get(pk=whole.pk)) == "whole"
    assert own_words(fresh(owner), Checkin.objects.get(pk=torn.pk)) is None


def test_data_keys_may_be_kept(owner: User, key_file: Path) -> None:
    write_line(owner, 1, "words")
    add_master_key(key_file)
    assert rotate(new_data_keys=False) == Tally(rewrapped=1)
    assert not standing().is_unfinished
    assert generations_of(owner) == {1}
    assert lines_of(owner) == ["words"]


def test_two_changes_one_upon_the_other(owner: User, key_file: Path) -> None:
    write_line(owner, 1, "words")
    for generation in (2, 3):
        add_master_key(key_file)
        rotate()
        assert generations_of(owner) == {generation}
        assert lines_of(owner) == ["words"]
    assert rotation.masters_in_use() == {"k3"}, "retired keys move to the newest master key too"
    assert RetiredKey.objects.count() == 2


def test_texts_of_the_first_format_are_read_and_renewed(owner: User, key_file: Path) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from counterpoint.web.accounts.keys import unwrap

    row = write_line(owner, 1, "new format")
    key, nonce = unwrap(DataKey.objects.get(owner=owner)), secrets.token_bytes(12)
    bound = f"{owner.pk}|diary.Checkin|{row.pk}|line".encode()
    first = FIRST_FORMAT + nonce + AESGCM(key).encrypt(nonce, b"first format", bound)
    Checkin.objects.filter(pk=row.pk).update(line_sealed=first)
    assert lines_of(owner) == ["first format"]
    add_master_key(key_file)
    rotate()
    assert generations_of(owner) == {2}
    assert lines_of(owner) == ["first format"]


def test_the_generation_is_part_of_the_seal(owner: User, key_file: Path) -> None:
    place = ("diary.Checkin", uuid.UUID(int=1), "line")
    sealed = bytearray(seal(owner, place, "words"))
    sealed[3] = 2
    assert read_sealed(fresh(owner), place, bytes(sealed)) == CANNOT_BE_READ


def test_a_new_master_key_keeps_the_file_private_and_whole(key_file: Path) -> None:
    before = key_file.read_text()
    assert add_master_key(key_file) == "k2"
    assert add_master_key(key_file) == "k3"
    text = key_file.read_text()
    assert text.endswith(before)
    assert [line.partition(":")[0] for line in text.splitlines()] == ["k3", "k2", "# note", "k1"]
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == ["master.key"]
    assert master_keys().current == "k3"
