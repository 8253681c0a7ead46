"""Codes from an app, passkeys and recovery codes as a second step."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from counterpoint.errors import DataError
from counterpoint.web.accounts.doors import has_second_step
from counterpoint.web.accounts.models import DoorChange, User
from counterpoint.web.accounts.second_step import open_secret, seal_secret
from doors import SECRET, Passkey, add_app, code_now, prove, recovery_codes, sign_in
from factories import browser_of
from people import PASSWORD

START = datetime(2026, 3, 10, 12, tzinfo=UTC)


def is_in(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


def second(browser: Client, code: str) -> bool:
    browser.post("/account/second/", {"code": code})
    return is_in(browser)


def options_on(browser: Client, path: str) -> dict[str, Any]:
    page = browser.get(path, secure=True).content.decode()
    found = re.search(r'data-passkey="([^"]+)"', page)
    assert found is not None, page
    options: dict[str, Any] = json.loads(html.unescape(found[1]))
    return options


class TestCodeApp:
    """A code app, from adding it to signing in with it."""

    def test_added_with_the_code_it_shows(
        self, as_owner: Client, owner: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        prove(as_owner)
        page = as_owner.get("/account/door/app/").content.decode()
        secret = re.search(r'class="code-letters">([A-Z2-7]+)<', page)
        assert secret is not None
        assert '<svg class="square-code"' in page
        with django_capture_on_commit_callbacks(execute=True):
            answer = as_owner.post("/account/door/app/", {"code": code_now(secret[1])})
        assert answer["Location"] == "/account/door/codes/"
        kinds = set(DoorChange.objects.filter(owner=owner).values_list("kind", flat=True))
        assert kinds == {"app_added", "codes_made"}

    def test_a_wrong_first_code_adds_nothing(self, as_owner: Client) -> None:
        prove(as_owner)
        as_owner.get("/account/door/app/")
        assert as_owner.post("/account/door/app/", {"code": "000000"}).status_code == 200
        assert not Authenticator.objects.exists()

    def test_its_secret_is_sealed_while_it_waits_and_after(self, as_owner: Client) -> None:
        prove(as_owner)
        page = as_owner.get("/account/door/app/").content.decode()
        secret = re.findall(r'class="code-letters">([A-Z2-7]+)<', page)[0]
        assert all(secret not in str(row.get_decoded()) for row in Session.objects.all())
        as_owner.post("/account/door/app/", {"code": code_now(secret)})
        for row in Authenticator.objects.all():
            assert secret not in str(row.data)
            assert str(next(iter(row.data.values()))).startswith("sealed:")

    def test_it_asks_at_the_entrance(self, owner: User) -> None:
        add_app(owner)
        browser, answer = sign_in(owner)
        assert answer["Location"] == "/account/second/"
        assert not is_in(browser)
        assert not second(browser, "000000")
        assert second(browser, code_now())

    def test_a_code_works_once(self, owner: User) -> None:
        add_app(owner)
        with time_machine.travel(START + timedelta(days=900), tick=False):
            code = code_now()
            assert second(sign_in(owner)[0], code)
            assert not second(sign_in(owner)[0], code)

    def test_ones_own_device_stays_ones_own(self, owner: User) -> None:
        add_app(owner)
        browser, _ = sign_in(owner, remember="on")
        assert second(browser, code_now())
        assert not browser.session.get_expire_at_browser_close()
        other, _ = sign_in(owner)
        assert second(other, code_now(steps=1))
        assert other.session.get_expire_at_browser_close()

    def test_there_is_one_at_most(self, as_owner: Client, owner: User) -> None:
        for hours in (1, 30):
            Authenticator.objects.all().delete()
            add_app(owner, hours_ago=hours)
            prove(as_owner, code=code_now())
            for answer in (
                as_owner.get("/account/door/app/"),
                as_owner.post("/account/door/app/", {"code": code_now()}),
            ):
                assert answer["Location"] == "/account/door/"

    def test_removing_it_leaves_no_codes_behind(self, owner: User) -> None:
        add_app(owner)
        browser = browser_of(owner)
        prove(browser, code=code_now())
        assert browser.post("/account/door/app/remove/")["Location"] == "/account/door/"
        assert not Authenticator.objects.exists()
        assert DoorChange.objects.filter(kind="app_removed").exists()


class TestSettling:
    """A new second step neither opens nor guards the door for a day."""

    def test_it_does_not_ask_yet_and_then_it_does(self, owner: User) -> None:
        with time_machine.travel(START, tick=False) as clock:
            add_app(owner, hours_ago=0)
            assert not has_second_step(owner)
            assert is_in(sign_in(owner)[0])
            clock.shift(timedelta(hours=23, minutes=59))
            assert is_in(sign_in(owner)[0])
            clock.shift(timedelta(minutes=2))
            assert not is_in(sign_in(owner)[0])

    def test_a_new_one_beside_an_old_one_opens_nothing(self, owner: User) -> None:
        add_app(owner)
        passkey = Passkey()
        browser = browser_of(owner)
        prove(browser, code=code_now())
        made = passkey.make(options_on(browser, "/account/door/key/"))
        assert browser.post("/account/door/key/", {"credential": made}, secure=True)[
            "Location"
        ].endswith("/account/door/")
        guest, _ = sign_in(owner)
        options = options_on(guest, "/account/second/")
        guest.post("/account/second/", {"credential": passkey.answer(options)}, secure=True)
        assert not is_in(guest)

    def test_every_page_says_so_for_a_day(self, owner: User) -> None:
        with time_machine.travel(START, tick=False) as clock:
            browser = browser_of(owner)
            assert b"how you sign in changed" not in browser.get("/today/").content
            add_app(owner, hours_ago=0)
            for path in ("/today/", "/account/", "/info/limits/"):
                assert b"how you sign in changed" in browser.get(path).content, path
            clock.shift(timedelta(hours=25))
            assert b"how you sign in changed" not in browser_of(owner).get("/account/").content

    def test_it_is_listed_with_the_hour_it_counts_from(self, owner: User) -> None:
        add_app(owner, hours_ago=1)
        page = browser_of(owner).get("/account/door/").content.decode()
        assert "A code app" in page
        assert "counts from" in page
        assert "A code app was added" in page


class TestPasskey:
    """A passkey beside the password."""

    @pytest.fixture
    def passkey(self, owner: User) -> Passkey:
        passkey = Passkey()
        browser = browser_of(owner)
        prove(browser)
        made = passkey.make(options_on(browser, "/account/door/key/"))
        answer = browser.post("/account/door/key/", {"credential": made}, secure=True)
        assert answer["Location"] == "/account/door/codes/"
        old = datetime.now(UTC) - timedelta(hours=25)
        Authenticator.objects.update(created_at=old)
        return passkey

    def test_it_opens_after_the_password(self, owner: User, passkey: Passkey) -> None:
        browser, answer = sign_in(owner)
        assert answer["Location"] == "/account/second/"
        options = options_on(browser, "/account/second/")
        browser.post("/account/second/", {"credential": passkey.answer(options)}, secure=True)
        assert is_in(browser)

    def test_another_one_does_not(self, owner: User, passkey: Passkey) -> None:
        browser, _ = sign_in(owner)
        options = options_on(browser, "/account/second/")
        browser.post("/account/second/", {"credential": Passkey().answer(options)}, secure=True)
        assert not is_in(browser)
        forged = Passkey()
        forged.id = passkey.id
        options = options_on(browser, "/account/second/")
        browser.post("/account/second/", {"credential": forged.answer(options)}, secure=True)
        for nonsense in ("", "{}", "[]", "not json"):
            browser.post("/account/second/", {"credential": nonsense}, secure=True)
        assert not is_in(browser)

    def test_it_proves_again(self, owner: User, passkey: Passkey) -> None:
        browser = browser_of(owner)
        options = options_on(browser, "/account/again/")
        given = {"password": PASSWORD, "credential": passkey.answer(options)}
        browser.post("/account/again/", given, secure=True)
        assert browser.get("/account/door/app/", secure=True).status_code == 200

    @pytest.mark.usefixtures("passkey")
    def test_it_is_removed_by_a_mark_that_counts_nothing(self, owner: User, stranger: User) -> None:
        codes = recovery_codes(owner)
        browser = browser_of(owner)
        prove(browser, code=codes[0])
        page = browser.get("/account/door/").content.decode()
        path = re.findall(r'href="(/account/door/key/\w+/remove/)"', page)[0]
        other = browser_of(stranger)
        prove(other)
        assert other.get(path).status_code == 404
        assert browser.get(path).status_code == 200
        assert browser.post(path)["Location"] == "/account/door/"
        assert not Authenticator.objects.exists()

    @pytest.mark.parametrize("nonsense", ["", "{}", "[]", "not json", '{"id": 3}', '"a"'])
    def test_what_no_browser_made_is_refused(self, owner: User, nonsense: str) -> None:
        browser = browser_of(owner)
        prove(browser)
        browser.get("/account/door/key/")
        answer = browser.post("/account/door/key/", {"credential": nonsense})
        assert answer.status_code == 200
        assert not Authenticator.objects.exists()

    def test_no_name_of_person_or_topic_reaches_the_browsers_dialogue(self, owner: User) -> None:
        browser = browser_of(owner)
        prove(browser)
        options = options_on(browser, "/account/door/key/")["publicKey"]
        assert (options["rp"]["name"], options["user"]["name"]) == ("Notes", "Notes")
        assert owner.email not in json.dumps(options)


class TestRecoveryCodes:
    """Codes on paper."""

    def test_shown_once(self, as_owner: Client, owner: User) -> None:
        add_app(owner, hours_ago=1)
        prove(as_owner)
        codes = recovery_codes(owner)
        first = as_owner.get("/account/door/codes/").content.decode()
        again = as_owner.get("/account/door/codes/").content.decode()
        assert all(code in first for code in codes)
        assert not any(code in again for code in codes)

    def test_each_opens_once(self, owner: User) -> None:
        add_app(owner)
        code = recovery_codes(owner)[3]
        assert second(sign_in(owner)[0], code)
        assert not second(sign_in(owner)[0], code)
        assert len(recovery_codes(owner)) == 9

    def test_new_ones_replace_the_old(self, owner: User) -> None:
        add_app(owner)
        old = recovery_codes(owner)
        browser = browser_of(owner)
        prove(browser, code=code_now())
        assert browser.post("/account/door/codes/new/")["Location"] == "/account/door/codes/"
        assert not set(old) & set(recovery_codes(owner))
        assert not second(sign_in(owner)[0], old[0])


class TestSealedSecrets:
    """Secrets of second steps lie sealed under their person's own key."""

    def test_there_and_back(self, owner: User) -> None:
        sealed = seal_secret(owner, SECRET)
        assert SECRET not in sealed
        assert open_secret(sealed) == SECRET
        assert open_secret(sealed, owner.pk) == SECRET

    def test_nobody_else_can_use_it(self, owner: User, stranger: User) -> None:
        sealed = seal_secret(owner, SECRET)
        with pytest.raises(DataError):
            open_secret(sealed, stranger.pk)
        with pytest.raises(DataError):
            open_secret(sealed.replace(owner.pk.hex, stranger.pk.hex))

    @pytest.mark.django_db
    @pytest.mark.parametrize("text", ["", "plain", "sealed:x:y", "sealed::", SECRET])
    def test_what_is_no_sealed_secret_is_refused(self, text: str) -> None:
        with pytest.raises(DataError):
            open_secret(text)

    def test_a_swapped_row_lets_nobody_in(self, owner: User, stranger: User) -> None:
        add_app(owner)
        theirs = seal_secret(stranger, SECRET)
        Authenticator.objects.filter(user=owner, type="totp").update(data={"secret": theirs})
        assert not second(sign_in(owner)[0], code_now())

    def test_a_damaged_row_lets_nobody_in_and_breaks_no_page(self, owner: User) -> None:
        add_app(owner)
        damaged = {"secret": f"sealed:{owner.pk.hex}:AAAA"}
        Authenticator.objects.filter(user=owner, type="totp").update(data=damaged)
        browser, _ = sign_in(owner)
        assert not second(browser, code_now())
        assert second(browser, recovery_codes(owner)[0])
