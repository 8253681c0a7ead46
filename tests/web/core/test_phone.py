"""Putting the site on a phone: neutral names, and a worker that keeps nothing of anybody."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from counterpoint.web.core import phone, shell
from counterpoint.web.core.away import away_cookie
from counterpoint.web.core.phone import ICONS, NAMES
from people import PASSWORD

if TYPE_CHECKING:
    from pytest_django import Settings

ICON_FILES = Path(phone.__file__).parent / "static/core/icons"
TELLING = re.compile(r"counterpoint|partner|couple|love|check-?in|diary|mood", re.IGNORECASE)
PNG = b"\x89PNG\r\n\x1a\n"


def told_to(browser: Client, query: str) -> dict[str, object]:
    """Return what a worker is told on top of it."""
    text = browser.get(f"/worker.js?{query}").content.decode()
    found = re.match(r"const SHELL = (\{.*?\});\n", text)
    assert found is not None
    told: dict[str, object] = json.loads(found[1])
    return told


@pytest.mark.parametrize("icon", ICONS)
@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_bears_the_name_and_icon_that_were_chosen(name: str, icon: str) -> None:
    answer = Client().get(f"/app.webmanifest?name={name}&icon={icon}&language=en")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert told["name"] == told["short_name"] == str(NAMES[name])
    assert (told["display"], told["scope"], told["start_url"]) == ("standalone", "/", "/today/")
    assert [(one["sizes"], one["purpose"]) for one in told["icons"]] == [
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    ]  # fmt: skip
    assert all(f"/icons/{icon}-" in one["src"] for one in told["icons"])
    assert not TELLING.search(answer.content.decode())


@pytest.mark.parametrize("icon", ICONS)
def test_icons_are_pictures_of_the_size_they_say(icon: str) -> None:
    for ending, size in (("192", 192), ("512", 512), ("maskable", 512)):
        data = (ICON_FILES / f"{icon}-{ending}.png").read_bytes()
        assert data.startswith(PNG)
        assert int.from_bytes(data[16:20]) == int.from_bytes(data[20:24]) == size


def test_unknown_choices_are_the_first_of_their_kind() -> None:
    told = Client().get("/app.webmanifest?name=<b>&icon=../x&language=../y").json()
    assert told["name"] == "Notes"
    assert "/icons/page-" in told["icons"][0]["src"]


def test_no_page_offers_to_install_before_a_choice_was_made(as_owner: Client) -> None:
    assert 'rel="manifest"' not in as_owner.get("/today/").content.decode()
    assert 'rel="manifest"' not in as_owner.get("/phone/").content.decode()
    chosen = as_owner.get("/phone/?name=garden&icon=leaf").content.decode()
    assert (
        '<link rel="manifest" href="/app.webmanifest?name=garden&amp;icon=leaf&amp;language=en">'
        in chosen
    )
    assert "<title>Garden log</title>" in chosen


def test_the_page_says_who_can_see_the_icon_and_works_without_a_script(as_owner: Client) -> None:
    page = as_owner.get("/phone/").content.decode()
    assert "Whoever holds this phone can see the icon" in page
    assert '<form class="form" method="get">' in page


@pytest.mark.parametrize("query", ["", "for=install", "for=evenings", "for=evenings+install+x"])
def test_a_worker_is_told_of_files_and_one_page_only(as_owner: Client, query: str) -> None:
    told = told_to(as_owner, query)
    assert told == told_to(Client(), query)
    files = told["files"]
    assert isinstance(files, list)
    assert all(file.startswith(settings.STATIC_URL) for file in files)
    page = "/offline/evening/" if "evenings" in query else "/offline/"
    assert told["offline"] == f"{page}?language=en"


def test_the_version_follows_from_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {str(told_to(Client(), query)["version"]) for query in ("", "for=evenings")}
    assert len(versions) == 2
    assert told_to(Client(), "for=evenings")["version"] in versions  # the same each time
    monkeypatch.setattr(shell, "FILES", shell.FILES[:-1])
    assert told_to(Client(), "")["version"] not in versions


def test_a_part_belongs_to_a_worker_only_where_its_use_is_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    part = shell.WorkerPart("core/offline.html", lambda: {"body": "two words"})
    monkeypatch.setitem(shell._parts, "push", part)
    assert told_to(Client(), "for=push&name=weather")["body"] == "two words"
    assert told_to(Client(), "for=push&name=weather")["title"] == "Weather book"
    assert "No connection" in Client().get("/worker.js?for=push").content.decode()
    assert "body" not in told_to(Client(), "for=evenings")
    assert "No connection" not in Client().get("/worker.js?for=evenings").content.decode()


@pytest.mark.parametrize("path", ["/offline/", "/offline/evening/", "/worker.js"])
def test_what_is_kept_holds_nothing_of_anybody(
    as_owner: Client, as_stranger: Client, path: str
) -> None:
    answers = {
        browser.get(path, {"language": "en", "for": "evenings"}).content
        for browser in (as_owner, as_stranger, Client())
    }
    assert len(answers) == 1
    assert not re.search(rb"owner|stranger|example\.org|csrf", answers.pop())


@pytest.mark.parametrize(
    ("address", "sent", "cleared"),
    [
        ("account_logout", {}, '"storage"'),
        ("safety:leave", {}, '"cache", "storage"'),
        ("accounts:delete", {"words": "delete everything", "password": PASSWORD}, '"storage"'),
    ],
)
def test_what_ends_a_visit_clears_the_device(
    as_owner: Client, address: str, sent: dict[str, str], cleared: str
) -> None:
    answer = as_owner.post(reverse(address), sent)
    assert "_auth_user_id" not in as_owner.session
    assert answer["Clear-Site-Data"] == cleared
    assert "Clear-Site-Data" not in as_owner.get("/account/sign-in/")


def test_a_browser_that_was_left_is_cleared_at_its_next_look(as_owner: Client) -> None:
    assert "Clear-Site-Data" not in as_owner.get("/today/")
    as_owner.cookies[away_cookie()] = "1"
    assert as_owner.get("/today/")["Clear-Site-Data"] == '"storage"'


@pytest.mark.parametrize("path", ["/offline/", "/offline/evening/", "/worker.js"])
def test_what_is_kept_is_in_the_language_it_is_asked_in(path: str, settings: Settings) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    told = Client().get(path, {"language": "de", "for": "evenings"}).content.decode()
    assert "Keine Verbindung" in told or "language=de" in told
    assert 'lang="en"' not in told
