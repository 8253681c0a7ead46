"""What every answer carries, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from counterpoint.web.core.neutral import NEUTRAL_TITLE

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
NO_MARKUP = {"application/manifest+json", "application/json", "text/javascript"}
SHOP_WINDOW = {"/", "/example/"}
"""Pages that hold nothing of anybody and may say what this is."""


def simple_routes(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Yield the path of every route that takes no arguments."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from simple_routes(entry, path)
        elif isinstance(entry, URLPattern) and not re.search(r"[<^(]", path):
            yield path


PATHS = [*simple_routes(get_resolver()), "/nothing/here/", "/today/x.css"]


@pytest.fixture(params=["nobody", "owner"])
def browser(request: pytest.FixtureRequest) -> Client:
    client: Client = request.getfixturevalue(f"as_{request.param}")
    return client


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_them(browser: Client, path: str) -> None:
    answer = browser.get(path, secure=True)
    assert answer["Cache-Control"] == "private, no-store"
    assert sorted(answer["Content-Security-Policy"].split("; ")) == sorted(POLICY.split("; "))
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "max-age=31536000" in answer["Strict-Transport-Security"]
    assert "geolocation=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_neutral_and_has_nothing_inline(browser: Client, path: str) -> None:
    answer = browser.get(path, follow=True)
    if answer["Content-Type"] == "audio/wav":  # a sound has neither title nor markup
        assert answer.content.startswith(b"RIFF")
        return
    if answer["Content-Type"].startswith("text/calendar"):  # nor has a calendar
        assert answer.content.startswith(b"BEGIN:VCALENDAR")
        return
    if answer["Content-Type"].split(";")[0] in NO_MARKUP:
        assert b"<" not in answer.content.replace(b"=>", b"")
        return
    text = answer.content.decode()
    title = "Counterpoint" if answer.request["PATH_INFO"] in SHOP_WINDOW else NEUTRAL_TITLE
    assert re.findall(r"<title>(.*?)</title>", text)[0] == title
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<style", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert text.index('class="exit"') < text.index('class="skip"') < text.index("<main")


def test_addresses_name_no_topic() -> None:
    telling = re.compile(r"fear|safe|abuse|violen|partner|couple|depend|love|help", re.IGNORECASE)
    assert [path for path in PATHS if telling.search(path)] == []


def test_private_pages_keep_fields_out_of_the_browsers_memory(as_owner: Client) -> None:
    words = as_owner.get("/account/leave/").content.decode()
    assert 'autocomplete="off"' in words
