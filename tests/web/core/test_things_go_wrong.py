"""What is answered when something went wrong: told kindly, with nothing that may have failed."""

from __future__ import annotations

import time

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

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
