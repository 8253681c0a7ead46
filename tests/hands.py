"""Two ways to use a page: with a finger, and with the keyboard and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from walks import follow, press, tap

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TABS = 200
"""More steps than any page has places to stop at."""


class Hand(Protocol):
    """How a journey acts on a page."""

    page: Page

    def press(self, words: str) -> None:
        """Press the button with these words and wait for the page it leads to."""

    def follow(self, words: str) -> None:
        """Follow the link with these words in the body of the page and wait."""

    def tap(self, name: str, value: str | int) -> None:
        """Choose one answer of a question."""


class Finger:
    """Clicks, as on a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, words: str) -> None:
        press(self.page, words)

    def follow(self, words: str) -> None:
        follow(self.page, words)

    def tap(self, name: str, value: str | int) -> None:
        tap(self.page, name, value)


class Keyboard:
    """Tab, arrows, space and Enter. What cannot be reached or seen in focus fails."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, words: str) -> None:
        self.reach(self.page.get_by_role("button", name=words, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, words: str) -> None:
        self.reach(self.page.locator("main").get_by_role("link", name=words, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tap(self, name: str, value: str | int) -> None:
        """Enter the group by Tab and go to the answer by arrows, as a radio group is used."""
        group = self.page.locator(f"input[type=radio][name='{name}']")
        wanted = self.page.locator(f"input[type=radio][name='{name}'][value='{value}']")
        self.reach(group)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"{name}={value} cannot be reached by arrows on {self.page.url}")

    def reach(self, wanted: Locator) -> None:
        """Press Tab until one of the elements has the focus, and see that it shows."""
        assert wanted.count(), f"not on {self.page.url}: {wanted}"
        for _ in range(TABS):
            if any(_has_focus(one) for one in wanted.all()):
                assert self._shows(), f"the focus cannot be seen on {self.page.url}: {wanted}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to {wanted} on {self.page.url}")

    def _shows(self) -> bool:
        shows: bool = self.page.evaluate(
            """() => {
                const at = document.activeElement;
                const drawn = (el) => {
                    if (!el) return false;
                    const style = getComputedStyle(el);
                    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
                };
                return drawn(at) || drawn(at.nextElementSibling) || drawn(at.closest('label'));
            }"""
        )
        return shows


def _has_focus(one: Locator) -> bool:
    focused: bool = one.evaluate("(el) => document.activeElement === el")
    return focused
