"""What goes wrong is told on a page like any other: every language, every size, light and dark."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.conftest import Demo
from e2e.test_pages import LANGUAGES, Look, pictures
from walks import choose_language, send, sign_in, speaking, tap

__all__ = ["pictures"]

TRIES = 5
TOLD_BY_THE_BROWSER = "Failed to load resource: the server responded with a status of"
UNSENT = "We laughed about the burnt rice."


@contextmanager
def database_held(demo: Demo) -> Iterator[None]:
    """Let somebody else write for longer than a request waits."""
    held = sqlite3.connect(demo.data / "demo.sqlite3", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        held.execute("ROLLBACK")
        held.close()


@contextmanager
def tables_gone(demo: Demo) -> Iterator[None]:
    """Take the tables away for a while."""
    aside: list[tuple[Path, Path]] = []
    for path in demo.data.glob("demo.sqlite3*"):
        aside.append((path, path.with_name(f"aside-{path.name}")))
        path.rename(aside[-1][1])
    try:
        yield
    finally:
        for path in demo.data.glob("demo.sqlite3*"):
            path.unlink()
        for path, kept in aside:
            kept.rename(path)


def answered(page: Page, path: str, status: int) -> None:
    """Open a page that is answered with this status."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status


def try_too_often(page: Page, look: Look) -> None:
    """Ask for a new password once more than is allowed in a minute."""
    for _ in range(TRIES + 1):
        page.goto("/account/password/new/")
        page.locator("input[name=email]").fill(f"too-often-{look.language}@example.org")
        send(page, "main form button")
    look.at("wrong-too-often")


def open_the_line(page: Page, near: int) -> None:
    """Give the first screen of today, and write a line on the second."""
    page.goto("/checkin/")
    tap(page, "c1", near)
    send(page)
    page.locator("textarea[name=line]").fill(UNSENT)


def send_a_stale_form(page: Page, look: Look) -> None:
    """Send a form whose token is of another visit; what was written is there to be copied."""
    open_the_line(page, 2 + LANGUAGES.index(look.language))
    page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((one) => {"
        " one.value = 'x'.repeat(64) })"
    )
    send(page)
    look.at("wrong-stale")
    expect(page.get_by_role("textbox")).to_have_value(UNSENT)


def send_while_busy(page: Page, look: Look, demo: Demo) -> None:
    """Write a line while the site is busy; nothing of it is lost, and once is enough."""
    open_the_line(page, 6 + LANGUAGES.index(look.language))
    with database_held(demo):
        send(page)
        look.at("wrong-busy")
    send(page)
    expect(page.locator("main .own-words")).to_have_text(UNSENT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_goes_wrong_is_told(new_context, demo, watch, pictures, language) -> None:
    context: BrowserContext = new_context()
    page = context.new_page()
    look = Look(page, pictures, language)
    page.goto("/info/limits/")
    choose_language(page, language)
    try_too_often(page, look)
    page.goto("/info/limits/")
    choose_language(page, "en")
    sign_in(page, *demo.credentials()[0])
    with speaking(page, language):
        answered(page, "/nothing/", 404)
        look.at("wrong-nothing-here")
        answered(page, "/pace/lighter/", 405)
        look.at("wrong-no-page")
        send_a_stale_form(page, look)
        send_while_busy(page, look, demo)
        with tables_gone(demo):
            answered(page, "/today/", 500)
            look.at("wrong-our-fault")
        answered(page, "/today/", 200)
    watch.errors[:] = [said for said in watch.errors if not said.startswith(TOLD_BY_THE_BROWSER)]
    assert look.wrong == []
