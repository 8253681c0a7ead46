"""Every page in a real Chromium: axe, no third party, nothing wider than the screen, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

from walks import (
    Person,
    check_in,
    choose_language,
    draw_a_map,
    hand_over_a_code,
    send,
    sign_in,
    sign_up,
    speaking,
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
    "/offline/",
    "/offline/evening/",
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
    "/phone/",
    "/phone/?name=garden&icon=leaf",
    "/evenings/",
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
EARLY = (
    "/today/",
    "/days/",
    "/plane/",
    "/plane/score/",
    "/change/",
    "/look/",
    "/album/",
    "/letters/",
    "/signs/",
    "/signs/staying_quiet/",
    "/hunches/",
    "/questions/done/",
    "/practice/",
    "/practice/effect/",
    "/lab/mine/",
)
"""What is looked at before there is anything on it, and after one day."""
JOINING = ("/two/", "/two/code/", "/two/enter/")
SIZES = {"desktop": {"width": 1280, "height": 860}, "phone": {"width": 360, "height": 740}}
"""The last one is left standing, so that what is done next is done on a phone."""
NARROWEST = {"width": 320, "height": 740}
SCHEMES = ("light", "dark")
SERIOUS = {"serious", "critical"}
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
AXE = Axe().axe_script
EVERYTHING = "{resultTypes: ['violations']}"
COLOURS = "{resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']}"
"""What is asked again in the dark: no other rule looks at colours."""
IN_SHORT = {"phone-light", "desktop-dark"}
"""Of which looks a picture is taken in a language other than English."""


@dataclass
class Look:
    """Looks at a page: collects what is wrong with it and, when asked, takes its picture.

    A page is loaded once and then turned: each size, light and dark. Given ``as_it_is``, the name
    of one look, the page is looked at as it stands.
    """

    page: Page
    folder: Path | None = None
    language: str = "en"
    as_it_is: str = ""
    wrong: list[str] = field(default_factory=list)

    def at(self, label: str) -> None:
        """Look at the page that is open, from all sides."""
        if not self.page.title():
            self.wrong.append(f"{label}: no title")
        if (said := self.page.locator("html").get_attribute("lang")) != self.language:
            self.wrong.append(f"{label}: says it is in {said}")
        self.page.evaluate(f"window.axe || (() => {{ {AXE} }})()")
        if self.as_it_is:
            self._once(label, self.as_it_is)
            return
        for size, box in SIZES.items():
            if size == "phone":
                self.page.set_viewport_size(NARROWEST)
                self._wide(f"{label}-narrowest")
            self.page.set_viewport_size(box)
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme=scheme)
                self._once(label, f"{size}-{scheme}")

    def _wide(self, label: str) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if wide:
            self.wrong.append(f"{label}: wider than the screen")

    def _once(self, label: str, name: str) -> None:
        """Look once; on a wide screen in another language its elements are those of English."""
        self._wide(f"{label}-{name}")
        if self.language == "en" or "desktop" not in name:
            asked = COLOURS if name.endswith("-dark") and not self.as_it_is else EVERYTHING
            found = self.page.evaluate(f"axe.run({asked}).then((said) => said.violations)")
            self.wrong += [
                f"{label}-{name}: {rule['id']} ({rule['impact']}) at {rule['nodes'][0]['target']}"
                for rule in found
                if rule["impact"] in SERIOUS
            ]
        if self.folder is not None and (self.language == "en" or name in IN_SHORT):
            self.folder.mkdir(parents=True, exist_ok=True)
            page = label if self.language == "en" else f"{label}.{self.language}"
            self.page.screenshot(path=self.folder / f"{page}-{name}.png", full_page=True)

    def visit(self, paths: Iterator[str] | tuple[str, ...], when: str = "") -> None:
        """Look at the page of each address; ``when`` tells it from the same at another time."""
        for path in paths:
            self.page.goto(path)
            self.at(when + (path.strip("/").replace("/", "_") or "front"))


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path | None:
    folder = request.config.getoption("--shots")
    return Path(folder) if folder else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_simulated_couple(new_context, demo, pictures, language):
    page = new_context().new_page()
    look = Look(page, pictures, language)
    email, password = demo.credentials()[0]
    page.goto(PUBLIC[0])
    choose_language(page, language)
    look.visit(("/?about", *PUBLIC))
    page.goto("/info/limits/")
    choose_language(page, "en")
    sign_in(page, email, password)
    with speaking(page, language):
        look.visit(SIGNED_IN)
        look_at_a_letter(page, look)
        look_at_the_quiet_check(page, look, password)
    assert look.wrong == []


def look_at_a_letter(page: Page, look: Look) -> None:
    """Look at an opened letter; who opened it before sees it at once."""
    page.goto("/letters/first/")
    if page.locator("main form button").count():
        send(page, "main form button")
    assert page.locator("article.letter").count() == 1
    look.at("letter")


def look_at_the_quiet_check(page: Page, look: Look, password: str) -> None:
    """Look at what stands behind proof: the questions, and each thing said afterwards."""
    page.goto("/quiet/questions/")
    if page.locator("input[name=password]").count():
        page.locator("input[name=password]").fill(password)
        send(page, "main form button")
    look.at("quiet_questions")
    for name in ("loud_words", "afraid", "hurting_oneself"):
        page.goto("/quiet/questions/")
        tap(page, name, "yes")
        send(page)
        look.at(f"quiet_line-{name}")
    look.visit(("/today/", "/plane/"), when="quiet_kept-")
    page.goto("/quiet/line/")
    send(page, "main button[name=forget]")
    look.at("quiet_line-deleted")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_for_two(new_context, demo, pictures, language):
    one, two = (new_context().new_page() for _ in range(2))
    for page, (email, password) in zip((one, two), demo.credentials(), strict=True):
        sign_in(page, email, password)
        draw_a_map(page, 1)
    wait_for_the_picture(one)
    look = Look(one, pictures, language)
    with speaking(one, language):
        look.visit(FOR_TWO)
        one.goto("/two/table/")
        tap(one, "kind", "appreciation")
        one.locator("textarea[name=text]").fill("A walk by the canal, only us two.")
        send(one, "main form[action='/two/table/'] button")
        look.at("two-with-a-card")
    assert look.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_first_evening(new_context, pictures, language):
    page = new_context().new_page()
    look = Look(page, pictures, language)
    sign_up(page, Person(f"look-{language}@example.org"))
    choose_language(page, language)
    look.visit(EARLY, when="empty-")
    look.visit((*JOINING, "/place/now/"), when="first-")
    send(page)
    look.at("place_now-refused")
    tap(page, "connection", 3)
    tap(page, "self_", 7)
    send(page)
    look.at("place_now-set")
    page.goto("/questions/")
    send(page, "main a.button--primary")
    look.at("question")
    check_in(page, near=7, myself=4, friction="a_little")
    look.at("checkin_more")
    send(page)
    look.at("checkin_saved")
    page.goto("/practice/let_it_land/")
    send(page)
    look.at("practice_step")
    send(page, "main aside form button")
    look.at("practice_stopped")
    look.visit(EARLY, when="one_day-")
    assert look.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_two_who_have_just_joined(new_context, pictures, language):
    one, two = (new_context().new_page() for _ in range(2))
    for name, page in (("one", one), ("two", two)):
        sign_up(page, Person(f"joined-{name}-{language}@example.org"))
    hand_over_a_code(one, two)
    look = Look(one, pictures, language)
    choose_language(one, language)
    look.visit(FOR_TWO, when="just_joined-")
    assert look.wrong == []
