"""Taking everything away asks for your password again, and for your second step where you have one.

Case 8: a partner makes somebody export. The file holds own data only; nobody else can start it.
"""

from __future__ import annotations

import io
import zipfile

from django.test import Client

from counterpoint.web.accounts.models import User
from doors import add_app, code_now, prove
from factories import browser_of
from people import PASSWORD

PATH = "/account/take-away/"


def test_an_open_session_alone_starts_no_export(as_owner: Client) -> None:
    assert as_owner.get(PATH)["Content-Type"].startswith("text/html")
    for data in ({}, {"password": ""}, {"password": "not this one"}):
        answer = as_owner.post(PATH, data)
        assert not answer.streaming
        assert answer["Content-Type"].startswith("text/html")


def test_with_a_second_step_the_password_alone_starts_none(owner: User) -> None:
    add_app(owner)
    browser = browser_of(owner)
    assert browser.post(PATH, {"password": PASSWORD}).status_code == 302
    prove(browser, code=code_now())
    assert browser.post(PATH, {"go": "on"}).streaming


def test_the_file_holds_nothing_of_anybody_else(
    as_owner: Client, owner: User, partner: User
) -> None:
    add_app(partner)
    answer = as_owner.post(PATH, {"password": PASSWORD})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert owner.email.encode() in everything
    assert partner.email.encode() not in everything
    assert str(partner.pk).encode() not in everything


def test_the_screen_for_being_safe_is_not_in_it(as_owner: Client) -> None:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(as_owner.post(PATH, {"password": PASSWORD}))))
    assert not any("safety" in name or "screen" in name for name in archive.namelist())


def test_another_person_named_in_the_form_changes_nothing(
    as_owner: Client, owner: User, partner: User
) -> None:
    named = {"password": PASSWORD, "owner": str(partner.pk), "email": partner.email}
    archive = zipfile.ZipFile(io.BytesIO(b"".join(as_owner.post(PATH, named))))
    assert owner.email.encode() in archive.read("account/account.json")
    assert partner.email.encode() not in archive.read("account/account.json")
