"""A second step or address added in your session counts only after a day in which you are told.

Case 11: a partner adds a passkey or an e-mail address of their own in an open session.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from counterpoint.web.accounts.models import AddressChange, User
from doors import add_app, code_now, prove, sign_in
from factories import browser_of

START = datetime(2026, 3, 10, 12, tzinfo=UTC)
ADDING = ("/account/door/app/", "/account/door/key/", "/account/address/")


def test_an_open_session_alone_adds_nothing(as_owner: Client) -> None:
    for path in ADDING:
        for answer in (as_owner.get(path), as_owner.post(path, {"code": "1", "address": "x@y.z"})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/account/again/"), path
    assert not Authenticator.objects.exists()
    assert not AddressChange.objects.exists()


def test_where_there_is_a_second_step_the_password_alone_adds_nothing(owner: User) -> None:
    add_app(owner)
    browser = browser_of(owner)
    prove(browser)
    for path in ADDING[1:]:
        assert browser.get(path)["Location"].startswith("/account/again/"), path


def test_for_a_day_it_neither_opens_nor_locks_and_every_page_says_so(owner: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        add_app(owner, hours_ago=0)  # planted by somebody who knew the password
        clock.shift(timedelta(hours=20))
        browser, answer = sign_in(owner)
        assert answer["Location"] == "/today/", "the person is not locked out"
        assert b"how you sign in changed" in browser.get("/account/").content
        listed = browser.get("/account/door/").content
        assert b"A code app" in listed
        assert b"counts from" in listed
        prove(browser)
        browser.post("/account/door/app/remove/")
        clock.shift(timedelta(days=2))
        assert sign_in(owner)[1]["Location"] == "/today/"


def test_a_planted_address_is_taken_back_within_the_day(owner: User) -> None:
    browser = browser_of(owner)
    prove(browser)
    browser.post("/account/address/", {"address": "planted@example.net"})
    page = browser.get("/account/door/").content
    assert b"It changes to planted@example.net" in page
    browser.post("/account/address/keep/")
    assert AddressChange.objects.get().undone_at is not None
    assert b"It changes to" not in browser.get("/account/door/").content


def test_removing_what_guards_the_door_takes_that_step_itself(owner: User) -> None:
    add_app(owner)
    browser = browser_of(owner)
    prove(browser)
    browser.post("/account/door/app/remove/")
    assert Authenticator.objects.filter(user=owner, type="totp").exists()
    prove(browser, code=code_now())
    browser.post("/account/door/app/remove/")
    assert not Authenticator.objects.filter(user=owner).exists()
