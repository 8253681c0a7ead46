"""What is answered when something went wrong: told kindly, with nothing that may have failed."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, RequestFactory

from counterpoint.web.accounts.models import User
from counterpoint.web.core.away import away_cookie
from counterpoint.web.core.views import TRIES_PASS_SECONDS


def test_too_many_tries_are_told_when_they_have_passed(as_nobody: Client) -> None:
    answers = [
        as_nobody.post("/account/password/new/", {"email": "nobody@example.org"}) for _ in range(6)
    ]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert answers[-1]["Retry-After"] == str(TRIES_PASS_SECONDS)
    assert b"nothing is locked for good" in answers[-1].content


def test_they_have_passed_by_then(as_nobody: Client, time_machine) -> None:
    for _ in range(6):
        last = as_nobody.post("/account/password/new/", {"email": "nobody@example.org"})
    assert last.status_code == 429
    time_machine.move_to(time.time() + int(last["Retry-After"]) + 1)
    again = as_nobody.post("/account/password/new/", {"email": "nobody@example.org"})
    assert again.status_code == 302


def refuse(*_: object, **__: object) -> None:
    raise OperationalError("unable to open database file")


@pytest.mark.parametrize("path", ["/today/", "/info/limits/", "/account/sign-in/", "/nothing/"])
def test_without_a_database_every_page_is_the_one_for_our_faults(
    as_owner: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    as_owner.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(BaseDatabaseWrapper, "cursor", refuse)
        answer = as_owner.get(path)
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "broke on our side" in text
    assert text.count("Leave now") == 1
    assert answer["Cache-Control"] == "private, no-store"
    assert "unable to open" not in text


def test_the_way_out_leads_away_without_a_database(
    as_owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_owner.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(BaseDatabaseWrapper, "cursor", refuse)
        answer = as_owner.post("/away/")
    assert (answer.status_code, answer["Refresh"][:13]) == (500, "0; url=https:")
    assert as_owner.get("/today/").status_code == 302, "the session has ended by now"
    assert away_cookie() not in {name for name, row in as_owner.cookies.items() if row.value}


def busy(*_: object, **__: object) -> None:
    raise OperationalError("database is locked")


def test_what_was_sent_while_busy_can_be_sent_again(
    as_owner: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = 'We laughed.\n<b>Then</b> "home".'
    with monkeypatch.context() as broken:
        broken.setattr("counterpoint.web.accounts.views.own.change_zone", busy)
        answer = as_owner.post("/account/", {"zone": "UTC", "line": words, "many": ["1", "2"]})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    form = answer.content.decode().split('<form class="actions" method="post">')[1]
    held = re.findall(r'name="(\w+)" value="([^"]*)"', form.split("</form>")[0])
    assert [(name, unescape(value)) for name, value in held[1:]] == [
        ("zone", "UTC"), ("line", words), ("many", "1"), ("many", "2")
    ]  # fmt: skip
    as_owner.post("/account/", dict(held[1:]))
    owner.refresh_from_db()
    assert owner.zone == "UTC"


def test_a_busy_page_repeats_no_password_and_asks_a_reader_only_to_load_it_again() -> None:
    from counterpoint.web.core.middleware import PrivateAnswers
    from counterpoint.web.core.views import not_found

    middleware = PrivateAnswers(not_found)
    error = OperationalError("database is locked")
    sent = RequestFactory().post("/account/leave/", {"password": "very secret", "words": "all"})
    told = middleware.process_exception(sent, error)
    assert told is not None
    assert b"very secret" not in told.content
    assert b"Please go back" in told.content
    read = middleware.process_exception(RequestFactory().get("/days/?from=3"), error)
    assert read is not None
    assert b'href="/days/?from=3"' in read.content


def test_a_stale_page_keeps_what_was_written_here_and_nothing_of_another_site(
    owner: User,
) -> None:
    from factories import browser_of

    browser = browser_of(owner, enforce_csrf_checks=True)
    words = "We laughed.\n<b>Then</b> home."
    sent = {"line": words, "c1": "7"}
    kept = browser.post("/account/", sent, headers={"origin": "https://testserver"})
    assert kept.status_code == 403
    assert "We laughed.\n&lt;b&gt;Then&lt;/b&gt; home.</textarea>" in kept.content.decode()
    assert kept.content.count(b"<textarea") == 1
    for origin in ({}, {"origin": "https://elsewhere.example"}, {"origin": "null"}):
        foreign = browser.post("/account/", sent, headers=origin)
        assert foreign.status_code == 403
        assert b"laughed" not in foreign.content
    secret = browser.post(
        "/account/",
        {**sent, "password": "very secret words"},
        headers={"origin": "https://testserver"},
    )
    assert b"secret" not in secret.content


def test_an_address_that_only_takes_forms_is_no_blank_page(as_owner: Client) -> None:
    answer = as_owner.get("/pace/lighter/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert b"There is nothing here" in answer.content
