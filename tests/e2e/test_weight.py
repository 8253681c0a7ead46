"""What the first view costs: bytes on the line with all it asks for, and nothing that jumps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from walks import sign_in

MOST_BYTES = 100_000
SHIFTS = """() => new Promise((resolve) => {
  let shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifted += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => resolve(shifted), 300));
})"""


def first_view(page: Page, path: str) -> dict[str, int]:
    """Return the bytes that came over the line for each thing a page asked for, heads included."""
    sizes: dict[str, int] = {}

    def note(answered) -> None:
        size = answered.sizes()
        name = answered.url.split("?")[0].rsplit("/", 1)[-1] or "page"
        sizes[name] = size["responseBodySize"] + size["responseHeadersSize"]

    page.on("requestfinished", note)
    page.goto(path, wait_until="networkidle")
    page.remove_listener("requestfinished", note)
    return sizes


@pytest.mark.parametrize("size", [{"width": 360, "height": 740}, {"width": 1280, "height": 860}])
def test_the_first_view_is_light_and_nothing_jumps(new_context, demo, size, record_property):
    page = new_context(size=size).new_page()
    sizes = first_view(page, "/?about")
    record_property("bytes", sum(sizes.values()))
    assert sum(sizes.values()) < MOST_BYTES, sizes
    assert page.evaluate(SHIFTS) == 0

    sign_in(page, *demo.credentials()[0])
    cookies = page.context.cookies()
    other = new_context(size=size)
    other.add_cookies(cookies)
    home = other.new_page()
    sizes = first_view(home, "/today/")
    record_property("bytes signed in", sum(sizes.values()))
    assert home.url.endswith("/today/")
    assert sum(sizes.values()) < MOST_BYTES, sizes
    for path in ("/today/", "/plane/", "/checkin/", "/lab/"):
        home.goto(path)
        assert home.evaluate(SHIFTS) == 0, path
