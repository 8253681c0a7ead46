"""The lab in a real Chromium: by keyboard, a dial swapping pictures, and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from counterpoint.content import load_content
from walks import sign_in

SAID = load_content().phrase


def words(page: Page) -> str:
    return page.locator("#lab-said").inner_text()


def test_a_dial_turned_by_keyboard_swaps_the_pictures_and_keeps_its_place(new_context):
    page = new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto("/lab/?pair=chase")
    assert SAID("lab.plays.chases", days=12) in words(page)
    before = page.locator("#lab-first svg").inner_html()
    evenings = page.locator("#lab-rest svg").first.inner_html()
    asked.clear()
    page.get_by_label("After Ari felt nearer, Bo feels").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#lab-said")).to_contain_text(SAID("lab.plays.settles"))
    assert page.locator("#lab-first svg").inner_html() != before
    assert page.locator("#lab-rest svg").first.inner_html() != evenings
    assert set(asked) == {"xhr"}
    assert page.url.endswith("/lab/?pair=chase")
    assert page.evaluate("document.activeElement.id") == "dial-b5"
    for part in ("lab-said", "lab-first", "lab-rest"):
        expect(page.locator(f"#{part}")).to_have_count(1)


def test_what_if_stands_beside_and_more_stays_open(new_context):
    page = new_context().new_page()
    page.goto("/lab/?pair=adapt_and_detach")
    page.get_by_text("More dials of Ari").click()
    page.get_by_label(SAID("lab.what_if.legend")).select_option("a7")
    expect(page.get_by_role("heading", name=SAID("lab.what_if.now"))).to_be_visible()
    expect(page.locator("#lab-first svg")).to_have_count(2)
    expect(page.get_by_label("After Bo felt nearer, Ari is", exact=True)).to_be_visible()


def test_the_whole_lab_without_javascript(new_context):
    page = new_context(javascript=False).new_page()
    page.goto("/lab/")
    page.get_by_role("link", name=SAID("lab.pair.adapt_and_detach.title")).click()
    page.get_by_label(SAID("lab.what_if.legend")).select_option("a7")
    page.get_by_role("button", name="Let them dance").click()
    assert "what=a7" in page.url
    assert "this one smaller" in words(page)
    expect(page.locator("#lab-first svg")).to_have_count(2)
    page.get_by_label(SAID("lab.what_if.legend")).select_option("")
    page.get_by_label("After Bo felt nearer, Ari feels").select_option(label="much nearer")
    page.get_by_label("After Ari felt nearer, Bo feels").select_option(label="much nearer")
    for person in ("Ari", "Bo"):
        page.get_by_text(f"More dials of {person}").click()
        label = f"The day after a near day, {person} still has"
        page.get_by_label(label).select_option(label="most of it")
    page.get_by_role("button", name="Let them dance").click()
    assert SAID("lab.run_away") in words(page)
    expect(page.get_by_role("button", name="Let them dance")).to_be_visible()


def test_from_my_own_days_no_number_stands_in_an_address(new_context, demo):
    for javascript in (True, False):
        page = new_context(javascript=javascript).new_page()
        sign_in(page, *demo.credentials()[0])
        page.goto("/lab/")
        page.get_by_role("link", name=SAID("lab.mine.link")).click()
        page.get_by_label("After a near day, Ari is").select_option(label="much more themselves")
        if not javascript:
            page.get_by_role("button", name="Let them dance").click()
        expect(page.locator("#lab-said")).to_contain_text(
            re.compile("more themselves than usual in the days after")
        )
        assert page.url.endswith("/lab/mine/")
