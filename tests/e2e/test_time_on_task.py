"""How many things somebody does until they have what they came for, counted by the browser.

Counted is every touch of the screen; writing into a field is one more on top of touching it.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from walks import PASSWORD, Person, sign_up, tap

CHECKIN_TAPS = 5
CHECKIN_WHOLE = 12
FIRST_PLANE = 50


class Counted:
    """A page that counts what a finger does on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.touches = 0
        self.written = 0
        page.expose_function("touched", self._touched)
        page.add_init_script(
            "addEventListener('pointerdown', (e) => { if (e.isTrusted) touched() }, true)"
        )

    def _touched(self) -> None:
        self.touches += 1

    @property
    def done(self) -> int:
        """Touches and texts so far."""
        return self.touches + self.written

    def begin(self) -> None:
        """Count from here."""
        self.touches = self.written = 0

    def press(self, control: Locator) -> None:
        """Touch what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            control.click()

    def button(self, words: str) -> None:
        """Press the button with these words."""
        self.press(self.page.locator("main").get_by_role("button", name=words, exact=True).first)

    def write(self, field: Locator, words: str) -> None:
        """Touch a field and write into it."""
        field.click()
        self.page.keyboard.type(words)
        self.written += 1


@pytest.fixture
def counted(new_context) -> Counted:
    return Counted(new_context().new_page())


def test_a_touch_is_counted_once(counted: Counted) -> None:
    counted.page.goto("/account/sign-in/")
    counted.begin()
    counted.write(counted.page.get_by_label("E-mail address"), "nobody@example.org")
    counted.page.locator("input[name=remember]").click()
    assert (counted.touches, counted.written, counted.done) == (2, 1, 3)


def test_an_evening(counted: Counted) -> None:
    page = counted.page
    sign_up(page, Person("evening@example.org"))
    page.goto("/checkin/")
    asked = page.locator("form.checkin fieldset").count()
    assert asked == CHECKIN_TAPS
    counted.begin()
    for name, value in (("c1", 7), ("s1", 4), ("g", 6), ("n", "some"), ("e1", "a_little")):
        tap(page, name, value)
    assert counted.done == CHECKIN_TAPS
    counted.button("Save")
    assert counted.done == CHECKIN_TAPS + 1
    # kept already: who stops here has given the evening
    assert page.locator("main a[href$='/saved/']").count() > 0
    fields = page.locator("form.checkin fieldset")
    more = [fields.nth(at).get_attribute("id") or "" for at in range(fields.count())]
    for field_id in more:
        page.locator(f"#{field_id} label").nth(4 if "e3" not in field_id else 0).click()
    counted.button("Save")
    assert counted.done <= CHECKIN_WHOLE
    assert "/saved/" in page.url
    assert len(more) == 5, more


def test_the_first_plane(counted: Counted) -> None:
    """From the front page to one's own plane, with a mark and a wish, on a phone."""
    page = counted.page
    page.goto("/?about")
    counted.begin()
    counted.press(page.locator("main a[href='/account/sign-up/']").first)
    counted.write(page.get_by_label("E-mail address"), "plane@example.org")
    counted.write(page.locator("input[name=password1]"), PASSWORD)
    counted.button("Make the account")
    counted.button("I have read this. Go on")
    counted.press(page.locator("main a[href='/place/']").first)
    for near, myself in ((4, 6), (8, 8)):  # the first mark leads on to the second
        tap(page, "connection", near)
        tap(page, "self_", myself)
        counted.button("Set my mark")
    counted.press(page.get_by_role("link", name="My plane").first)
    expect(page.locator("main figure svg").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("nearness 40, being oneself 60")
    assert counted.done <= FIRST_PLANE
