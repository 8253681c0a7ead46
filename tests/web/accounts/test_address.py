"""Another e-mail address: from tomorrow on, and undone from the old one for a week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import Settings

from counterpoint.web.accounts import addresses
from counterpoint.web.accounts.models import AddressChange, DoorChange, User
from counterpoint.web.jobs.services import enqueue_due
from counterpoint.web.jobs.worker import run_next
from doors import add_app, prove
from factories import browser_of
from people import PASSWORD, make_person

START = datetime(2026, 3, 10, 12, tzinfo=UTC)
NEW = "new@example.net"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def moving(owner: User, clock: time_machine.Traveller) -> Client:
    """The owner's browser, after they named another address."""
    browser = browser_of(owner)
    prove(browser)
    assert browser.post("/account/address/", {"address": NEW})["Location"] == "/account/door/"
    return browser


def undo_path() -> str:
    link = re.search(r"http://testserver(/account/address/back/\S+)", mail.outbox[-1].body)
    assert link is not None
    return link[1]


def work() -> None:
    enqueue_due()
    while run_next():
        pass


def can_sign_in(email: str, password: str = PASSWORD) -> bool:
    answer = Client().post("/account/sign-in/", {"login": email, "password": password})
    return answer.status_code == 302


def test_it_counts_a_day_later(owner: User, moving: Client, clock: time_machine.Traveller) -> None:
    page = moving.get("/account/door/").content.decode()
    assert f"It changes to {NEW}" in page
    clock.shift(DAY - HOUR)
    work()
    assert (can_sign_in(owner.email), can_sign_in(NEW)) == (True, False)
    clock.shift(2 * HOUR)
    work()
    assert (can_sign_in(owner.email), can_sign_in(NEW)) == (False, True)
    kinds = list(DoorChange.objects.order_by("made_at").values_list("kind", flat=True))
    assert kinds == ["address_asked", "address_changed"]


def test_until_then_it_is_taken_back_here(
    owner: User, moving: Client, clock: time_machine.Traveller
) -> None:
    assert moving.post("/account/address/keep/")["Location"] == "/account/door/"
    clock.shift(2 * DAY)
    work()
    assert (can_sign_in(owner.email), can_sign_in(NEW)) == (True, False)
    assert Client().get(undo_path()).content.count(b"no longer works") == 1


def test_the_old_address_is_told_without_topic_or_person(owner: User, moving: Client) -> None:
    (message,) = mail.outbox
    assert message.to == [owner.email]
    words = f"{message.subject} {message.body} {message.from_email}".lower()
    for telling in ("counterpoint", "partner", "couple", "relationship", owner.email, NEW):
        assert telling not in words


@pytest.mark.parametrize(("days", "works"), [(0, True), (2, True), (7.9, True), (9, False)])
def test_the_old_address_takes_it_back_for_a_week(
    owner: User, moving: Client, clock: time_machine.Traveller, days: float, works: bool
) -> None:
    path = undo_path()
    for _ in range(10):
        clock.shift(timedelta(days=days / 10))
        work()
    browser = Client()
    answer = browser.post(path, {"password": PASSWORD})
    owner.refresh_from_db()
    if works:
        assert b"address is kept" in answer.content
        assert owner.email == "owner@example.org"
        assert moving.get("/account/").status_code == 302, "everybody is signed out"
    else:
        assert b"no longer works" in answer.content
        assert owner.email == NEW
    assert b"no longer works" in browser.get(path).content, "the link works once"


def test_the_link_alone_is_not_enough(owner: User, moving: Client) -> None:
    path = undo_path()
    answer = Client().post(path, {"password": "guessed by who reads the mailbox"})
    assert b"not a password of the account" in answer.content
    assert AddressChange.objects.get().undone_at is None
    assert moving.get("/account/").status_code == 200


def test_tries_with_the_link_are_counted(owner: User, moving: Client) -> None:
    path = undo_path()
    browser = Client()
    for _ in range(5):
        browser.post(path, {"password": "guess"})
    browser.post(path, {"password": PASSWORD})
    assert AddressChange.objects.get().undone_at is None
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert b"address is kept" in elsewhere.post(path, {"password": PASSWORD}).content


