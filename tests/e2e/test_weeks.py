"""Sundays and a hard week: what is offered, the way back, who to talk to."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from walks import (
    Person,
    check_in,
    evening_at_once,
    follow,
    next_day_at_once,
    press,
    sign_up,
    tap,
)

USUAL_DAYS = 21
HARD_DAYS = 7
STAYED = "I said that I was tired before I was cross."
MOMENT = "Her hand on my back in the queue."
VERDICTS = re.compile(r"\b(should|must|bad|worse|fail\w*|score|missed|streak)\b", re.I)


@pytest.fixture
def demo(demo_of_months):
    """Weeks go by in these journeys."""
    return demo_of_months


def live_until_a_look_is_open(page: Page) -> int:
    """Write evening by evening until Today offers the look; return how many were written."""
    for evenings in range(1, 15):
        evening_at_once(page, near=4 + evenings % 4, myself=3 + evenings % 5)
        if 'href="/look/"' in page.context.request.get("/today/").text():
            return evenings
        next_day_at_once(page)
    pytest.fail("no look within two weeks")


def no_verdict_on(page: Page) -> None:
    """See that nothing on the page judges or orders."""
    said = page.locator("main").inner_text()
    assert VERDICTS.search(said) is None, VERDICTS.search(said)


def test_a_sunday_without_a_script(new_context) -> None:
    page = new_context(javascript=False).new_page()
    sign_up(page, Person("sundays@example.org"))
    evenings = live_until_a_look_is_open(page)
    page.goto("/today/")
    follow(page, "Look at my week")
    expect(page.locator("h1")).to_have_text("A look at the week")
    expect(page.locator("main")).to_contain_text(str(min(evenings, 7)))
    questions = page.locator("form.checkin fieldset")
    assert questions.count() > 2, "the last two are the halves; all may stay open"
    tap(page, "h1", 7)
    tap(page, "h2", 4)
    page.locator("textarea[name=h1_line]").fill(STAYED)
    page.locator("textarea[name=moment]").fill(MOMENT)
    press(page, "Keep my look")
    assert page.url.endswith("/look/kept/")
    for words in (STAYED, MOMENT):
        expect(page.locator("main")).to_contain_text(words)
    no_verdict_on(page)
    follow(page, "The days that were both, in your words")
    assert page.url.endswith("/album/")
    page.goto("/look/past/")
    expect(page.locator("main")).to_contain_text(STAYED)
    page.goto("/look/")
    press(page, "Keep it so")
    expect(page.locator("main")).to_contain_text(MOMENT)
    page.goto("/today/")
    assert page.locator(".first-task a[href='/look/']").count() == 0


def live_a_hard_week(page: Page) -> None:
    """Three weeks as usual and six evenings far below; the last is written by hand."""
    for day in range(USUAL_DAYS + HARD_DAYS - 1):
        if day < USUAL_DAYS:
            evening_at_once(page, near=6 + day % 3, myself=5 + day % 4)
        else:
            evening_at_once(page, near=day % 2, myself=1 + day % 2)
        next_day_at_once(page)
    check_in(page, near=1, myself=1, friction="a_lot")


def be_reminded(page: Page) -> None:
    """Choose a note on each evening."""
    page.goto("/reminders/")
    page.locator("input[name=evenings]").check()
    press(page, "Save")


def test_a_hard_week(new_context) -> None:
    page = new_context().new_page()
    sign_up(page, Person("hard-week@example.org"))
    be_reminded(page)
    live_a_hard_week(page)
    expect(page.locator("fieldset[id*=e3]")).to_have_count(1)  # the way back is asked about, too
    page.goto("/today/")
    offer = page.locator("section[aria-labelledby=lighter]")
    expect(offer).to_have_count(1)
    expect(offer.get_by_role("link", name="People to talk to")).to_have_count(1)
    no_verdict_on(page)
    with page.expect_navigation():
        offer.locator("button[value=yes]").click()

    tonight = page.locator("section[aria-labelledby=tonight]")
    with page.expect_navigation():
        tonight.locator("button[value='3']").click()
    expect(page.locator("section[aria-labelledby=tonight]")).to_contain_text("Written down.")
    page.goto("/reminders/")
    expect(page.locator("main .callout").first).to_contain_text("asked less often")
    page.goto("/today/")
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="People to talk to").first.click()
    expect(page.locator("main h1")).to_have_text("People to talk to")

    pause_answering_and_come_back(page)


def pause_answering_and_come_back(page: Page) -> None:
    """Be asked nothing at all; what was written stays, and one choice leads back."""
    page.goto("/pace/")
    tap(page, "pace", "none")
    press(page, "Save")
    next_day_at_once(page)
    page.goto("/today/")
    assert page.locator("main form").count() == 0, "nothing is asked"
    no_verdict_on(page)
    expect(page.locator("main").get_by_role("link", name="Write about today")).to_have_count(1)
    page.goto("/plane/")
    expect(page.locator("main")).to_contain_text("answered days")
    page.goto("/pace/")
    tap(page, "pace", "daily")
    press(page, "Save")
    page.goto("/today/")
    assert page.locator(".first-task a[href^='/checkin/']").count() == 1
