"""One page with every picture that ``make shots`` took: phone and desktop, light and dark.

``python tests/gallery.py shots`` reads the names of the pictures in a folder
(``PAGE-SIZE-SCHEME.png``, in another language than English ``PAGE.LANGUAGE-SIZE-SCHEME.png``)
and writes ``index.html`` beside them.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from html import escape
from pathlib import Path
from urllib.parse import quote

NAME = re.compile(
    r"(?P<page>.+?)(?:\.(?P<language>[a-z]{2}))?"
    r"-(?P<size>phone|desktop)-(?P<look>[a-z]+(?:-dark)?)\.png\Z"
)
ORDER = ("phone-light", "phone-dark", "desktop-light", "desktop-dark")
STYLE = """
body { margin: 2rem; font: 1rem/1.5 Georgia, serif; background: #8e8a83; color: #fff }
section { margin-block: 2.5rem } h2 { font-weight: 400; font-size: 1.25rem }
nav a { color: inherit; margin-inline-end: 0.75rem; white-space: nowrap }
div { display: flex; gap: 1rem; align-items: flex-start; overflow-x: auto }
figure { margin: 0; flex: none } figcaption { font: 0.8rem system-ui, sans-serif }
.phone { width: 15rem } .desktop { width: 36rem }
figure a { display: block; max-height: 44rem; overflow: hidden } img { width: 100%; display: block }
"""


def sort_pictures(folder: Path) -> dict[str, dict[str, str]]:
    """Return the file name of each picture by page and by how it was looked at."""
    pages: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted(folder.glob("*.png")):
        if found := NAME.match(path.name):
            language = f" {found['language']}" if found["language"] else ""
            pages[found["page"]][f"{found['size']}-{found['look']}{language}"] = path.name
    return dict(pages)


def write_gallery(folder: Path) -> Path:
    """Write ``index.html`` into the folder of pictures and return its path.

    Raises
    ------
    SystemExit
        When the folder holds no picture.
    """
    pages = sort_pictures(folder)
    if not pages:
        raise SystemExit(f"{folder} holds no picture: run `make shots` first")
    parts = []
    for page, looks in pages.items():
        rest = sorted(set(looks) - set(ORDER))
        figures = "".join(
            f'<figure class="{look.split("-")[0]}"><figcaption>{escape(look)}</figcaption>'
            f'<a href="{quote(looks[look])}"><img loading="lazy" src="{quote(looks[look])}"'
            f' alt="{escape(page)}, {escape(look)}"></a></figure>'
            for look in (*ORDER, *rest)
            if look in looks
        )
        name = escape(page)
        parts.append(f'<section id="{name}"><h2>{name}</h2><div>{figures}</div></section>')
    links = "".join(f'<a href="#{quote(page)}">{escape(page)}</a>' for page in pages)
    count = sum(len(looks) for looks in pages.values())
    seen = {look for looks in pages.values() for look in looks}
    languages = sorted({look.split(" ")[1] for look in seen if " " in look})
    index = folder / "index.html"
    index.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title>'
        f"<style>{STYLE}</style><h1>{len(pages)} pages, {count} pictures: "
        f"{', '.join(['en', *languages])}</h1>"
        f"<nav>{links}</nav>{''.join(parts)}</html>\n",
        encoding="utf-8",
    )
    return index


if __name__ == "__main__":
    sys.stdout.write(f"{write_gallery(Path(sys.argv[1]))}\n")
