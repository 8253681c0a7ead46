"""Mails wait sealed in the database; a request takes the same whether or not there is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from counterpoint.web.accounts import letters
from counterpoint.web.accounts.letters import LETTER, Outbox, hand_over, keep_letter
from counterpoint.web.accounts.models import Letter, User
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.jobs.models import Job
from counterpoint.web.jobs.services import claim, enqueue, enqueue_due
from counterpoint.web.jobs.worker import run_next
from people import PASSWORD

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
UNKNOWN = "nobody@example.org"


@pytest.fixture(autouse=True)
def outbox(settings: Settings) -> None:
    """Keep letters, as a real site does; hand them to the memory instead of a server."""
    settings.EMAIL_BACKEND = f"{Outbox.__module__}.{Outbox.__qualname__}"
    settings.COUNTERPOINT_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


def work() -> int:
    """Do what waits in the queue; return how much it was."""
    done = 0
    while run_next():
        done += 1
    return done


def ask_for_password(email: str) -> int:
    return Client().post("/account/password/new/", {"email": email}).status_code


def sign_up(email: str) -> int:
    data = {"email": email, "password1": PASSWORD, "zone": "UTC"}
    return Client().post("/account/sign-up/", data).status_code


def letter_to(*people: str) -> Letter:
    return keep_letter(EmailMessage("Hello", "private words", None, list(people)))


def test_a_mail_goes_out_with_the_worker_and_leaves_nothing(owner: User) -> None:
    ask_for_password(owner.email)
    assert mail.outbox == []
    assert work() == 1
    assert [message.to for message in mail.outbox] == [[owner.email]]
    assert "new password" in str(mail.outbox[0].body)
    assert not Letter.objects.exists()
    assert not Job.objects.exists()


def test_it_lies_sealed_while_it_waits(db: None) -> None:
    letter = letter_to("somebody@example.org")
    stored = str(Letter.objects.values_list().get()).encode() + bytes(letter.sealed)
    assert b"somebody" not in stored
    assert b"private" not in stored


def test_no_fit_comes_before_a_letter(db: None) -> None:
    enqueue(letters.LETTER, "other", delay_seconds=-60)
    letter = letter_to("somebody@example.org")
    job = claim()
    assert job is not None
    assert job.key == str(letter.pk)


def statements(act: Callable[[str], int], email: str) -> tuple[int, list[str]]:
    """Return the answer to one request, and which statements it wrote with."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        status = act(email)
    writes = [
        " ".join(row["sql"].split()[:3])
        for row in seen.captured_queries
        if row["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    return status, writes


def test_asking_for_a_new_password_takes_the_same_with_and_without_an_account(owner: User) -> None:
    EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)
    known, unknown = (statements(ask_for_password, email) for email in (owner.email, UNKNOWN))
    assert known == unknown
    assert known[1].count('INSERT INTO "accounts_letter"') == 1
    work()
    assert [message.to for message in mail.outbox] == [[owner.email]]


def test_signing_up_hashes_once_and_writes_one_letter_with_and_without_an_account(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    whole = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return whole(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    found = []
    for email in (owner.email, "new@example.org"):
        hashed.clear()
        status, _ = statements(sign_up, email)
        found.append((status, len(hashed), Letter.objects.count()))
    assert found == [(302, 1, 1), (302, 1, 2)]
    work()
    assert sorted(message.to[0] for message in mail.outbox) == ["new@example.org", owner.email]


class Refusing(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError(len(email_messages))


def test_a_server_that_is_down_loses_nothing_and_doubles_nothing(
    owner: User, settings: Settings
) -> None:
    settings.COUNTERPOINT_MAIL_BACKEND = f"{__name__}.Refusing"
    with time_machine.travel(NOW, tick=False) as clock:
        ask_for_password(owner.email)
        for _ in range(5):
            assert work() == 1
            clock.shift(timedelta(minutes=10))
        assert work() == 0
        assert Letter.objects.get().handed_at is None
        settings.COUNTERPOINT_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        clock.shift(timedelta(hours=1))
        assert enqueue_due() == 1
        assert work() == 1
        assert enqueue_due() == 0
    assert len(mail.outbox) == 1
    assert not Letter.objects.exists()


def test_two_workers_hand_it_over_once(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = letter_to("somebody@example.org")
    whole = EmailBackend.send_messages

    def meanwhile(self: EmailBackend, messages: Any) -> int:
        assert not hand_over(str(letter.pk)), "another worker, at the same time"
        return whole(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", meanwhile)
    assert hand_over(str(letter.pk))
    assert not hand_over(str(letter.pk))
    assert len(mail.outbox) == 1


def test_a_worker_that_dies_while_handing_over_does_not_send_twice(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def dies(self: EmailBackend, messages: Any) -> int:
        raise Killed

    with time_machine.travel(NOW, tick=False) as clock:
        letter = letter_to("somebody@example.org")
        with monkeypatch.context() as patch:
            patch.setattr(EmailBackend, "send_messages", dies)
            with pytest.raises(Killed):
                hand_over(str(letter.pk))
        clock.shift(timedelta(hours=2))
        enqueue_due()
        work()
        assert mail.outbox == []
        clock.shift(timedelta(days=1))
        enqueue_due()
        work()
    assert not Letter.objects.exists()


def test_letters_of_a_deleted_account_are_not_sent(owner: User, stranger: User) -> None:
    letter_to(owner.email)
    letter_to(stranger.email)
    delete_person(owner)
    work()
    assert [message.to for message in mail.outbox] == [[stranger.email]]


def test_a_letter_nobody_can_open_is_let_go(db: None) -> None:
    letter = letter_to("somebody@example.org")
    Letter.objects.update(sealed=b"damaged")
    assert not hand_over(str(letter.pk))
    assert not Letter.objects.exists()
    assert LETTER == "letter"
