"""Where one is signed in, and ending it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from counterpoint.web.accounts.models import User, Visit
from counterpoint.web.accounts.visits import device_of, open_visits
from doors import sign_in
from factories import browser_of
from people import PASSWORD

PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0"


def is_in(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (PHONE, "Firefox on a phone"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on a phone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
            "Edge on a computer",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/131.0.0.0 Safari/537.36",
            "Chrome on a computer",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) "
            "SamsungBrowser/26.0 Chrome/122.0.0.0 Safari/537.36",
            "Samsung Internet on a tablet",
        ),
        ("", "a browser"),
        ("<script>alert(1)</script>", "a browser"),
    ],
)
def test_only_family_and_kind_are_kept(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device


def test_each_sign_in_is_listed_and_forgotten_on_sign_out(owner: User) -> None:
    phone, _ = sign_in(owner, Client(HTTP_USER_AGENT=PHONE))
    desk, _ = sign_in(owner)
    page = desk.get("/account/door/").content.decode()
    assert "Firefox on a phone" in page
    assert page.count("End it") == 1
    assert "End all others" in page
    phone.post("/account/sign-out/")
    assert Visit.objects.count() == 1
    assert "End all others" not in desk.get("/account/door/").content.decode()


def test_ending_the_others_leaves_this_one(owner: User, stranger: User) -> None:
    here, there, other = browser_of(owner), browser_of(owner), browser_of(stranger)
    here.post("/account/door/visits/end/")
    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)


def test_ending_one(owner: User) -> None:
    here, there = browser_of(owner), browser_of(owner)
    keys = {there.session.session_key: there, here.session.session_key: here}
    for visit in Visit.objects.order_by("began_at"):
        if keys[visit.session_key] is there:
            here.post(f"/account/door/visits/{visit.pk}/end/")
    assert (is_in(here), is_in(there)) == (True, False)
    (mine,) = Visit.objects.all()
    assert here.post(f"/account/door/visits/{mine.pk}/end/")["Location"] == "/account/sign-in/"
    assert not is_in(here)


def test_when_it_was_used_is_known_to_the_minute(owner: User) -> None:
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False) as clock:
        browser, _ = sign_in(owner)
        browser.get("/account/")
        clock.shift(timedelta(minutes=5))
        browser.get("/account/")
        (visit,) = open_visits(owner, browser.session.session_key)
        assert (visit.used_at - visit.began_at, visit.is_this) == (timedelta(minutes=5), True)


def test_a_session_that_ran_out_is_not_listed(owner: User) -> None:
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False) as clock:
        sign_in(owner)
        clock.shift(timedelta(days=15))
        assert open_visits(owner, None) == []
        assert not Visit.objects.exists()


def test_sessions_of_an_old_password_are_not_listed(owner: User) -> None:
    browser_of(owner)
    owner.set_password("something else entirely")
    owner.save()
    assert open_visits(owner, None) == []


def test_no_address_and_no_place_is_kept(owner: User) -> None:
    browser = Client(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="203.0.113.9")
    browser.post("/account/sign-in/", {"login": owner.email, "password": PASSWORD})
    assert "203.0.113.9" not in str(list(Visit.objects.values()))
    assert PHONE not in str(list(Visit.objects.values()))
