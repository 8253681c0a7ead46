"""The words of pictures: phrases of the content, numbers and lists as a language writes them."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoint.content import Content
from counterpoint.content.translation import DECIMAL_MARKS


def capital(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def capitals(names: tuple[str, str]) -> tuple[str, str]:
    """Return two names that begin with a capital letter."""
    one, two = names
    return capital(one), capital(two)


def signed(value: float, language: str) -> str:
    """Return a number with its sign and two decimals."""
    return f"{value:+.2f}".replace(".", DECIMAL_MARKS[language])


def span(first: str, last: str, said: Content) -> str:
    """Return "first to last"."""
    return said.phrase("picture.span", first=first, last=last)


def listed(parts: Sequence[str], said: Content) -> str:
    """Return clauses as one list: with commas, and the language's word before the last one."""
    *first, last = parts
    if not first:
        return last
    return said.phrase("picture.list_last", first=", ".join(first), last=last)


def both(said: Content) -> tuple[str, str]:
    """Return how the reader and the reader's partner are called."""
    return said.phrase("picture.you"), said.phrase("picture.partner")
