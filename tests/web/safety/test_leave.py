"""The way out."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from counterpoint.web.accounts.models import User
from counterpoint.web.core.away import away_cookie
from factories import browser_of


def test_it_ends_the_session_and_leads_away(as_owner: Client) -> None:
    answer = as_owner.post("/away/")
    assert answer.status_code == 200
    assert answer["Refresh"] == f"0; url={settings.COUNTERPOINT_EXIT_URL}"
    assert Session.objects.count() == 0
    assert as_owner.get("/account/").status_code == 302


def test_it_works_from_a_page_grown_old(owner: User) -> None:
    browser = browser_of(owner, enforce_csrf_checks=True)
    assert browser.post("/away/").status_code == 200
    assert Session.objects.count() == 0


def test_a_link_does_not_end_a_session(as_owner: Client) -> None:
    assert as_owner.get("/away/").status_code == 405
    assert as_owner.get("/account/").status_code == 200


def test_a_browser_that_was_left_is_nobody_even_if_word_of_it_was_lost(as_owner: Client) -> None:
    as_owner.cookies["away"] = "1"
    answer = as_owner.get("/account/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/sign-in/")
    assert Session.objects.count() == 0
    assert answer.cookies["away"]["max-age"] == 0
    del as_owner.cookies["away"]
    assert as_owner.get("/account/").status_code == 302


def test_the_mark_of_a_left_browser_has_the_sessions_prefix(as_nobody: Client, settings) -> None:
    settings.SESSION_COOKIE_NAME = "__Host-session"
    assert away_cookie() == "__Host-away"
    browser = as_nobody
    browser.cookies["__Host-away"] = "1"
    gone = browser.get("/").cookies["__Host-away"]
    assert (gone["path"], gone["samesite"], gone["secure"]) == ("/", "Lax", True)


@pytest.mark.parametrize("path", ["/", "/account/", "/info/people/", "/nothing/"])
def test_the_button_comes_first_and_needs_no_script(as_owner: Client, path: str) -> None:
    text = as_owner.get(path, follow=True).content.decode()
    body = text[text.index("<body") :]
    places = [body.find(tag) for tag in ("<form", "<a ", "<button", "<input")]
    first = min(place for place in places if place >= 0)
    assert body[first:].startswith('<form class="exit" method="post" aria-label="Way out" action')
    assert f'data-exit="{settings.COUNTERPOINT_EXIT_URL}"' in body
    assert "does not erase your browser history" in body


def test_what_is_left_behind_is_blank(as_owner: Client) -> None:
    text = as_owner.post("/away/").content.decode()
    assert "<title>Notes</title>" in text
    assert "Counterpoint" not in text
