"""Making an account."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from pytest_django import Settings

from counterpoint.web.accounts.models import Acceptance, User
from people import PASSWORD

NEW = {"email": "New@Example.org", "password1": PASSWORD, "zone": "Asia/Kathmandu"}


def test_an_account_is_made_with_its_zone(as_nobody: Client) -> None:
    answer = as_nobody.post("/account/sign-up/", NEW)
    assert answer.status_code == 302
    person = User.objects.get()
    assert (person.email, person.zone, person.simulated) == (
        "new@example.org",
        "Asia/Kathmandu",
        False,
    )
    assert person.check_password(PASSWORD)
    assert person.pk.version == 4
    assert as_nobody.get("/account/").status_code == 200


def test_a_new_session_is_taken_as_shared(as_nobody: Client) -> None:
    as_nobody.post("/account/sign-up/", NEW)
    assert as_nobody.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("zone", "Atlantis/Centre", "valid choice"),
        ("zone", "", "required"),
        ("password1", "short", "at least 10"),
        ("password1", "1234567890123", "numeric"),
        ("password1", "new@example.org", "similar"),
        ("email", "nobody", "valid email"),
    ],
)
def test_what_is_wrong_is_said_beside_it(
    as_nobody: Client, field: str, value: str, said: str
) -> None:
    answer = as_nobody.post("/account/sign-up/", {**NEW, field: value})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert said in text
    assert f'id="id_{field}-error"' in text
    assert 'role="alert"' in text
    assert not User.objects.exists()


def test_privacy_comes_before_the_first_question(as_nobody: Client) -> None:
    as_nobody.post("/account/sign-up/", NEW)
    for path in ("/today/", "/checkin/", "/place/", "/plane/", "/practice/"):
        assert as_nobody.get(path)["Location"] == "/account/read-first/", path
    assert as_nobody.get("/account/read-first/").status_code == 200
    assert as_nobody.post("/account/read-first/")["Location"] == "/today/"
    row = Acceptance.objects.get()
    assert (row.document, row.owner.email) == ("privacy", "new@example.org")
    assert row.version
    assert as_nobody.get("/today/").status_code == 200


def test_accepting_twice_is_one_row(as_owner: Client, owner: User) -> None:
    as_owner.post("/account/read-first/")
    assert Acceptance.objects.filter(owner=owner).count() == 1


def test_a_new_version_is_shown_again(as_owner: Client, owner: User) -> None:
    Acceptance.objects.filter(owner=owner).update(version="an older one")
    session = as_owner.session
    del session["privacy_read"]
    session.save()
    assert as_owner.get("/today/")["Location"] == "/account/read-first/"


class TestWithCodes:
    """As in production: an address is confirmed by a code."""

    @pytest.fixture(autouse=True)
    def _confirm(self, settings: Settings) -> None:
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True

    def test_the_code_opens_the_account(self, as_nobody: Client) -> None:
        answer = as_nobody.post("/account/sign-up/", NEW)
        assert answer["Location"] == "/account/code/"
        assert as_nobody.get("/account/")["Location"].startswith("/account/sign-in/")
        code = mail.outbox[0].body.split("\n\n")[1].strip()
        assert as_nobody.post("/account/code/", {"code": code}).status_code == 302
        assert as_nobody.get("/account/").status_code == 200

    def test_a_wrong_code_does_not(self, as_nobody: Client) -> None:
        as_nobody.post("/account/sign-up/", NEW)
        assert as_nobody.get("/account/code/").status_code == 200
        assert as_nobody.post("/account/code/", {"code": "000-000"}).status_code == 200
        assert as_nobody.get("/account/").status_code == 302

    def test_nobody_learns_who_has_an_account(self, owner: User) -> None:
        known, unknown = Client(), Client()
        first = known.post("/account/sign-up/", {**NEW, "email": owner.email})
        second = unknown.post("/account/sign-up/", NEW)
        assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
        page, other = (each.get("/account/code/").content for each in (known, unknown))
        assert page.replace(b"owner@", b"new@").count(b"new@example.org") == other.count(
            b"new@example.org"
        )
        assert User.objects.filter(email=owner.email).count() == 1

    def test_mails_name_no_topic_and_no_person(self, as_nobody: Client, owner: User) -> None:
        as_nobody.post("/account/sign-up/", NEW)
        Client().post("/account/sign-up/", {**NEW, "email": owner.email})
        Client().post("/account/password/new/", {"email": owner.email})
        assert [message.subject for message in mail.outbox] == [
            "Your code",
            "A message for you",
            "A link for you",
        ]
        for message in mail.outbox:
            words = f"{message.subject} {message.body} {message.from_email}".lower()
            for telling in ("counterpoint", "partner", "couple", "relationship", owner.email):
                assert telling not in words


def test_no_session_is_kept_of_who_only_looks(as_nobody: Client) -> None:
    as_nobody.get("/account/sign-up/")
    as_nobody.get("/")
    assert not Session.objects.exists()
