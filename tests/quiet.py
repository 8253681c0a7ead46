"""The quiet check as somebody of the cast answers it in their browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from doors import prove
from factories import browser_of

if TYPE_CHECKING:
    from django.test import Client

    from counterpoint.web.accounts.models import User

QUESTIONS = "/quiet/questions/"
LINE = "/quiet/line/"

CLEAR = dict.fromkeys(
    (
        "afraid", "hurt", "threatened", "forced_sex", "watched", "weapon_or_neck", "child",
        "loud_words", "hurting_oneself", "hurting_others",
    ),
    "no",
)  # fmt: skip
"""A no to every question."""

HELD = {"afraid": "yes"}
LOUD = {"loud_words": "yes"}
DARK = {"hurting_oneself": "yes"}
ALL_OUT = {"leave_all": "1"}

WAYS: dict[str, dict[str, str] | None] = {
    "never opened": None,
    "left out": ALL_OUT,
    "clear": CLEAR,
    "loud words": LOUD,
    "held": HELD,
    "dark": DARK,
    "held and dark": HELD | DARK,
}
"""Every way a person can have met the check."""


def proven_browser(person: User) -> Client:
    """Return a browser whose person gave their password just now."""
    browser = browser_of(person)
    prove(browser)
    return browser


def opened(browser: Client) -> str:
    """Open the questions and return what their page has to send back."""
    found = re.search(r'name="opened" value="([^"]+)"', browser.get(QUESTIONS).content.decode())
    assert found is not None
    return found[1]


def answer(person: User, said: dict[str, str] | None) -> Any:
    """Answer the check in a browser of its own; return the answer to the form."""
    if said is None:
        return None
    browser = proven_browser(person)
    return browser.post(QUESTIONS, {"opened": opened(browser), **said})
