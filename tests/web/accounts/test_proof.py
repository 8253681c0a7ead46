"""Proof that it is still the same person, before what an open session alone must not do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from counterpoint.web.accounts.models import User
from doors import add_app, code_now, prove, recovery_codes
from factories import browser_of
from people import PASSWORD

START = datetime(2026, 3, 10, 12, tzinfo=UTC)
GUARDED = (
    "/account/door/app/",
    "/account/door/key/",
    "/account/address/",
)


def asks(browser: Client, path: str) -> bool:
    answer = browser.get(path)
    return answer.status_code == 302 and answer["Location"].startswith("/account/again/?next=")


@pytest.mark.parametrize("path", GUARDED)
def test_asked_for_and_good_for_five_minutes(owner: User, path: str) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = browser_of(owner)
        assert asks(browser, path)
        prove(browser)
        assert not asks(browser, path)
        clock.shift(timedelta(minutes=4, seconds=59))
        assert not asks(browser, path)
        clock.shift(timedelta(seconds=2))
        assert asks(browser, path)


def test_signing_in_does_not_count_as_proof(owner: User) -> None:
    browser = Client()
    browser.post("/account/sign-in/", {"login": owner.email, "password": PASSWORD})
    assert asks(browser, "/account/door/app/")


def test_it_leads_back_to_where_it_was_needed_and_nowhere_else(owner: User) -> None:
    browser = browser_of(owner)
    page = browser.get("/account/again/?next=/account/address/").content.decode()
    assert 'name="next" value="/account/address/"' in page
    assert prove(browser, next="/account/address/")["Location"] == "/account/address/"
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:x"):
        assert prove(browser, next=elsewhere)["Location"] == "/account/"


def test_a_wrong_password_proves_nothing(owner: User) -> None:
    browser = browser_of(owner)
    answer = browser.post("/account/again/", {"password": "certainly not this one"})
    assert answer.status_code == 200
    assert b"not your password" in answer.content
    assert asks(browser, "/account/door/app/")


def test_with_a_second_step_the_password_is_not_enough(owner: User) -> None:
    add_app(owner)
    browser = browser_of(owner)
    assert prove(browser).status_code == 200
    assert prove(browser, code="000000").status_code == 200
    assert asks(browser, "/account/door/app/")
    assert browser.post("/account/again/", {"code": code_now()}).status_code == 200
    assert asks(browser, "/account/door/app/")
    assert prove(browser, code=code_now(steps=1)).status_code == 302
    assert not asks(browser, "/account/address/")


def test_a_recovery_code_stands_in(owner: User) -> None:
    add_app(owner)
    browser = browser_of(owner)
    assert prove(browser, code=recovery_codes(owner)[0]).status_code == 302


@pytest.mark.parametrize("path", ["/account/take-away/", "/account/leave/", "/account/password/"])
def test_with_a_second_step_these_ask_for_it_too(owner: User, path: str) -> None:
    browser = browser_of(owner)
    assert not asks(browser, path)
    add_app(owner)
    assert asks(browser, path)
    assert (
        browser.post(path, {"password": PASSWORD, "words": "delete everything"}).status_code == 302
    )
    assert User.objects.filter(pk=owner.pk).exists()
    prove(browser, code=code_now())
    assert not asks(browser, path)


def test_the_password_is_not_asked_twice(owner: User) -> None:
    add_app(owner)
    browser = browser_of(owner)
    prove(browser, code=code_now())
    assert b'type="password"' not in browser.get("/account/take-away/").content
    assert browser.post("/account/take-away/").streaming
    answer = browser.post("/account/leave/", {"words": "delete everything"})
    assert answer["Location"] == "/account/gone/"
    assert not User.objects.filter(pk=owner.pk).exists()


def test_proof_is_of_one_person_and_one_session(owner: User, stranger: User) -> None:
    browser = browser_of(owner)
    prove(browser)
    assert asks(browser_of(owner), "/account/door/app/")
    browser.force_login(stranger)
    assert asks(browser, "/account/door/app/")
