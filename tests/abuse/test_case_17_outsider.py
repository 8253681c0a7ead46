"""From outside nobody learns who has an account here, and no other site can act in your name.

Case 17: stuffing, enumeration, forged requests, framing, scripts in names, host header, caches.
"""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from pytest_django import Settings

from counterpoint.web.accounts.models import User
from doors import add_app, prove
from factories import browser_of
from people import PASSWORD

WRONG = "certainly not this one"
UNKNOWN = "nobody@example.org"


def without_token(page: bytes, email: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())
    return text.replace(email, "somebody")


@pytest.fixture
def hashings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often a password is hashed: what takes the time of an answer."""
    seen: list[str] = []
    whole = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        seen.append(password)
        return whole(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return seen


def test_known_unknown_and_guarded_accounts_answer_a_wrong_password_alike(
    owner: User, stranger: User, hashings: list[str]
) -> None:
    add_app(stranger)
    answers, works = [], []
    for email in (owner.email, stranger.email, UNKNOWN):
        hashings.clear()
        found = Client().post("/account/sign-in/", {"login": email, "password": WRONG})
        answers.append((found.status_code, without_token(found.content, email)))
        works.append(len(hashings))
    assert answers[0] == answers[1] == answers[2]
    assert works[0] == works[1] == works[2] == 1


def test_asking_for_a_new_password_answers_alike(owner: User) -> None:
    answers = []
    for email in (owner.email, UNKNOWN):
        found = Client().post("/account/password/new/", {"email": email})
        answers.append((found.status_code, found["Location"], found.content))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[owner.email]]


def test_signing_up_answers_alike(owner: User, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    answers = []
    for email in (owner.email, "new@example.org"):
        browser = Client()
        data = {"email": email, "password1": PASSWORD, "zone": "UTC"}
        found = browser.post("/account/sign-up/", data)
        page = browser.get("/account/code/")
        answers.append((found.status_code, found["Location"], without_token(page.content, email)))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "path",
    [
        "/account/", "/account/leave/", "/account/take-away/", "/account/again/",
        "/account/address/", "/account/address/keep/", "/account/door/app/",
        "/account/door/app/remove/", "/account/door/key/", "/account/door/codes/new/",
        "/account/door/visits/end/", "/account/password/", "/account/sign-out/",
    ],
)  # fmt: skip
def test_a_form_from_elsewhere_is_refused(owner: User, path: str) -> None:
    browser = browser_of(owner, enforce_csrf_checks=True)
    answer = browser.post(path, {"password": PASSWORD}, HTTP_ORIGIN="https://elsewhere.example")
    assert answer.status_code == 403
    assert User.objects.filter(pk=owner.pk).exists()
    assert browser.get("/account/").status_code == 200


@pytest.mark.parametrize("path", ["/account/door/", "/account/again/", "/account/sign-in/"])
def test_no_page_can_be_framed_or_run_a_foreign_script(as_owner: Client, path: str) -> None:
    answer = as_owner.get(path, secure=True)
    assert answer["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_script_in_an_address_or_a_browsers_name_is_words(owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(email="<script>alert(1)</script>@example.org")
    browser = Client(HTTP_USER_AGENT="<script>alert(2)</script>")
    browser.force_login(User.objects.get(pk=owner.pk))
    for path in ("/account/", "/account/door/"):
        page = browser.get(path).content.decode()
        assert "<script>alert" not in page
    prove(browser)


def test_a_foreign_host_name_is_refused(as_nobody: Client) -> None:
    assert as_nobody.get("/account/sign-in/", HTTP_HOST="elsewhere.example").status_code == 400


@pytest.mark.parametrize(
    "path", ["/account/x.css", "/account/door/x.js", "/account/seen/x.png", "/today/x.css"]
)
def test_a_private_page_under_a_files_name_does_not_exist(as_owner: Client, path: str) -> None:
    answer = as_owner.get(path)
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "private, no-store"


def test_passwords_everybody_knows_are_refused(as_nobody: Client) -> None:
    for weak in ("password123", "qwertyuiop", "1234567890"):
        data = {"email": "weak@example.org", "password1": weak, "zone": "UTC"}
        assert as_nobody.post("/account/sign-up/", data).status_code == 200
    assert not User.objects.filter(email="weak@example.org").exists()
