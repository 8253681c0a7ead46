"""Colours and typefaces: CSS variables on a page, fixed values in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterpoint.domain.dyad import Member
from counterpoint.errors import DataError

Theme = Literal["page", "file"]

_FIXED = {
    "voice-a": "#0d6278",
    "voice-b": "#98590a",
    "ink": "#20232d",
    "ink-soft": "#565869",
    "card": "#fdf9f1",
    "staff": "#cfc3ad",
}
_WORDS_FACE = (
    "'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', 'URW Palladio L', "
    "P052, Georgia, serif"
)


@dataclass(frozen=True)
class Palette:
    """The paints of one drawing, as values an SVG attribute takes."""

    voice_a: str
    voice_b: str
    ink: str
    ink_soft: str
    paper: str
    line: str
    face: str

    def voice(self, member: Member) -> str:
        """Return the paint of one partner."""
        return self.voice_a if member is Member.A else self.voice_b


def choose_palette(theme: Theme) -> Palette:
    """Return the paints for a page (CSS variables with a fixed fallback) or for a file (fixed).

    Raises
    ------
    DataError
        If ``theme`` is neither ``"page"`` nor ``"file"``.
    """
    if theme not in ("page", "file"):
        raise DataError(f'theme is "page" or "file", not {theme!r}')

    def paint(name: str) -> str:
        return _FIXED[name] if theme == "file" else f"var(--{name}, {_FIXED[name]})"

    return Palette(
        voice_a=paint("voice-a"),
        voice_b=paint("voice-b"),
        ink=paint("ink"),
        ink_soft=paint("ink-soft"),
        paper=paint("card"),
        line=paint("staff"),
        face=_WORDS_FACE if theme == "file" else f"var(--serif, {_WORDS_FACE})",
    )
