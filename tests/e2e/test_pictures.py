"""Pictures as a browser sets them: no word over another, and pages that come out on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from counterpoint.content import LANGUAGES
from unit.pictures.contact_sheet import PHONE, overlaps, sheet
from unit.pictures.drawings import DRAWINGS
from walks import sign_in

FACES = ("", "DejaVu Serif Condensed", "Liberation Serif")
"""The face this machine takes for words, a wide one, and a narrow one."""
ON_PAPER = (
    "/plane/",
    "/plane/score/",
    "/album/",
    "/days/",
    "/letters/first/",
    "/signs/staying_quiet/",
    "/practice/",
    "/practice/effect/",
    "/info/people/",
    "/learn/cycles/",
    "/two/picture/",
    "/two/maps/",
)
NOT_ON_PAPER = (
    ".exit", ".top", ".foot", ".skip", ".guide", ".main nav", "main button", "main .button",
    ".twin > summary", ".page-head__eyebrow a", "audio",
)  # fmt: skip
"""What is for pressing and for going elsewhere, and what names the program."""
SHEETS = {"A4": ("297mm", "210mm"), "A3": ("420mm", "297mm"), "Letter": ("11in", "8.5in")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_lies_over_another_or_leaves_its_picture(browser: Browser, language: str) -> None:
    page = browser.new_page(viewport={"width": 1290, "height": 900})
    page.set_content(sheet(language))
    narrow = page.locator("figure:not(.wide) svg").evaluate_all(
        "all => all.map(svg => Math.round(svg.getBoundingClientRect().width))"
    )
    assert set(narrow) == {PHONE}
    assert page.locator("svg").count() == len(DRAWINGS)
    wrong = {}
    for face in FACES:
        if face:
            page.add_style_tag(content=f"svg {{ font-family: '{face}' }}")
        wrong[face] = overlaps(page)
    page.close()
    assert wrong == {face: [] for face in FACES}


def test_a_word_over_another_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        '<figure id="f"><svg viewBox="0 0 100 50" width="100"><text x="5" y="20">one</text>'
        '<text x="9" y="22">two</text><text x="90" y="45">far</text></svg></figure>'
    )
    assert overlaps(page) == ["f: 'one' lies over 'two'", "f: 'far' leaves the drawing"]
    page.close()


def pages_in(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_what_people_print_comes_out_whole(new_context, demo) -> None:
    """No way out, no menu, no button; no picture wider than the sheet or higher than half of it."""
    page: Page = new_context(size={"width": 1280, "height": 860}).new_page()
    sign_in(page, *demo.credentials()[0])
    wrong = []
    for path in ON_PAPER:
        page.goto(path)
        page.set_viewport_size({"width": 680, "height": 960})  # of A4, within margins
        page.emulate_media(media="print")
        wrong += [
            f"{path}: {selector} is on the paper"
            for selector in NOT_ON_PAPER
            if any(one.is_visible() for one in page.locator(selector).all())
        ]
        for wide, high in page.locator("figure svg").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"
        ):
            if wide > 680 or high > 700:
                wrong.append(f"{path}: a picture of {wide:.0f} by {high:.0f}")
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 860})
    assert wrong == []


@pytest.mark.parametrize("paper", SHEETS)
def test_the_sheet_of_music_fits_one_page(new_context, demo, paper: str) -> None:
    page: Page = new_context(size={"width": 1280, "height": 860}).new_page()
    sign_in(page, *demo.credentials()[0])
    page.goto("/plane/score/sheet/")
    wide, high = SHEETS[paper]
    assert pages_in(page.pdf(width=high, height=wide, prefer_css_page_size=True)) == 1


def test_a_screen_reader_hears_no_sentence_of_a_picture_from_the_drawing(new_context, demo) -> None:
    page: Page = new_context().new_page()
    sign_in(page, *demo.credentials()[0])
    for path in ("/plane/", "/plane/score/", "/album/"):
        page.goto(path)
        for figure in page.locator("figure").all():
            sentence = figure.locator("figcaption").inner_text()
            heard = re.findall(r'- img "([^"]*)"', figure.aria_snapshot())
            assert len(heard) == 1, (path, heard)
            assert heard[0]
            assert sentence not in heard[0]
