"""Every page in a real Chromium: axe, no third party, nothing wider than the screen, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from walks import (
    Person,
    check_in,
    draw_a_map,
    lay_a_card,
    place_mark,
    press,
    sign_in,
    sign_up,
    tap,
    wait_for_the_picture,
)

PUBLIC = (
    "/account/sign-in/",
    "/account/sign-up/",
    "/account/password/new/",
    "/example/",
    "/lab/",
    "/lab/?pair=adapt_and_detach&what=a7&left=none",
    "/info/who-reads/",
    "/info/limits/",
    "/info/promises/",
    "/info/beyond/",
    "/info/words/",
    "/info/people/",
    "/info/own-part/",
    "/info/after/",
    "/learn/",
    "/learn/science/",
    "/learn/cycles/",
    "/style/",
)
SIGNED_IN = (
    "/today/",
    "/plane/",
    "/plane/score/",
    "/plane/score/sheet/",
    "/change/",
    "/place/",
    "/place/wish/",
    "/questions/",
    "/questions/done/",
    "/signs/",
    "/signs/staying_quiet/",
    "/signs/suffocated_by_closeness/",
    "/signs/hard_to_rely/learned/",
    "/signs/choosing/",
    "/signs/calm/",
    "/checkin/",
    "/days/",
    "/pace/",
    "/own/",
    "/album/",
    "/album/4/",
    "/letters/",
    "/letters/first/",
    "/practice/",
    "/practice/why/",
    "/practice/effect/",
    "/lab/mine/",
    "/practice/let_it_land/",
    "/practice/let_it_land/find-out/",
    "/desk/",
    "/hunches/",
    "/account/",
    "/reminders/",
    "/account/password/",
    "/account/take-away/",
    "/account/leave/",
    "/account/sign-out/",
    "/quiet/",
)
FOR_TWO = (
    "/two/",
    "/two/table/",
    "/two/maps/",
    "/two/picture/",
    "/two/sharing/",
    "/two/sharing/place/",
    "/two/sharing/patterns/",
    "/two/sharing/days/",
    "/two/sharing/practice/",
)
JOINING = ("/two/", "/two/code/", "/two/enter/")
SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 860}}
LOOKS = [(size, scheme) for size in SIZES for scheme in ("light", "dark")]
SERIOUS = {"serious", "critical"}


class Look:
    """Looks at a page: collects what is wrong with it and, when asked, takes its picture."""

    def __init__(self, page: Page, name: str, folder: Path | None) -> None:
        self.page = page
        self.name = name
        self.folder = folder
        self.wrong: list[str] = []

    def at(self, label: str) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if wide:
            self.wrong.append(f"{label}: wider than the screen")
        if not self.page.title():
            self.wrong.append(f"{label}: no title")
        found = Axe().run(self.page).response["violations"]
        self.wrong += [
            f"{label}: {rule['id']} ({rule['impact']}) at {rule['nodes'][0]['target']}"
            for rule in found
            if rule["impact"] in SERIOUS
        ]
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=self.folder / f"{label}-{self.name}.png", full_page=True)

    def visit(self, paths: Iterator[str] | tuple[str, ...]) -> None:
        for path in paths:
            self.page.goto(path)
            self.at(path.strip("/").replace("/", "_") or "front")


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path | None:
    folder = request.config.getoption("--shots")
    return Path(folder) if folder else None


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_pages_of_the_simulated_couple(new_context, demo, pictures, size, scheme):
    page = new_context(size=SIZES[size], scheme=scheme).new_page()
    look = Look(page, f"{size}-{scheme}", pictures)
    look.visit(PUBLIC)
    email, password = demo.credentials()[0]
    sign_in(page, email, password)
    look.visit(SIGNED_IN)
    look_at_a_letter(page, look)
    look_at_the_quiet_check(page, look, password)
    assert look.wrong == []


def look_at_a_letter(page: Page, look: Look) -> None:
    """Look at an opened letter; who opened it before sees it at once."""
    page.goto("/letters/first/")
    if page.get_by_role("button", name="Open it").count():
        press(page, "Open it")
    assert page.locator("article.letter").count() == 1
    look.at("letter")


def look_at_the_quiet_check(page: Page, look: Look, password: str) -> None:
    """Look at what stands behind proof: the questions, and each thing said afterwards."""
    page.goto("/quiet/questions/")
    page.locator("input[name=password]").fill(password)
    press(page, "Go on")
    look.at("quiet_questions")
    for name in ("loud_words", "afraid", "hurting_oneself"):
        page.goto("/quiet/questions/")
        tap(page, name, "yes")
        press(page, "Go on")
        look.at(f"quiet_line-{name}")
    look.visit(("/today/", "/plane/"))
    page.goto("/quiet/line/")
    press(page, "Delete the line")
    look.at("quiet_line-deleted")


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_pages_for_two(new_context, demo, pictures, size, scheme):
    one, two = (new_context(size=SIZES[size], scheme=scheme).new_page() for _ in range(2))
    for page, (email, password) in zip((one, two), demo.credentials(), strict=True):
        sign_in(page, email, password)
        draw_a_map(page, 1)
    wait_for_the_picture(one)
    look = Look(one, f"{size}-{scheme}", pictures)
    look.visit(FOR_TWO)
    lay_a_card(one, "A walk by the canal, only us two.")
    look.at("two-with-a-card")
    assert look.wrong == []


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_pages_of_the_first_evening(new_context, pictures, size, scheme):
    page = new_context(size=SIZES[size], scheme=scheme).new_page()
    look = Look(page, f"{size}-{scheme}", pictures)
    sign_up(page, Person(f"look-{size}-{scheme}@example.org"))
    look.visit(("/today/", "/plane/", "/days/", *JOINING, "/place/now/"))
    press(page, "Set my mark")
    look.at("place_now-refused")
    place_mark(page, "now", 3, 7)
    look.at("place_now-set")
    page.goto("/questions/")
    page.locator("main a.button--primary").click()
    look.at("question")
    check_in(page, near=7, myself=4, friction="a_little")
    look.at("checkin_more")
    press(page, "Save")
    look.at("checkin_saved")
    page.goto("/practice/let_it_land/")
    press(page, "Begin")
    look.at("practice_step")
    press(page, "Stop here")
    look.at("practice_stopped")
    assert look.wrong == []
