"""Quick exit, sign-out, and what Back shows afterwards."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from walks import press, sign_in

PRIVATE = "answered days"


@pytest.fixture
def private_page(new_context, demo, watch) -> Page:
    """The plane of a signed-in person; the neutral site answers with an empty page."""
    context: BrowserContext = new_context()
    context.route("https://**", lambda route: route.fulfill(body="<title>Weather</title>"))
    page = context.new_page()
    email, password = demo.credentials()[0]
    sign_in(page, email, password)
    page.goto("/plane/")
    expect(page.locator("main")).to_contain_text(PRIVATE)
    yield page
    watch.foreign[:] = [url for url in watch.foreign if not url.startswith("https://")]


def shows_nothing_private(page: Page) -> None:
    page.goto("/plane/")
    assert "/sign-in/" in page.url
    assert PRIVATE not in page.content()


def test_quick_exit_leads_away_and_ends_the_session(private_page: Page) -> None:
    press(private_page, "Leave now")
    assert private_page.title() == "Weather"
    private_page.go_back()
    private_page.wait_for_load_state()
    assert PRIVATE not in private_page.content()
    shows_nothing_private(private_page)


def test_three_times_shift_does_the_same(private_page: Page) -> None:
    with private_page.expect_navigation(url="https://**"):
        for _ in range(3):
            private_page.keyboard.press("Shift")
    assert private_page.title() == "Weather"
    shows_nothing_private(private_page)


def test_quick_exit_is_first_in_tab_order(private_page: Page) -> None:
    private_page.keyboard.press("Tab")
    assert private_page.evaluate("document.activeElement.textContent").strip() == "Leave now"


def test_back_after_signing_out_shows_nothing(private_page: Page) -> None:
    private_page.goto("/account/sign-out/")
    with private_page.expect_navigation():
        private_page.locator("main form button").click()
    private_page.go_back()
    private_page.go_back()
    private_page.wait_for_load_state()
    assert PRIVATE not in private_page.content()


def test_nothing_is_kept_on_the_device(private_page: Page) -> None:
    kept = private_page.evaluate(
        """async () => ({
            local: Object.keys(localStorage).length,
            session: Object.keys(sessionStorage).length,
            caches: (await caches.keys()).length,
            databases: (await indexedDB.databases()).length,
        })"""
    )
    assert kept == {"local": 0, "session": 0, "caches": 0, "databases": 0}
