"""Signing in and out, and forgetting the password."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from counterpoint.web.accounts.models import User
from people import PASSWORD

WRONG = "certainly not this one"


def try_password(email: str, password: str, address: str = "192.0.2.1") -> bool:
    browser = Client(REMOTE_ADDR=address)
    answer = browser.post("/account/sign-in/", {"login": email, "password": password})
    return answer.status_code == 302


def test_in_and_out(owner: User) -> None:
    browser = Client()
    answer = browser.post("/account/sign-in/", {"login": owner.email, "password": PASSWORD})
    assert answer["Location"] == "/today/"
    assert browser.get("/account/sign-out/").status_code == 200
    assert browser.get("/account/").status_code == 200
    assert browser.post("/account/sign-out/")["Location"] == "/"
    assert browser.get("/account/")["Location"] == "/account/sign-in/?next=/account/"


def test_the_address_may_be_written_in_any_case(owner: User) -> None:
    assert try_password("OWNER@example.org", PASSWORD)


def test_wrong_and_unknown_are_answered_alike(owner: User) -> None:
    def answer(email: str) -> tuple[int, str]:
        found = Client().post("/account/sign-in/", {"login": email, "password": WRONG})
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", found.content.decode())
        return found.status_code, text.replace(email, "somebody")

    assert answer(owner.email) == answer("nobody@example.org")


def test_somebody_elses_failures_lock_nobody_out(owner: User) -> None:
    for _ in range(20):
        assert not try_password(owner.email, WRONG, address="192.0.2.66")
    assert not try_password(owner.email, PASSWORD, address="192.0.2.66")
    assert try_password(owner.email, PASSWORD, address="192.0.2.1")


def test_a_household_shares_an_address(owner: User, partner: User) -> None:
    for _ in range(20):
        try_password(partner.email, WRONG)
    assert try_password(owner.email, PASSWORD)


def test_a_pause_is_short(owner: User) -> None:
    with time_machine.travel(datetime(2026, 3, 10, tzinfo=UTC), tick=False) as clock:
        for _ in range(6):
            try_password(owner.email, WRONG)
        assert not try_password(owner.email, PASSWORD)
        clock.shift(timedelta(minutes=6))
        assert try_password(owner.email, PASSWORD)


def test_a_new_password_by_mail(owner: User, as_owner: Client) -> None:
    browser = Client()
    assert browser.post("/account/password/new/", {"email": owner.email}).status_code == 302
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert link is not None
    page = browser.get(link[1], follow=True)
    form = page.request["PATH_INFO"]
    new = {"password1": "another long phrase", "password2": "another long phrase"}
    assert browser.post(form, new)["Location"] == "/account/password/changed/"
    assert try_password(owner.email, "another long phrase")
    assert as_owner.get("/account/").status_code == 302, "other sessions end with the password"
    again = Client().get(link[1], follow=True)
    assert b"no longer works" in again.content


def test_an_unknown_address_gets_the_same_answer_and_no_mail(owner: User) -> None:
    known = Client().post("/account/password/new/", {"email": owner.email})
    unknown = Client().post("/account/password/new/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[owner.email]]


def test_changing_the_password_wants_the_old_one(as_owner: Client, owner: User) -> None:
    new = {"password1": "another long phrase", "password2": "another long phrase"}
    wrong = as_owner.post("/account/password/", {"oldpassword": WRONG, **new})
    if wrong.status_code == 302:
        assert wrong["Location"].startswith("/account/again/")
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_sign_in_leads_nowhere_else(owner: User, path: str) -> None:
    data = {"login": owner.email, "password": PASSWORD, "next": path}
    assert Client().post("/account/sign-in/", data)["Location"] == "/today/"
