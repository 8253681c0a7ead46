"""One person from sign-up to their own picture, against the demo as a stranger starts it."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from walks import (
    PASSWORD,
    Person,
    answer_questions,
    check_in,
    follow,
    go_to_the_next_day,
    place_mark,
    press,
    sign_in,
    sign_up,
)

FIT_SECONDS = 60
GATE_DAYS = 6
OWN_LINE = "Walked home together in the rain, talking of kestrels."


def range_of(page: Page) -> Locator:
    """The oval that a place most likely lies in: the only see-through ellipse of the plane."""
    return page.locator("main svg ellipse[fill-opacity]")


def wait_for_the_range(page: Page) -> None:
    """Load the plane again until the worker has drawn the range."""
    deadline = time.monotonic() + FIT_SECONDS
    page.goto("/plane/")
    while range_of(page).count() == 0:
        assert time.monotonic() < deadline, f"no range within {FIT_SECONDS} s"
        time.sleep(0.5)
        page.reload()


def place_oneself(page: Page) -> None:
    """Set a mark and a wish; the first is on the plane at once."""
    place_mark(page, "now", 5, 4)
    page.goto("/place/")
    expect(page.locator("main figure svg")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("nearness 50, being oneself 40")
    place_mark(page, "wish", 8, 8)


def practise_once(page: Page) -> None:
    """Go through the first exercise, step by step, to its end."""
    page.goto("/practice/")
    with page.expect_navigation():
        page.locator("main a[href^='/practice/']").first.click()
    press(page, "Begin")
    while page.get_by_role("link", name="Next", exact=True).count():
        follow(page, "Next")
    press(page, "Done")
    assert page.url.endswith("/done/")


def first_evening(page: Page) -> None:
    """Check in with a line of own words; counts are there, a range is not."""
    check_in(page, near=6, myself=3)
    assert page.url.endswith("/more/")
    page.locator("textarea[name=line]").fill(OWN_LINE)
    press(page, "Save")
    expect(page.locator("main")).to_contain_text(OWN_LINE)
    page.goto("/plane/")
    expect(range_of(page)).to_have_count(0)
    expect(page.locator("main")).to_contain_text("1 answered day")


def take_everything(page: Page, target: Path) -> str:
    """Return the text of every file of the zip."""
    page.goto("/account/take-away/")
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_download() as download:
        page.locator("main form button").click()
    download.value.save_as(target)
    with zipfile.ZipFile(target) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def delete_everything(page: Page) -> None:
    page.goto("/account/leave/")
    page.locator("input[name=words]").fill("delete everything")
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_from_sign_up_to_the_own_picture(new_context, javascript, tmp_path: Path) -> None:
    page = new_context(javascript=javascript).new_page()
    person = Person(f"walk-{'script' if javascript else 'plain'}@example.org")
    sign_up(page, person)
    place_oneself(page)
    assert answer_questions(page, skip=4) == 15
    expect(page.locator("main")).to_contain_text("14 of 15")
    practise_once(page)
    first_evening(page)
    for day in range(1, GATE_DAYS):
        go_to_the_next_day(page)
        check_in(page, near=5 + day % 3, myself=2 + day % 2)
        follow(page, "Enough for today")
    wait_for_the_range(page)
    main = page.locator("main")
    expect(main).to_contain_text(f"{GATE_DAYS} answered days")
    expect(main.locator("figure.figure--plane table")).to_have_count(1)

    everything = take_everything(page, tmp_path / "take-away.zip")
    assert OWN_LINE in everything
    assert "sam@example.org" not in everything

    delete_everything(page)
    sign_in(page, person.email, person.password)
    assert "/sign-in/" in page.url
    page.goto("/plane/")
    assert "/sign-in/" in page.url
