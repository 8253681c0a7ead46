"""The lexicon holds for every page as it is drawn: whatever a person can reach by its links.

Templates and content are read word by word elsewhere; here they meet, with a life in them.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

from django.test import Client
from pytest_django import Settings

from counterpoint.content import banned_words_in
from counterpoint.web.core import clock
from counterpoint.web.safety.services import forget_route
from factories import browser_of
from lives import one_of_each
from web.pages import reach, visible
from web.worlds import all_paths

#: Words let pass on one page, each with its reason.
LET_PASS = {
    "/example/": {"never"},  # of invented people: they never lived
    "/two/": {"never"},  # the neutral state, fixed word for word
    "/two/picture/": {"never"},  # the same
    "/?about": {"grade", "missed"},  # says that nobody gets one, and that such days are not counted
    "/info/limits/": {"diagnosis", "grade", "therapy"},  # says that it is none of them
    "/info/people/": {"victim"},  # the name of an office people can look for
    "/info/words/": {"diagnosis"},  # says that it is none
    "/learn/styles/": {"diagnosis"},  # the same page
    "/learn/science/": {"diagnosis"},  # the same
    "/learn/recalibration/": {"therapy"},  # the name of an offer people can look for
}


def banned_on(pages: dict[str, str]) -> set[tuple[str, str]]:
    """Return each page with each banned word on it."""
    return {(path, word) for path, page in pages.items() for word in banned_words_in(visible(page))}


def test_no_page_of_a_life_holds_a_banned_word(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    """As far as links lead, on both routes; and at every address, signed in and not."""
    person = one_of_each(settings, tmp_path)
    yesterday = clock.today(person.zone) - timedelta(days=1)
    every = all_paths(yesterday, uuid.UUID(int=7))
    careful = reach(browser_of(person), ("/today/",))
    forget_route(person)
    signed_in = reach(browser_of(person), ("/today/", *every))
    nobody = reach(browser_of(), ("/?about", *every))
    for pages, least in ((careful, 60), (signed_in, 80), (nobody, 15)):
        assert sum(bool(page) for page in pages.values()) > least
    found = banned_on(careful) | banned_on(signed_in) | banned_on(nobody)
    assert found == {(path, word) for path, words in LET_PASS.items() for word in words}


def test_a_banned_word_is_found_wherever_it_is_read() -> None:
    page = (
        '<head><title>never</title></head><p title="You should">It is <b>healthy</b>. 5\xa0%</p>'
        "<svg><text>Your score</text></svg><textarea>you never</textarea><script>fail()</script>"
        '<blockquote class="own-words">my fault</blockquote><button aria-label="A must">x</button>'
    )
    assert banned_words_in(visible(page)) == ["healthy", "%", "score", "should", "must"]


def test_links_are_followed_as_a_browser_would(as_owner: Client) -> None:
    pages = reach(as_owner, ("/practice/",))
    assert "/desk/" in pages
    assert "/learn/cycles/" in pages
    assert all(path.startswith("/") and "#" not in path for path in pages)
