"""The language a page is answered in, and what Counterpoint says in it."""

from __future__ import annotations

from django.utils.translation import get_language

from counterpoint.content import LANGUAGES, Content, load_content


def current_language() -> str:
    """Return the language in force, or English where there are no texts in it."""
    active = (get_language() or "").split("-")[0]
    return active if active in LANGUAGES else LANGUAGES[0]


def current_content() -> Content:
    """Return everything Counterpoint says in the language in force."""
    return load_content(current_language())
