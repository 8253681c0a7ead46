"""The quiet check in a real browser: with a script and without, and nothing of it left behind."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from walks import PASSWORD, Person, press, sign_up, tap

KEPT = """async () => ({
    local: Object.keys(localStorage).length,
    session: Object.keys(sessionStorage).length,
    caches: (await caches.keys()).length,
})"""


def open_questions(page: Page) -> None:
    """Say that one is alone, and give the password once more."""
    page.goto("/quiet/")
    with page.expect_navigation():
        page.get_by_role("link", name="I am alone. Go on").click()
    if "/account/again/" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        press(page, "Go on")
    assert page.url.endswith("/quiet/questions/")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_help_comes_first_and_no_answer_is_left_behind(new_context, javascript) -> None:
    page = new_context(javascript=javascript).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_up(page, Person(f"quiet-{'script' if javascript else 'plain'}@example.org"))
    page.goto("/today/")
    expect(page.locator("main h2").first).to_have_text("Place yourself")
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="A quiet check").click()
    open_questions(page)
    tap(page, "watched", "yes")
    tap(page, "hurting_oneself", "no")
    press(page, "Go on")
    assert page.url.endswith("/quiet/line/")
    expect(page.locator("main")).to_contain_text("What was done to you is not your doing.")
    page.goto("/today/")
    expect(page.locator("main h2").first).to_have_text("Someone to talk to")
    assert not any("watched" in url or "yes" in url for url in asked)
    if javascript:
        assert page.evaluate(KEPT) == {"local": 0, "session": 0, "caches": 0}

    page.goto("/quiet/questions/")
    expect(page.locator("input[name=watched][value='']")).to_be_checked()
    page.goto("/quiet/line/")
    press(page, "Delete the line")
    expect(page.locator("main")).to_contain_text("Nothing is kept of you here.")
    page.goto("/today/")
    expect(page.locator("main h2").first).to_have_text("Place yourself")


def test_back_after_leaving_shows_no_answer(new_context, watch) -> None:
    context = new_context()
    context.route("https://**", lambda route: route.fulfill(body="<title>Weather</title>"))
    page = context.new_page()
    sign_up(page, Person("quiet-away@example.org"))
    open_questions(page)
    tap(page, "afraid", "yes")
    press(page, "Leave now")
    page.go_back()
    page.wait_for_load_state()
    assert "afraid" not in page.content()
    page.goto("/quiet/questions/")
    assert "/sign-in/" in page.url
    watch.foreign[:] = [url for url in watch.foreign if not url.startswith("https://")]


def test_the_questions_can_be_answered_by_keyboard_alone(new_context) -> None:
    page = new_context().new_page()
    sign_up(page, Person("quiet-keys@example.org"))
    open_questions(page)
    page.locator("input[name=afraid]:checked").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("input[name=afraid][value=no]")).to_be_checked()
    page.locator("main form:has(input[name=afraid]) button.button--primary").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/quiet/line/")
