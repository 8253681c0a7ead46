"""From the questions to a plan, an exercise and its effect card, in days that go by quickly."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from hands import Finger, Hand, Keyboard
from walks import Person, evening_at_once, next_day_at_once, sign_up

LOOK_SECONDS = 180
FIRST_LOOK_DAYS = 28
CLOSED_AFTER_DAYS = 2
"""A day can be written until the day after it; the look waits until its last day cannot."""

HANDS: dict[str, type[Finger] | type[Keyboard]] = {"keyboard": Keyboard, "no script": Finger}


@pytest.fixture
def demo(demo_of_months):
    """Weeks go by in these journeys."""
    return demo_of_months


def answer_the_first_fifteen(hand: Hand) -> None:
    """Answer every question of the first evening; the first ones "often" and more."""
    hand.page.goto("/questions/")
    hand.follow("Begin")
    shown = 0
    while "/questions/done/" not in hand.page.url:
        assert shown < 20, f"the questions do not end: {hand.page.url}"
        hand.tap("value", (4, 3, 2, 1, 0)[shown % 5])
        hand.press("Save and go on")
        shown += 1
    assert shown == 15


def practise_what_the_plan_says(hand: Hand) -> str:
    """Begin the first exercise the plan suggests and go through it; return its name."""
    hand.page.goto("/practice/")
    plan = hand.page.locator("main .plan")
    expect(plan).to_contain_text("You said it was so")
    name = plan.get_by_role("link").first.inner_text()
    hand.follow(name)
    hand.press("Begin")
    while hand.page.get_by_role("link", name="Next", exact=True).count():
        hand.follow("Next")
    hand.press("Done")
    assert hand.page.url.endswith("/done/")
    return name


def contest_a_reason(hand: Hand) -> None:
    """Say of the first reason that it does not fit, see it left out, and take it in again."""
    hand.page.goto("/practice/")
    hand.follow("Why this?")
    reasons = hand.page.locator(".reasons li")
    before, words = reasons.count(), reasons.first.locator("p").inner_text()
    hand.press("This does not fit")
    expect(hand.page.locator("main")).to_contain_text("Left out")
    assert words not in "".join(hand.page.locator("section.card").all_inner_texts())
    hand.press("Take it in again")
    expect(reasons).to_have_count(before)


def find_out_whether_it_helps(hand: Hand) -> None:
    """From the end of the exercise to the drawing of its evenings."""
    hand.follow("Find out whether it helps me")
    expect(hand.page.locator("main")).to_contain_text("about 5 in ten")
    hand.press("Begin")
    assert hand.page.url.endswith("/practice/effect/")
    expect(hand.page.locator("main")).to_contain_text("Named beforehand")


def live_on(page: Page, days: int) -> int:
    """Open today each evening, so that the coin is drawn, and write; return how many offers."""
    offers = 0
    for day in range(days):
        next_day_at_once(page)
        shown = page.context.request.get("/today/").text()
        offers += 'id="offer"' in shown
        evening_at_once(page, near=4 + day % 5, myself=3 + day * 3 % 6)
    return offers


def wait_for_the_look(page: Page) -> Locator:
    """Load the card again until the worker has made the look; return its picture."""
    deadline = time.monotonic() + LOOK_SECONDS
    page.goto("/practice/effect/")
    while not page.locator("main figure svg").count():
        assert time.monotonic() < deadline, f"no look within {LOOK_SECONDS} s"
        time.sleep(0.5)
        page.reload()
    return page.locator("main figure")


@pytest.mark.parametrize("way", HANDS)
def test_from_the_questions_to_an_effect_card(new_context, way) -> None:
    page = new_context(javascript=way == "keyboard").new_page()
    hand = HANDS[way](page)
    sign_up(page, Person(f"practising-{way.replace(' ', '-')}@example.org"))
    answer_the_first_fifteen(hand)
    contest_a_reason(hand)
    exercise = practise_what_the_plan_says(hand)
    find_out_whether_it_helps(hand)
    offers = live_on(page, FIRST_LOOK_DAYS + CLOSED_AFTER_DAYS)
    assert 0 < offers < FIRST_LOOK_DAYS, "a coin fell on both sides"
    expect(wait_for_the_look(page).locator("table")).to_have_count(1)
    card = page.locator("main section.card")
    expect(card).to_contain_text(exercise)
    expect(card).to_contain_text("evenings with an offer")
    expect(card).to_contain_text("The next look is in week 7.")
    hand.press("Switch the drawing off")
    next_day_at_once(page)
    assert 'id="offer"' not in page.context.request.get("/today/").text()
