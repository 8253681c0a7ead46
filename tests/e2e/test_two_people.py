"""Two people in two real browsers: from the code handed over to the leaving, and what is left."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from walks import (
    NEUTRAL,
    PASSWORD,
    Person,
    draw_a_map,
    evening_at_once,
    follow,
    hand_over_a_code,
    lay_a_card,
    next_day_at_once,
    press,
    sign_in,
    sign_up,
    wait_for_the_picture,
)

EVENINGS = 17
SETTLED = timedelta(days=3)
NEEDED = 14
TOKEN = re.compile(r'(csrfmiddlewaretoken|submission_key)" value="[^"]*"')
CARDS = ("A walk by the canal, only us two.", "Thank you for the soup on Tuesday.")
UNSENT = "words that were never sent"


def main_of(page: Page, path: str) -> str:
    """Return the inside of a page's main part, without what differs by chance."""
    page.goto(path)
    return TOKEN.sub("", page.locator("main").inner_html())


def share(page: Page, kind: str) -> None:
    """Look at what the other would see, then say yes; saying no weighs as much."""
    page.goto("/two/sharing/")
    with page.expect_navigation():
        page.locator(f"a[href='/two/sharing/{kind}/']").click()
    no, yes = page.get_by_text("Decide later"), page.get_by_role("button", name="Share this")
    assert no.get_attribute("class") == yes.get_attribute("class")
    press(page, "Share this")
    expect(page.locator(f"#kind-{kind} + p")).to_contain_text("You share this until")


def practise(page: Page) -> None:
    """Go through one exercise to its end."""
    page.goto("/practice/let_it_land/")
    press(page, "Begin")
    while page.get_by_role("link", name="Next", exact=True).count():
        follow(page, "Next")
    press(page, "Done")


def is_first_sunday(day: date) -> bool:
    return day.weekday() == 6 and day.day <= 7


def shown_day(page: Page) -> date:
    """Return the day of the demo's clock in the zone of the week's turn."""
    page.goto("/two/")
    said = page.locator(".banner__moves span").inner_text().removeprefix("Today: ")
    now = datetime.now(UTC)
    near = [(now + timedelta(days=ahead)).date() for ahead in range(-1, 420)]
    return next(day for day in near if f"{day:%a} {day.day} {day:%b}" == said)


def live_until_a_picture_is_due(one: Page, two: Page, on_sunday: Callable[[], None]) -> None:
    """Let both write, evening by evening, until a first Sunday that has days enough behind it."""
    chance = random.Random(7)  # noqa: S311 - invented evenings, no secret
    today = shown_day(one)
    written: list[date] = []
    seen_sunday = False
    for _ in range(60):
        if len(written) < EVENINGS:
            for page in (one, two):
                evening_at_once(page, near=chance.randint(2, 9), myself=chance.randint(3, 9))
            written.append(today)
        next_day_at_once(one)
        today += timedelta(days=1)
        if today.weekday() == 6 and not seen_sunday:
            on_sunday()
            seen_sunday = True
        settled = [day for day in written if day <= today - SETTLED]
        if is_first_sunday(today) and len(settled) >= NEEDED:
            return
    pytest.fail("no first Sunday within sixty days")


