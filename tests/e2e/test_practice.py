"""From the questionnaire to a plan, a finished exercise, and an effect card weeks later."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from walks import Person, answer_questions, evening_at_once, next_day_at_once, sign_up

LOOK_SECONDS = 240
DAYS_TO_THE_FIRST_LOOK = 29
EXERCISE = "/practice/let_it_land/"
MOST_STEPS = 200
OFTEN = 3
"""Presses of an arrow from the first answer to "often"."""


def reach(page: Page, target: Locator) -> None:
    """Move the focus to a control with the Tab key alone."""
    for _ in range(MOST_STEPS):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the Tab key does not lead to {target}")


def type_enter(page: Page, target: Locator) -> None:
    """Follow a link or press a button with the keyboard."""
    reach(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def click(page: Page, target: Locator) -> None:
    """Follow a link or press a button with a finger."""
    with page.expect_navigation():
        target.click()


def answer_by_keyboard(page: Page) -> None:
    """Answer every sentence of the first sitting with Tab, arrows and Enter."""
    page.goto("/questions/")
    type_enter(page, page.locator("main a.button--primary"))
    while "/questions/done/" not in page.url:
        reach(page, page.locator("input[name=value]").first)
        for _ in range(OFTEN):
            page.keyboard.press("ArrowDown")
        type_enter(page, page.get_by_role("button", name="Save and go on"))


def live_until_the_first_look(page: Page) -> int:
    """Open today and write each evening for four weeks; return on how many an offer stood there."""
    offers = 0
    for day in range(DAYS_TO_THE_FIRST_LOOK):
        offers += 'id="offer"' in page.context.request.get("/today/").text()
        evening_at_once(page, near=3 + day % 5, myself=4 + day % 4)
        next_day_at_once(page)
    return offers


def wait_for_the_look(page: Page) -> None:
    deadline = time.monotonic() + LOOK_SECONDS
    page.goto("/practice/effect/")
    while "The next look is in week 7." not in page.locator("main").inner_text():
        assert time.monotonic() < deadline, f"no look within {LOOK_SECONDS} s"
        time.sleep(1)
        page.reload()


@pytest.mark.parametrize("by_keyboard", [True, False], ids=["keyboard", "without JavaScript"])
def test_from_the_questions_to_an_effect_card(new_context, by_keyboard):
    page = new_context(javascript=by_keyboard).new_page()
    go = type_enter if by_keyboard else click
    sign_up(page, Person(f"practice-{'keys' if by_keyboard else 'plain'}@example.org"))
    if by_keyboard:
        answer_by_keyboard(page)
    else:
        assert answer_questions(page, skip=4) == 15

    page.goto("/practice/")
    plan = page.locator("section.plan")
    expect(plan.locator("h3")).to_have_count(2)
    expect(plan).to_contain_text("You said it was so")
    go(page, plan.get_by_role("link", name="Why this?"))
    reasons = page.locator(".reasons li")
    before = reasons.count()
    words = reasons.first.locator("p").inner_text()
    go(page, reasons.first.get_by_role("button", name="This does not fit"))
    expect(page.locator("main")).to_contain_text("Left out")
    assert words not in "".join(page.locator("section.card").all_inner_texts())
    go(page, page.get_by_role("button", name="Take it in again"))
    expect(page.locator(".reasons li")).to_have_count(before)

    page.goto(EXERCISE)
    go(page, page.get_by_role("button", name="Begin"))
    while page.get_by_role("link", name="Next", exact=True).count():
        go(page, page.get_by_role("link", name="Next", exact=True))
    go(page, page.get_by_role("button", name="Done"))
    expect(page.locator("h1")).to_have_text("Done. What do you notice now?")

    page.goto(EXERCISE)
    go(page, page.get_by_role("link", name="Find out whether it helps me"))
    go(page, page.get_by_role("button", name="Begin"))
    expect(page.locator("main")).to_contain_text("The next look is in week 4.")
    offers = live_until_the_first_look(page)
    assert 3 <= offers <= 26
    wait_for_the_look(page)
    card = page.locator("section.card")
    expect(card).to_contain_text("The difference most likely lies between")
    expect(card.locator("figure svg")).to_have_count(1)
    expect(card).to_contain_text(" evenings with an offer and ")
    go(page, page.get_by_role("button", name="Switch the drawing off"))
    expect(page.locator("main")).to_contain_text("The drawing is off.")
