"""From the questions to a plan, an exercise and its effect card, in days that go by quickly."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from hands import Finger, Hand, Keyboard
from walks import Person, sign_up

HANDS: dict[str, type[Finger] | type[Keyboard]] = {"keyboard": Keyboard, "no script": Finger}


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


@pytest.mark.parametrize("way", HANDS)
def test_from_the_questions_to_an_effect_card(new_context, way) -> None:
    page = new_context(javascript=way == "keyboard").new_page()
    hand = HANDS[way](page)
    sign_up(page, Person(f"practising-{way.replace(' ', '-')}@example.org"))
    answer_the_first_fifteen(hand)
    practise_what_the_plan_says(hand)
