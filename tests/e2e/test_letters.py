"""A letter in a real browser: opened by keyboard, without scripts, and on paper."""

from __future__ import annotations

from walks import sign_in


def test_a_letter_is_opened_by_keyboard_without_scripts_and_stays(new_context, demo):
    page = new_context(javascript=False).new_page()
    sign_in(page, *demo.credentials()[1])
    page.goto("/letters/second/")
    open_it = page.get_by_role("button", name="Open it")
    open_it.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/letters/second/")
    letter = page.locator("article.letter")
    assert letter.get_by_role("heading", level=1).inner_text() == "After four weeks"
    assert letter.locator("blockquote").count() >= 2
    told = letter.inner_text()
    page.reload()
    assert letter.inner_text() == told


def test_on_paper_there_is_the_letter_and_nothing_around_it(new_context, demo):
    page = new_context().new_page()
    sign_in(page, *demo.credentials()[1])
    page.goto("/letters/first/")
    if page.get_by_role("button", name="Open it").count():
        page.get_by_role("button", name="Open it").click()
    page.emulate_media(media="print")
    assert page.locator("article.letter").is_visible()
    for around in ("nav", ".foot", ".exit", ".letter-back", ".letter-paper", ".letter .twin"):
        shown = page.locator(around)
        assert not any(shown.nth(at).is_visible() for at in range(shown.count())), around
