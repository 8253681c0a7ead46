"""Every page for everybody: zoomed in, spaced out, by keyboard, in other colours, both ways round.

The check-up of a page runs in the browser; what it finds is told in words.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.test_pages import LANGUAGES, PUBLIC, SIGNED_IN, Look, pictures
from walks import choose_language, sign_in, speaking

__all__ = ["pictures"]

ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 at 400 %."""

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
"""The spacing of WCAG 2.2, 1.4.12."""

CHECK_UP = """() => {
  const found = [];
  const name = (one) => one.tagName.toLowerCase()
    + (one.id ? "#" + one.id : "")
    + [...one.classList].map((word) => "." + word).join("");
  const seen = (one) => one.checkVisibility({visibilityProperty: true})
    && !one.closest(".visually-hidden, .skip");
  const wide = document.documentElement.scrollWidth;
  if (wide > window.innerWidth) found.push(`scrolls sideways: ${wide} wide`);
  for (const one of document.body.querySelectorAll("*")) {
    if (one.closest("svg") || !seen(one)) continue;
    const box = one.getBoundingClientRect();
    const rolls = one.closest(".table-scroll, .hero__score");
    if (!rolls && box.width && (box.right > window.innerWidth + 1 || box.left < -1)) {
      found.push(`outside the window: ${name(one)}`);
    }
    const style = getComputedStyle(one);
    const clips = style.overflowX !== "visible" && style.overflowX !== "auto";
    const bare = !["INPUT", "SELECT", "TEXTAREA", "PROGRESS"].includes(one.tagName);
    if (clips && bare && !rolls && one.textContent.trim()
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)) {
      found.push(`cut off: ${name(one)}`);
    }
  }
  const tapped = "a[href], button, input, select, textarea, summary";
  for (const one of document.querySelectorAll(tapped)) {
    if (!seen(one) || one.type === "hidden") continue;
    const inWords = one.tagName === "A" && getComputedStyle(one).display === "inline"
      && one.parentElement.textContent.trim() !== one.textContent.trim();
    const {width, height} = one.getBoundingClientRect();
    if (!inWords && (width < 24 || height < 24)) {
      const size = `${width.toFixed(0)} by ${height.toFixed(0)}`;
      found.push(`small to tap, ${size}: ${name(one)} ${one.textContent.trim().slice(0, 20)}`);
    }
  }
  const asks = document.querySelector("[hx-get], [hx-post]") !== null;
  const loads = document.querySelector("script[src*=htmx]") !== null;
  if (asks !== loads) found.push(loads ? "htmx is loaded for nothing" : "htmx is missing");
  return [...new Set(found)];
}"""