def test_two_people_from_a_code_to_the_leaving(new_context) -> None:
    one, two = new_context().new_page(), new_context(zone="UTC").new_page()
    for name, page in (("mara", one), ("noor", two)):
        sign_up(page, Person(f"{name}@example.org"), zone="UTC")
    hand_over_a_code(one, two)
    for page in (one, two):
        share(page, "patterns")
    practise(one)
    share(one, "practice")
    draw_a_map(one, 1)
    expect(one.locator("article .figure, article figure")).to_have_count(0)
    draw_a_map(two, 3)
    for page in (one, two):
        page.goto("/two/maps/")
        expect(page.locator("article figure")).to_have_count(2)
    for page, words in ((one, CARDS[0]), (two, CARDS[1])):
        lay_a_card(page, words)
    assert CARDS[0] not in main_of(two, "/two/")

    def the_table_is_laid() -> None:
        for page in (one, two):
            shown = main_of(page, "/two/")
            assert all(words in shown for words in CARDS)
        one.goto("/two/sharing/practice/")
        preview = one.locator("[aria-labelledby=preview] > .card").inner_html()
        assert "Let it land" in preview
        assert preview in shown, "the preview is what the other sees"

    live_until_a_picture_is_due(one, two, the_table_is_laid)
    wait_for_the_picture(one)
    two.goto("/two/picture/")
    for page in (one, two):
        expect(page.get_by_role("heading", name="How you two move")).to_be_visible()
        expect(page.get_by_role("heading", name="Before you look")).to_be_visible()

    two.goto("/two/sharing/patterns/")
    press(two, "Take it back")
    for page in (one, two):
        assert NEUTRAL in main_of(page, "/two/picture/")
        expect(page.get_by_role("heading", name="How you two move")).to_have_count(0)
    two.goto("/two/maps/")
    press(two, "Take it back")
    one.goto("/two/maps/")
    expect(one.locator("article figure")).to_have_count(0)

    one.goto("/two/sharing/")
    press(one, "Stop everything now")
    paths = ("/two/", "/two/picture/", "/two/maps/", "/two/sharing/")
    before = [main_of(two, path) for path in paths]
    one.goto("/two/leave/")
    one.locator("input[name=password]").fill(PASSWORD)
    with one.expect_navigation():
        one.locator("main form button").first.click()
    press(one, "Leave")
    expect(one.locator("h1")).to_have_text("A page for two")
    after = [main_of(two, path) for path in paths]
    assert after == before
    assert "The two of you" in after[0]
    assert one.context.request.get("/two/picture/").status == 404


def leave_now(page: Page) -> None:
    press(page, "Leave now")


def leave_now_unheard(page: Page) -> None:
    """Leave now where word of it never reaches the server."""
    page.route("**/away/", lambda route: route.abort())
    press(page, "Leave now")
    page.unroute("**/away/")


def sign_out(page: Page) -> None:
    page.goto("/account/sign-out/")
    with page.expect_navigation():
        page.locator("main form button").click()


PRIVATE_PAGES = ("/two/", "/two/maps/", "/two/sharing/", "/two/picture/", "/two/table/")


@pytest.mark.parametrize("way_out", [leave_now, leave_now_unheard, sign_out])
def test_nothing_of_a_page_for_two_stays_on_the_device(
    way_out: Callable[[Page], None], new_device, demo, watch
) -> None:
    device = new_device("shared-laptop")
    context, page = device.context, device.page
    context.route("https://**", lambda route: route.fulfill(body="<title>Weather</title>"))
    sign_in(page, *demo.credentials()[0])
    lay_a_card(page, CARDS[0])
    assert CARDS[0] in main_of(page, "/two/")
    wait_for_the_picture(page)
    for path in PRIVATE_PAGES:
        page.goto(path)
    private = {CARDS[0], UNSENT, "How you two move", "Yours to decide", "One card for the table"}
    page.locator("textarea[name=text]").fill(UNSENT)
    left_open = context.new_page()
    left_open.goto("/two/")
    way_out(page)

    for _ in PRIVATE_PAGES:
        page.go_back()
        page.wait_for_load_state()
        assert not [words for words in private if words in page.content()]
    left_open.reload()
    reopened = context.new_page()
    for path in PRIVATE_PAGES:
        reopened.goto(path)
        assert "/sign-in/" in reopened.url
    for each in (left_open, reopened):
        assert not [words for words in private if words in each.content()]
    assert reopened.evaluate(KEPT) == {"local": 0, "session": 0, "caches": 0, "databases": 0}

    context.close()
    watch.foreign[:] = [url for url in watch.foreign if not url.startswith("https://")]
    watch.errors[:] = [error for error in watch.errors if "ERR_FAILED" not in error]
    assert found_on_disk(device.profile, private) == []


def test_the_search_finds_what_a_page_would_leave(new_device) -> None:
    device = new_device("careless-page")
    device.page.goto("/info/limits/")
    device.page.evaluate("words => localStorage.setItem('draft', words)", UNSENT)
    assert device.page.evaluate(KEPT)["local"] == 1
    device.context.close()
    assert found_on_disk(device.profile, {UNSENT}) != []


KEPT = """async () => ({
    local: Object.keys(localStorage).length,
    session: Object.keys(sessionStorage).length,
    caches: (await caches.keys()).length,
    databases: (await indexedDB.databases()).length,
})"""


def found_on_disk(profile, private: set[str]) -> list[str]:
    """Return which files of a browser's profile hold any of these words, in any usual encoding."""
    needles = [words.encode(code) for words in private for code in ("utf-8", "utf-16-le")]
    return [
        str(path.relative_to(profile))
        for path in sorted(profile.rglob("*"))
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
