"""From a first sitting to the page of a sign, own words and a second sitting, without scripts."""

from __future__ import annotations

from playwright.sync_api import expect

from counterpoint.content import load_content
from walks import Person, answer_questions, follow, next_day_at_once, press, sign_up, tap

WORDS = "At the kitchen table, with the radio on."


def test_signs_without_scripts(new_context) -> None:
    content = load_content()
    page = new_context(javascript=False).new_page()
    sign_up(page, Person("signs-without-scripts@example.org"))
    assert answer_questions(page, skip=3) == 15
    follow(page, "The signs, one by one")
    follow(page, content.signs["hard_to_rely"].title)
    said = page.locator("section[aria-labelledby=said]")
    expect(said).to_contain_text("Going by your answers to")
    page.locator("main a[href$='/learned/']").click()
    page.locator("textarea[name=words]").fill(WORDS)
    press(page, "Save")
    expect(page.locator("textarea[name=words]")).to_have_value(WORDS)
    page.goto("/signs/staying_quiet/")
    press(page, "Leave this sign out")
    page.goto("/signs/")
    expect(page.locator("main a[href='/signs/staying_quiet/']")).to_have_count(0)
    with page.expect_navigation():
        page.locator("form[action='/questions/staying_quiet/take-in/'] button").click()
    next_day_at_once(page)
    page.goto("/questions/")
    follow(page, "Go on")
    tap(page, "value", 2)
    press(page, "Save and go on")
    page.goto("/today/")
    expect(page.locator("main")).to_contain_text(content.phrase("questionnaire.more", left=15))
    follow(page, "What you notice")
    follow(page, "Begin")
    tap(page, "value", 1)
    press(page, "Save and go on")
    assert "_2/" in page.url
