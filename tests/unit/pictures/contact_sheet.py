"""Every drawing as people see it, on a few large pictures to be looked at by eye.

``python tests/unit/pictures/contact_sheet.py FOLDER`` (with ``tests`` on ``PYTHONPATH``) draws all
of them as a phone of 320 pixels shows them: by day, by night, in greyscale, with forced colours
and on paper, in every language there are words in. It needs Chromium, and says where one text lies
over another or leaves its drawing, measured by the browser and not by the mean width of a letter.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from counterpoint.content import LANGUAGES
from layers import ROOT, chromium
from unit.pictures.drawings import DRAWINGS, WIDE, in_language

PHONE = 286
"""Pixels a picture has on a phone 320 wide."""
TOKENS = ROOT / "src/counterpoint/web/core/static/core/tokens.css"
STYLE = """
body { margin: 12px; background: var(--paper); color: var(--ink); font: 12px var(--sans) }
main { columns: 4 300px; column-gap: 14px; width: 1260px }
figure { margin: 0 0 14px; padding: 6px 7px; background: var(--card); break-inside: avoid }
svg { display: block; width: 100% } main svg { width: 286px } figcaption { padding-block: 4px }
.wide { width: 1240px; margin-top: 14px } .grey { filter: grayscale(1) }
"""
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "grey": {"color_scheme": "light"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
    "print": {"media": "print"},
}
BOXES = """
() => [...document.querySelectorAll('svg')].map(svg => {
  const frame = svg.getBoundingClientRect()
  const texts = [...svg.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect()
    return [text.textContent, box.left - frame.left, box.top - frame.top,
            box.right - frame.left, box.bottom - frame.top]
  })
  return [svg.closest('figure').id, frame.width, frame.height, texts]
})
"""
"""Of each drawing: its size, and where each of its texts lies in it, in CSS pixels."""


def sheet(language: str) -> str:
    """Return a page with all drawings in a language."""
    drawn = {name: in_language(name, language) for name in DRAWINGS}
    narrow, wide = (
        "".join(
            f'<figure id="{name}" class="{"wide" if is_wide else ""}">{picture.svg}'
            f"<figcaption>{name}: {escape(picture.sentence)}</figcaption></figure>"
            for name, picture in drawn.items()
            if (name in WIDE) is is_wide
        )
        for is_wide in (False, True)
    )
    tokens = TOKENS.read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<style>{tokens}{STYLE}</style><main>{narrow}</main>{wide}</html>"
    )


def overlaps(page: Page) -> list[str]:
    """Return the texts that lie over another or leave their drawing, as the browser set them.

    A line box is higher than its letters: two may share a fifth of the lower one.
    """
    found = []
    for name, width, height, texts in page.evaluate(BOXES):
        for at, (one, left, top, right, bottom) in enumerate(texts):
            if left < -1 or right > width + 1 or top < -3 or bottom > height + 3:
                found.append(f"{name}: {one!r} leaves the drawing")
            for other, left2, top2, right2, bottom2 in texts[at + 1 :]:
                down = min(bottom, bottom2) - max(top, top2)
                if (
                    min(right, right2) - max(left, left2) > 1
                    and down > min(bottom - top, bottom2 - top2) / 5
                ):
                    found.append(f"{name}: {one!r} lies over {other!r}")
    return found


def main(folder: Path) -> int:
    """Draw the sheets; return how many texts lie wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1290, "height": 900}, device_scale_factor=1.5)
        for language in LANGUAGES:
            page.set_content(sheet(language))
            wrong += [f"{language}: {line}" for line in overlaps(page)]
            for look, wishes in LOOKS.items():
                page.emulate_media(**{"media": "screen", "forced_colors": "none", **wishes})
                page.evaluate(
                    "grey => document.body.classList.toggle('grey', grey)", look == "grey"
                )
                page.screenshot(path=folder / f"{language}-{look}.png", full_page=True)
        browser.close()
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return len(wrong)


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1])), 1))
