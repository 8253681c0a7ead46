"""Whoever reads your mail can set a new password, but never gets past your second step.

Case 10: a shared mailbox and the password reset; the mail names neither the topic nor the person.
"""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from counterpoint.web.accounts.models import DoorChange, User
from doors import add_app, code_now
from factories import browser_of

NEW = "chosen by who reads the mail"


def reset(person: User) -> Client:
    """Set a new password by mail, as anybody with the mailbox could."""
    browser = Client()
    browser.post("/account/password/new/", {"email": person.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert link is not None
    form = browser.get(link[1], follow=True).request["PATH_INFO"]
    answer = browser.post(form, {"password1": NEW, "password2": NEW})
    assert answer["Location"] == "/account/password/changed/"
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


def test_a_reset_signs_nobody_in(owner: User) -> None:
    assert not is_in(reset(owner))


def test_the_second_step_stands_after_a_reset(owner: User) -> None:
    add_app(owner)
    browser = reset(owner)
    answer = browser.post("/account/sign-in/", {"login": owner.email, "password": NEW})
    assert answer["Location"] == "/account/second/"
    for path in ("/account/", "/today/", "/account/again/", "/account/take-away/"):
        assert browser.get(path).status_code == 302, path
    browser.post("/account/second/", {"code": "123456"})
    assert not is_in(browser)
    browser.post("/account/second/", {"code": code_now()})
    assert is_in(browser)


def test_a_reset_ends_the_other_sessions_and_is_said_on_every_page(owner: User) -> None:
    before = browser_of(owner)
    reset(owner)
    assert not is_in(before)
    owner.refresh_from_db()
    assert b"how you sign in changed" in browser_of(owner).get("/account/").content
    assert DoorChange.objects.filter(owner=owner, kind="password_changed").exists()


def test_the_mail_names_neither_topic_nor_person(owner: User) -> None:
    Client().post("/account/password/new/", {"email": owner.email})
    (message,) = mail.outbox
    words = f"{message.subject} {message.body} {message.from_email}".lower()
    for telling in ("counterpoint", "partner", "couple", "relationship", "owner", owner.email):
        assert telling not in words


def test_changes_at_the_door_send_no_mail(owner: User) -> None:
    add_app(owner)
    browser_of(owner)
    assert mail.outbox == []