def test_who_took_the_account_over_loses_it_again(
    owner: User, moving: Client, clock: time_machine.Traveller
) -> None:
    path = undo_path()
    clock.shift(DAY + HOUR)
    work()
    owner.refresh_from_db()
    owner.set_password("the taker's own password")
    owner.save()
    add_app(owner, hours_ago=0)
    answer = Client().post(path, {"password": PASSWORD})
    assert b"address is kept" in answer.content
    clock.shift(2 * DAY)
    assert can_sign_in("owner@example.org"), "with the password from before"
    assert not can_sign_in("owner@example.org", "the taker's own password")
    assert not can_sign_in(NEW)
    browser = Client()
    browser.post("/account/sign-in/", {"login": "owner@example.org", "password": PASSWORD})
    assert browser.get("/account/").status_code == 200, "their second step is gone"


def test_a_second_change_replaces_the_first(
    owner: User, moving: Client, clock: time_machine.Traveller
) -> None:
    first = undo_path()
    moving.post("/account/address/", {"address": "third@example.net"})
    assert b"no longer works" in Client().get(first).content
    clock.shift(DAY + HOUR)
    work()
    owner.refresh_from_db()
    assert owner.email == "third@example.net"


def test_an_address_taken_meanwhile_ends_it(
    owner: User, moving: Client, clock: time_machine.Traveller
) -> None:
    make_person("new")
    User.objects.filter(email="new@example.org").update(email=NEW)
    clock.shift(DAY + HOUR)
    work()
    work()
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"
    assert AddressChange.objects.get().undone_at is not None


def test_nothing_is_due_once_it_is_settled(
    owner: User, moving: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(DAY + HOUR)
    assert addresses.list_due() == [("settle_address", str(owner.pk))]
    work()
    assert addresses.list_due() == []


class TestWithCodes:
    """As in production: the new address is confirmed by a code."""

    @pytest.fixture(autouse=True)
    def _confirm(self, settings: Settings) -> None:
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True

    @pytest.fixture
    def asked(self, owner: User, clock: time_machine.Traveller) -> Client:
        clock.move_to(START)
        browser = browser_of(owner)
        prove(browser)
        answer = browser.post("/account/address/", {"address": NEW})
        assert answer["Location"] == "/account/address/code/"
        return browser

    def test_the_code_begins_the_change(self, asked: Client) -> None:
        assert mail.outbox[0].to == [NEW]
        assert not AddressChange.objects.exists()
        code = mail.outbox[0].body.split("\n\n")[1].strip()
        assert asked.post("/account/address/code/", {"code": code})["Location"] == "/account/door/"
        assert AddressChange.objects.get().confirmed

    def test_three_wrong_codes_end_it(self, asked: Client) -> None:
        code = mail.outbox[0].body.split("\n\n")[1].strip()
        for _ in range(3):
            asked.post("/account/address/code/", {"code": "WRONG1"})
        asked.post("/account/address/code/", {"code": code})
        assert not AddressChange.objects.exists()

    def test_a_code_grows_old(self, asked: Client, clock: time_machine.Traveller) -> None:
        code = mail.outbox[0].body.split("\n\n")[1].strip()
        clock.shift(timedelta(minutes=16))
        prove(asked)
        answer = asked.post("/account/address/code/", {"code": code})
        assert answer["Location"] == "/account/address/"
        assert not AddressChange.objects.exists()

    def test_nobody_learns_who_has_an_account(self, owner: User, stranger: User) -> None:
        browser = browser_of(owner)
        prove(browser)
        known = browser.post("/account/address/", {"address": stranger.email})
        page = browser.get("/account/address/code/")
        assert known["Location"] == "/account/address/code/"
        assert page.status_code == 200
        assert mail.outbox[0].to == [stranger.email]
        assert browser.post("/account/address/code/", {"code": ""}).status_code == 200
        assert browser.post("/account/address/code/", {"code": "ABC123"}).status_code == 200
        assert not AddressChange.objects.exists()


def test_without_codes_a_taken_address_is_said_as_at_sign_up(owner: User, stranger: User) -> None:
    browser = browser_of(owner)
    prove(browser)
    answer = browser.post("/account/address/", {"address": stranger.email.upper()})
    assert answer.status_code == 200
    assert not AddressChange.objects.exists()
