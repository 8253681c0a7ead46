"""Nobody can lock you out by failing to sign in as you, and nobody is locked out for good.

Case 12: a partner fails sign-ins, or second steps, on purpose.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import Client

from counterpoint.web.accounts.models import User
from doors import add_app, code_now, recovery_codes, sign_in
from people import PASSWORD

HOME, AWAY = "192.0.2.1", "203.0.113.5"
WRONG = "certainly not this one"


def try_password(person: User, password: str, address: str) -> bool:
    browser = Client(REMOTE_ADDR=address)
    data = {"login": person.email, "password": password}
    return browser.post("/account/sign-in/", data).status_code == 302


def at_second(person: User, address: str) -> Client:
    browser, answer = sign_in(person, Client(REMOTE_ADDR=address))
    assert answer["Location"] == "/account/second/"
    return browser


def passes(browser: Client, code: str) -> bool:
    browser.post("/account/second/", {"code": code})
    return browser.get("/account/").status_code == 200


def test_failing_from_elsewhere_does_not_reach_them(owner: User) -> None:
    for _ in range(30):
        try_password(owner, WRONG, AWAY)
    assert not try_password(owner, PASSWORD, AWAY)
    assert try_password(owner, PASSWORD, HOME)


def test_failing_from_the_same_house_does_not_reach_the_others(owner: User, partner: User) -> None:
    for _ in range(30):
        try_password(partner, WRONG, HOME)
    assert try_password(owner, PASSWORD, HOME)


def test_tries_at_many_other_accounts_do_not_make_it_forget(owner: User) -> None:
    for _ in range(6):
        try_password(owner, WRONG, AWAY)
    for number in range(320):
        browser = Client(REMOTE_ADDR=AWAY)
        browser.post("/account/sign-in/", {"login": f"n{number}@example.org", "password": WRONG})
    assert not try_password(owner, PASSWORD, AWAY)
    assert try_password(owner, PASSWORD, HOME)


def test_failing_from_the_same_house_as_them_lasts_minutes(owner: User) -> None:
    with time_machine.travel(datetime(2026, 3, 10, tzinfo=UTC), tick=False) as clock:
        for _ in range(30):
            try_password(owner, WRONG, HOME)
        assert not try_password(owner, PASSWORD, HOME)
        clock.shift(timedelta(minutes=5, seconds=1))
        assert try_password(owner, PASSWORD, HOME)


def test_an_open_session_is_not_ended_by_it(owner: User) -> None:
    browser, _ = sign_in(owner)
    for _ in range(30):
        try_password(owner, WRONG, "127.0.0.1")
    assert browser.get("/account/").status_code == 200


def test_failing_the_second_step_from_elsewhere_does_not_reach_them(owner: User) -> None:
    add_app(owner)
    other = at_second(owner, AWAY)
    for _ in range(10):
        passes(other, "000000")
    assert not passes(other, recovery_codes(owner)[0]), "five tries in five minutes"
    assert passes(at_second(owner, HOME), code_now())


def test_failing_the_second_step_lasts_minutes(owner: User) -> None:
    with time_machine.travel(datetime(2026, 3, 10, tzinfo=UTC), tick=False) as clock:
        add_app(owner)
        browser = at_second(owner, HOME)
        for _ in range(10):
            passes(browser, "000000")
        clock.shift(timedelta(minutes=5, seconds=1))
        assert passes(at_second(owner, HOME), code_now())


def test_guessing_codes_is_slow(owner: User) -> None:
    add_app(owner)
    browser = at_second(owner, AWAY)
    answers = [
        b"does not fit" in browser.post("/account/second/", {"code": "000000"}).content
        for _ in range(8)
    ]
    assert answers == [True] * 5 + [False] * 3