UNDER = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const target = one.matches("input[type=radio], input[type=checkbox]")
    ? one.closest("label") ?? one : one;
  const box = target.getBoundingClientRect();
  const across = [0.1, 0.5, 0.9].map((part) => box.left + box.width * part);
  const down = [0.1, 0.5, 0.9].map((part) => box.top + box.height * part);
  for (const x of across) for (const y of down) {
    const top = document.elementFromPoint(x, y);
    if (top && (target.contains(top) || top.contains(target))) return "";
  }
  return `${one.tagName} ${one.name ?? ""} ${one.textContent.trim().slice(0, 30)}`;
}"""


FILLED = """(one) => {
  const {color, backgroundColor, forcedColorAdjust} = getComputedStyle(one);
  const forced = matchMedia("(forced-colors: active)").matches;
  return color !== backgroundColor && (!forced || forcedColorAdjust === "none");
}"""
"""Whether a filled ground stays under its words: forced colours lay a plate between."""


def check_up(page: Page, paths: tuple[str, ...], *, direction: str = "") -> dict[str, list[str]]:
    """Return what the check-up finds on each page as it is, and with its letters spaced out."""
    wrong: dict[str, list[str]] = {}
    for path in paths:
        page.goto(path)
        if direction:
            page.evaluate("(way) => { document.documentElement.dir = way; }", direction)
        found = page.evaluate(CHECK_UP)
        page.evaluate(SPACED)
        found += [f"spaced out: {line}" for line in page.evaluate(CHECK_UP) if line not in found]
        if found:
            wrong[path] = found
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_at_four_times_their_size_scroll_one_way_only(new_context, demo, language):
    page = new_context(size=ZOOMED).new_page()
    page.goto("/info/limits/")
    choose_language(page, language)
    wrong = check_up(page, ("/?about", *PUBLIC))
    page.goto("/info/limits/")
    choose_language(page, "en")
    sign_in(page, *demo.credentials()[0])
    with speaking(page, language):
        wrong |= check_up(page, SIGNED_IN)
    assert wrong == {}


def test_pages_can_be_read_from_right_to_left(new_context, demo):
    page = new_context().new_page()
    sign_in(page, *demo.credentials()[0])
    few = ("/?about", "/style/", "/today/", "/checkin/", "/plane/", "/days/", "/desk/", "/lab/")
    assert check_up(page, few, direction="rtl") == {}
    page.goto("/today/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    way_out, brand = page.locator(".exit__button"), page.locator(".brand")
    assert way_out.bounding_box()["x"] < brand.bounding_box()["x"]


@pytest.mark.parametrize("size", [ZOOMED, {"width": 360, "height": 640}])
def test_nothing_hides_what_has_the_focus(new_context, demo, size):
    page = new_context(size=size).new_page()
    sign_in(page, *demo.credentials()[0])
    hidden = {}
    for path in ("/today/", "/checkin/", "/practice/", "/account/", "/lab/"):
        page.goto(path)
        for _ in range(45):
            page.keyboard.press("Tab")
            if under := page.evaluate(UNDER):
                hidden[path] = under
    assert hidden == {}


CHOSEN = ("/style/", "/today/", "/checkin/", "/plane/", "/plane/score/", "/lab/")


@pytest.mark.parametrize(
    ("name", "wishes"),
    [
        ("forced", {"forced_colors": "active"}),
        ("forced-dark", {"forced_colors": "active", "color_scheme": "dark"}),
        ("contrast", {"contrast": "more"}),
        ("contrast-dark", {"contrast": "more", "color_scheme": "dark"}),
    ],
)
def test_pages_in_other_colours(new_context, demo, pictures, name, wishes):
    scheme = wishes.pop("color_scheme", "light")
    page = new_context(scheme=scheme, **wishes).new_page()
    sign_in(page, *demo.credentials()[0])
    look = Look(page, pictures, as_it_is=f"phone-{name}")
    look.visit(CHOSEN)
    assert look.wrong == []
    page.goto("/style/")
    voices = [
        page.locator(f".score__{one}").first.evaluate("(line) => getComputedStyle(line).stroke")
        for one in "ab"
    ]
    ground = page.locator("html").evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert len({*voices, ground}) == 3
    for one in (
        ".button--primary",
        ".choice input:checked + span",
        ".taps__row input:checked + span",
    ):
        assert page.locator(one).first.evaluate(FILLED), one


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_every_swap_the_page_is_as_good_as_before(new_context, demo, pictures, language):
    page = new_context().new_page()
    sign_in(page, *demo.credentials()[0])
    look = Look(page, pictures, language)
    with speaking(page, language):
        swap_in_the_lab(page, look)
        swap_at_the_desk(page, look)
    assert look.wrong == []


def swap_in_the_lab(page: Page, look: Look) -> None:
    """Move a dial, and ask what one thing more would do."""
    for path in ("/lab/?pair=chase", "/lab/mine/"):
        page.goto(path)
        before = page.locator("#lab-said").inner_text()
        dial = page.locator("select[name]:visible").first
        options = dial.locator("option").evaluate_all("(all) => all.map((one) => one.value)")
        chosen = dial.input_value()
        with page.expect_response(lambda answer: "/lab/" in answer.url):
            dial.select_option(next(value for value in reversed(options) if value != chosen))
        expect(page.locator("#lab-said")).not_to_have_text(before)
        look.at(f"swap-{path.strip('/').split('/?')[0].replace('/', '_')}")
    page.goto("/lab/?pair=adapt_and_detach")
    with page.expect_response(lambda answer: "/lab/" in answer.url):
        page.locator("select[name=what]").select_option("a7")
    expect(page.locator("#lab-first svg")).to_have_count(2)
    look.at("swap-lab_what_if")


def swap_at_the_desk(page: Page, look: Look) -> None:
    """Write a sentence and wait for what the reader says about it."""
    page.goto("/desk/")
    with page.expect_response(lambda answer: "/desk/" in answer.url):
        page.locator("main textarea").first.press_sequentially("you came home late", delay=5)
    expect(page.locator("#reading")).to_contain_text("you came home late")
    look.at("swap-desk")
