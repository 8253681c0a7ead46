"""Draw the icons of an installed app into ``static/core/icons``: ``python tests/draw_icons.py``.

Each drawing is a shape on paper; Chromium turns it into PNG files. The maskable ones leave the
outer fifth free, which phones may cut away. Look at them before committing.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from layers import chromium

FOLDER = Path(__file__).parents[1] / "src/counterpoint/web/core/static/core/icons"
PAPER, INK = "#f5efe3", "#33475b"
SHAPES = {
    "page": '<path d="M30 20h30l12 12v48H30z"/><path d="M60 20v12h12M39 46h24M39 57h24M39 68h16"/>',
    "leaf": '<path d="M24 76C20 44 40 24 78 22c2 38-18 58-50 50M24 80c8-20 22-34 38-42"/>',
    "moon": '<path d="M62 20a32 32 0 1 0 20 44A27 27 0 0 1 62 20z"/>',
    "cup": '<path d="M24 38h42v20a18 18 0 0 1-18 18h-6a18 18 0 0 1-18-18z"/>'
    '<path d="M66 44h5a9 9 0 0 1 0 18h-6M36 20v9M46 18v11M56 20v9"/>',
}
FILES = {"192": (192, 0.9), "512": (512, 0.9), "maskable": (512, 0.66)}
"""File ending to width in pixels and how much of it the drawing takes."""


def drawing(shape: str, width: int, share: float) -> str:
    """Return the SVG of one icon."""
    shift = 50 * (1 - share)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{width}" '
        f'viewBox="0 0 100 100"><rect width="100" height="100" fill="{PAPER}"/>'
        f'<g transform="translate({shift} {shift}) scale({share})" fill="none" stroke="{INK}" '
        f'stroke-width="5" stroke-linecap="round" stroke-linejoin="round">{shape}</g></svg>'
    )


def draw(page: Page) -> None:
    """Write every file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, shape in SHAPES.items():
        for ending, (width, share) in FILES.items():
            page.set_viewport_size({"width": width, "height": width})
            svg = drawing(shape, width, share)
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
            page.screenshot(path=FOLDER / f"{name}-{ending}.png")


def main() -> None:
    """Open Chromium and draw."""
    program = chromium()
    if program is None:
        raise SystemExit("Chromium is needed to draw: install it, then run this again.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        draw(browser.new_page())
        browser.close()


if __name__ == "__main__":
    main()
