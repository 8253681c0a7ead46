"""The deletion ledger: what was deleted stays deleted, whatever copy is restored."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from counterpoint.web.accounts import services
from counterpoint.web.accounts.ledger import ledger_path, mark_of, read_ledger, record_deletion
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import delete_person, replay_ledger
from counterpoint.web.jobs.models import Job
from people import PASSWORD, make_person


@pytest.fixture(autouse=True)
def ledger(settings: Settings, tmp_path: Path) -> Path:
    """Give each test a ledger of its own."""
    settings.COUNTERPOINT_LEDGER_FILE = tmp_path / "deleted.ledger"
    return tmp_path / "deleted.ledger"


def test_a_line_without_name_or_address(owner: User, ledger: Path) -> None:
    key, email = owner.pk, owner.email
    delete_person(owner)
    (line,) = ledger.read_text().splitlines()
    mark, day = line.split(" ")
    assert mark == mark_of(key)
    assert len(day) == 10
    assert str(key) not in line
    assert email not in line
    assert ledger.stat().st_mode & 0o777 == 0o600


def test_whoever_comes_back_with_an_old_copy_is_deleted_again(
    owner: User, partner: User, stranger: User
) -> None:
    kept = {name: getattr(owner, name) for name in ("pk", "email", "zone", "password")}
    delete_person(owner)
    assert replay_ledger() == 0
    User.objects.create(**kept)
    assert replay_ledger() == 1
    assert set(User.objects.values_list("pk", flat=True)) == {partner.pk, stranger.pk}
    assert replay_ledger() == 0


def test_the_site_starts_without_a_ledger(owner: User) -> None:
    assert read_ledger() == frozenset()
    assert replay_ledger() == 0


def test_it_only_grows(db: None, ledger: Path) -> None:
    people = [make_person(f"p{number}") for number in range(3)]
    for number, person in enumerate(people, start=1):
        before = ledger.read_bytes() if ledger.exists() else b""
        delete_person(person)
        assert ledger.read_bytes().startswith(before)
        assert len(read_ledger()) == number


def test_a_torn_line_hides_nothing(owner: User, stranger: User, ledger: Path) -> None:
    record_deletion(owner.pk)
    ledger.write_bytes(ledger.read_bytes() + b"0123abc")  # the machine stopped here
    record_deletion(stranger.pk)
    assert read_ledger() == {mark_of(owner.pk), mark_of(stranger.pk)}
    assert replay_ledger() == 2


def test_without_a_ledger_nothing_is_deleted(
    as_owner: Client, owner: User, settings: Settings, tmp_path: Path
) -> None:
    settings.COUNTERPOINT_LEDGER_FILE = tmp_path / "no" / "such" / "folder"
    as_owner.raise_request_exception = False
    data = {"words": "delete everything", "password": PASSWORD}
    assert as_owner.post("/account/leave/", data).status_code == 500
    assert User.objects.filter(pk=owner.pk).exists()


def test_stopped_between_ledger_and_rows_the_next_start_finishes(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stop(Exception):  # noqa: N818 - it stands for kill -9
        """The machine stops here."""

    def stopping(owner_id: object) -> None:
        record_deletion(owner.pk)
        raise Stop

    monkeypatch.setattr(services, "record_deletion", stopping)
    with pytest.raises(Stop):
        delete_person(User.objects.get(pk=owner.pk))
    assert User.objects.filter(pk=owner.pk).exists()
    assert replay_ledger() == 1
    assert not User.objects.filter(pk=owner.pk).exists()


def test_a_journal_that_is_being_read_is_wiped_by_the_worker(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "wipe_journal", lambda: False)
    services.wipe_journal_soon()
    assert Job.objects.filter(kind=services.WIPE).exists()
    with pytest.raises(TimeoutError):
        services.run_wipe("all")


def test_the_ledger_is_where_the_settings_say(ledger: Path) -> None:
    assert ledger_path() == ledger
    assert os.fspath(ledger).endswith("deleted.ledger")
