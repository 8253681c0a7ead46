"""What a person does in a browser, step by step, for the journeys in ``tests/e2e``."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "three quiet evenings by the lake"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
NEXT_DAY = re.compile(
    r'<form class="banner__moves" method="post" action="([^"]+)">.*?</form>', re.S
)


NEUTRAL = "A joint picture may appear here at the turn of a month."
PICTURE_SECONDS = 120
COSTS = (
    "contagion",
    "closeness_costs_self",
    "self_costs_closeness",
    "pull_away",
)


@dataclass(frozen=True)
class Person:
    """Somebody invented for one test."""

    email: str
    password: str = PASSWORD


def press(page: Page, words: str) -> None:
    """Press the button with these words and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).first.click()


def send(page: Page, button: str = "main form button.button--primary") -> None:
    """Press a button, whatever language its words are in, and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator(button).first.click()


def choose_language(page: Page, code: str) -> None:
    """Choose the language by the buttons in the footer, unless the page is in it."""
    if page.locator("html").get_attribute("lang") != code:
        send(page, f"footer button[name=language][value={code}]")


@contextmanager
def speaking(page: Page, code: str) -> Iterator[None]:
    """Let whoever is signed in read in a language for a while, and in English afterwards."""
    choose_language(page, code)
    try:
        yield
    finally:
        page.goto("/info/limits/")
        choose_language(page, "en")


def follow(page: Page, words: str) -> None:
    """Follow the link with these words in the body of the page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=words, exact=True).first.click()


def tap(page: Page, name: str, value: str | int) -> None:
    """Tap one answer, where a finger would: on its label."""
    page.locator(f"label:has(> input[name={name}][value='{value}'])").click()


def sign_up(page: Page, person: Person, *, zone: str | None = None) -> None:
    """Make an account and read who can read what."""
    page.goto("/account/sign-up/")
    page.get_by_label("E-mail address").fill(person.email)
    page.locator("input[name=password1]").fill(person.password)
    if zone is not None:
        page.locator("select[name=zone]").select_option(zone)
    press(page, "Make the account")
    press(page, "I have read this. Go on")


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in on this device, which only this person uses."""
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.locator("input[name=password]").fill(password)
    press(page, "Sign in")


def place_mark(page: Page, kind: str, near: int, myself: int) -> None:
    """Set one mark on the plane by its two rows of taps."""
    page.goto(f"/place/{kind}/")
    tap(page, "connection", near)
    tap(page, "self_", myself)
    press(page, "Set my mark")


def answer_questions(page: Page, *, skip: int) -> int:
    """Answer the first fifteen, leaving out the ``skip``-th; return how many were shown."""
    page.goto("/questions/")
    start = page.locator("main").get_by_role("link").first
    with page.expect_navigation():
        start.click()
    shown = 0
    while "/questions/done/" not in page.url and shown < 20:
        shown += 1
        if shown == skip:
            with page.expect_navigation():
                page.locator("button[name=skip]").click()
        else:
            tap(page, "value", shown % 5)
            press(page, "Save and go on")
    return shown


def check_in(page: Page, *, near: int, myself: int, friction: str = "no") -> None:
    """Give the first screen of today's check-in and go on to the second."""
    page.goto("/checkin/")
    tap(page, "c1", near)
    tap(page, "s1", myself)
    tap(page, "g", 6)
    tap(page, "n", "some")
    tap(page, "e1", friction)
    send(page)


def go_to_the_next_day(page: Page) -> None:
    """Move the demo's clock on by one day."""
    press(page, "Go to the next day")


def evening_at_once(page: Page, *, near: int, myself: int) -> None:
    """Give the first screen of today's check-in by the page's own form, without drawing it."""
    ask = page.context.request
    shown = ask.get("/checkin/")
    answers = {"c1": near, "s1": myself, "g": 6, "n": "some", "e1": "no"}
    hidden = dict(HIDDEN.findall(shown.text().split('class="form checkin"', 1)[1]))
    kept = ask.post(shown.url, form={**hidden, **answers})
    assert kept.ok, f"{kept.status} at {shown.url}"


def next_day_at_once(page: Page) -> None:
    """Move the demo's clock on by one day by its own form, without drawing the page."""
    ask = page.context.request
    shown = ask.get("/today/")
    form = NEXT_DAY.search(shown.text())
    assert form is not None, "the demo's banner has the form"
    hidden = dict(HIDDEN.findall(form[0]))
    assert ask.post(form[1], form=hidden).ok


def hand_over_a_code(one: Page, two: Page) -> None:
    """One makes a code and says it; the other enters it; both compare a number and say yes."""
    one.goto("/two/")
    follow(one, "Make a code")
    press(one, "Make a code")
    code = one.locator(".code").inner_text()
    follow(one, "I have it")
    two.goto("/two/")
    follow(two, "Enter a code")
    two.locator("input[name=code]").fill(code)
    press(two, "Go on")
    number = two.locator(".check-number").inner_text()
    press(two, "Join")
    one.goto("/two/")
    assert one.locator(".check-number").inner_text() == number
    press(one, "Join")
    for page in (one, two):
        page.goto("/two/")
        assert page.locator("h1").inner_text() == "The two of you"


def draw_a_map(page: Page, step: int) -> None:
    """Answer the four sentences and lay the map open."""
    page.goto("/two/maps/")
    for cost in COSTS:
        tap(page, cost, step)
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Draw my map|Keep it so")).click()
    if page.get_by_role("button", name="Lay it open").count():
        press(page, "Lay it open")


def lay_a_card(page: Page, words: str) -> None:
    """Lay one card face down for the coming Sunday."""
    page.goto("/two/table/")
    tap(page, "kind", "appreciation")
    page.locator("textarea[name=text]").fill(words)
    press(page, "Lay it face down")


def wait_for_the_picture(page: Page) -> None:
    """Load the page again until the worker has made the joint picture."""
    deadline = time.monotonic() + PICTURE_SECONDS
    page.goto("/two/picture/")
    while page.get_by_text(NEUTRAL).count():
        assert time.monotonic() < deadline, f"no joint picture within {PICTURE_SECONDS} s"
        time.sleep(0.5)
        page.reload()
