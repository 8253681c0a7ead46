"""A small SVG writer: numbers to one decimal, text escaped, nothing but attributes.

Presentation attributes take CSS variables and need no inline style, so a strict
content security policy lets them through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from counterpoint.domain.dyad import Member
from counterpoint.errors import DataError
from counterpoint.pictures.palette import Palette, Theme, choose_palette

_KEY = re.compile(r"[a-z][a-z0-9-]*\Z")
_PLAIN = re.compile(r"[\w ,.#()%+-]*\Z", re.ASCII)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

TEXT = 14.2
SMALL = 13.2
"""Font sizes of a drawing 340 units wide: over 11 CSS pixels where it has 286, as on the narrowest
phones."""
_LETTER = 0.52  # mean width of a letter of the serif face, in font sizes


@lru_cache(maxsize=8192)
def number(value: float) -> str:
    """Write a coordinate: one decimal, no trailing zero, no minus zero."""
    text = f"{value:.1f}"
    last = text[-1]
    if last == "0":
        return text[:-2] if text != "-0.0" else "0"
    if last in "nf":  # nan, inf
        raise DataError(f"a coordinate must be a finite number, not {value}")
    return text


def clean(text: str) -> str:
    """Escape text for an XML attribute or element, without characters XML forbids."""
    return escape(_UNPRINTABLE.sub("\ufffd", text), quote=True)


def wrap(text: str, width: float, size: float = TEXT) -> list[str]:
    """Break a label into lines that fit ``width`` user units at font size ``size``."""
    room = max(4, int(width / (size * _LETTER)))
    lines: list[str] = []
    line = ""
    for word in text.split():
        piece = word
        while len(piece) > room:
            if line:
                lines.append(line)
                line = ""
            lines.append(piece[:room])
            piece = piece[room:]
        if line and len(line) + 1 + len(piece) > room:
            lines.append(line)
            line = piece
        else:
            line = f"{line} {piece}".strip()
    if line:
        lines.append(line)
    return lines


def text_width(text: str, size: float) -> float:
    """Return about how wide a line of text is, in user units."""
    return len(text) * size * _LETTER


class Canvas:
    """Collect the elements of one drawing.

    Parameters
    ----------
    width, height
        Size of the view box in user units; 340 wide is drawn for a phone.
    key
        Prefix of every id in the drawing, so that two pictures live on one page.
    theme
        ``"page"`` or ``"file"``.
    """

    def __init__(self, width: float, height: float, *, key: str, theme: Theme) -> None:
        if not _KEY.match(key):
            raise DataError(f"key must be lower-case letters, digits and hyphens, not {key!r}")
        self.width = width
        self.height = height
        self.key = key
        self.theme = theme
        self.paint: Palette = choose_palette(theme)
        self._parts: list[str] = []
        self._note_ends: dict[tuple[Member, float, bool, float], tuple[str, str]] = {}

    def element(self, name: str, **attributes: str | float | None) -> None:
        """Add one empty element: ``stroke_width`` is written ``stroke-width``, ``None`` is not."""
        self._parts.append(f"<{name}{self._write(attributes)}/>")

    def open(self, name: str, **attributes: str | float | None) -> None:
        """Open an element."""
        self._parts.append(f"<{name}{self._write(attributes)}>")

    def close(self, name: str) -> None:
        """Close an element."""
        self._parts.append(f"</{name}>")

    def line(self, x1: float, y1: float, x2: float, y2: float, **attributes: str | float) -> None:
        """Add a straight line in the colour of the staff."""
        look: dict[str, str | float] = {"stroke": self.paint.line, "stroke_width": 1, **attributes}
        self.element("line", x1=x1, y1=y1, x2=x2, y2=y2, **look)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = TEXT,
        anchor: str = "start",
        soft: bool = False,
        italic: bool = False,
    ) -> None:
        """Add one line of text with its baseline at ``y``."""
        self._parts.append(
            f"<text{self._write({'x': x, 'y': y, 'font_size': size})}"
            f' text-anchor="{anchor}"'
            + (' font-style="italic"' if italic else "")
            + f' fill="{self.paint.ink_soft if soft else self.paint.ink}">{clean(words)}</text>'
        )

    def note(
        self,
        x: float,
        y: float,
        member: Member,
        *,
        radius: float = 6.0,
        hollow: bool = False,
        opacity: float = 1.0,
    ) -> None:
        """Add a note head: a tilted oval for ``a``, a diamond for ``b``, so shape tells as well."""
        self.notes([(x, y)], member, radius=radius, hollow=hollow, opacity=opacity)

    def notes(
        self,
        points: Iterable[tuple[float, float]],
        member: Member,
        *,
        radius: float = 6.0,
        hollow: bool = False,
        opacity: float = 1.0,
    ) -> None:
        """Add many note heads of one voice."""
        shape = (member, radius, hollow, opacity)
        ends = self._note_ends.get(shape)
        if ends is None:
            ends = self._note_ends[shape] = self._draw_note_ends(*shape)
        before, after = ends
        if member is Member.A:
            for x, y in points:
                cx, cy = number(x), number(y)
                self._parts.append(f'<ellipse cx="{cx}" cy="{cy}"{before}{cx} {cy}{after}')
        else:
            top = radius * 1.2
            for x, y in points:
                self._parts.append(f"{before}{number(x)} {number(y - top)}{after}")

    def _draw_note_ends(
        self, member: Member, radius: float, hollow: bool, opacity: float
    ) -> tuple[str, str]:
        """Return what all notes of one shape have in common, before and after their place."""
        colour = self.paint.voice(member)
        look: dict[str, str | float | None] = {
            "fill": self.paint.paper if hollow else colour,
            "stroke": colour if hollow else None,
            "stroke_width": max(1.0, radius / 3) if hollow else None,
            "opacity": opacity if opacity < 1 else None,
        }
        written = self._write(look)
        if member is Member.A:
            size = self._write({"rx": radius * 1.15, "ry": radius * 0.88})
            return f'{size} transform="rotate(-20 ', f')"{written}/>'
        r = number(radius * 1.2)
        return '<path d="M', f'l{r} {r} -{r} {r} -{r} -{r}z"{written}/>'

    def finish(self, *, title: str, sentence: str) -> str:
        """Return the whole ``<svg>`` element with its accessible name.

        A file is also described by its sentence. On a page the sentence stands in the caption, and
        a drawing that said it too would have it read twice.
        """
        size = f' width="{number(self.width * 2)}" height="{number(self.height * 2)}"'
        ground = (
            f'<rect width="{number(self.width)}" height="{number(self.height)}"'
            f' fill="{self.paint.paper}"/>'
        )
        is_file = self.theme == "file"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(self.width)} '
            f'{number(self.height)}"{size if is_file else ""} role="img"'
            f' aria-labelledby="{self.key}-title"'
            + (f' aria-describedby="{self.key}-sentence"' if is_file else "")
            + f' font-family="{clean(self.paint.face)}">'
            f'<title id="{self.key}-title">{clean(title)}</title>'
            + (
                f'<desc id="{self.key}-sentence">{clean(sentence)}</desc>{ground}'
                if is_file
                else ""
            )
            + f"{''.join(self._parts)}</svg>"
        )

    @staticmethod
    def _write(attributes: dict[str, str | float | None]) -> str:
        written = []
        for name, value in attributes.items():
            if value is None:
                continue
            if not isinstance(value, str):
                shown = _precise(name, value)
            else:
                shown = value if _PLAIN.match(value) else clean(value)
            written.append(f' {_attribute(name)}="{shown}"')
        return "".join(written)


@lru_cache(maxsize=128)
def _attribute(name: str) -> str:
    return name.replace("_", "-")


@lru_cache(maxsize=4096)
def _precise(name: str, value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if "opacity" in name else number(value)


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Return path data through ``points``."""
    steps = [f"{'L' if i else 'M'}{number(x)} {number(y)}" for i, (x, y) in enumerate(points)]
    return "".join(steps) + ("Z" if closed else "")
