"""Sessions lock themselves: sooner on a device that is not one's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from counterpoint.web.accounts.models import User
from people import PASSWORD

START = datetime(2026, 3, 10, 12, tzinfo=UTC)


def sign_in(person: User, *, own_device: bool) -> Client:
    browser = Client()
    data = {"login": person.email, "password": PASSWORD}
    if own_device:
        data["remember"] = "on"
    answer = browser.post("/account/sign-in/", data)
    assert answer.status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


@pytest.mark.parametrize(("own_device", "minutes"), [(False, 10), (True, 30)])
def test_idle(owner: User, own_device: bool, minutes: int) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = sign_in(owner, own_device=own_device)
        assert is_in(browser)
        clock.shift(timedelta(minutes=minutes - 1))
        assert is_in(browser)
        clock.shift(timedelta(minutes=minutes - 1))
        assert is_in(browser)
        clock.shift(timedelta(minutes=minutes + 2))
        assert not is_in(browser)


def test_a_shared_device_forgets_with_its_browser(owner: User) -> None:
    assert sign_in(owner, own_device=False).session.get_expire_at_browser_close()
    assert not sign_in(owner, own_device=True).session.get_expire_at_browser_close()


def test_twelve_hours_whatever_one_does(owner: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = sign_in(owner, own_device=True)
        assert is_in(browser)
        for _ in range(12 * 60 // 20):
            clock.shift(timedelta(minutes=20))
            assert is_in(browser)
        clock.shift(timedelta(minutes=20))
        assert not is_in(browser)


def test_an_idle_minute_writes_nothing(as_owner: Client, django_assert_num_queries: object) -> None:
    assert is_in(as_owner)
    with django_assert_num_queries(2):
        assert is_in(as_owner)
