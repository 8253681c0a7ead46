"""Whoever chose a language reads every page in it: no page is half in another one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from counterpoint.content import LANGUAGES, banned_words_in, load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import change_language
from counterpoint.web.core import clock
from counterpoint.web.safety.services import forget_route
from factories import browser_of
from lives import one_of_each
from web.pages import answers, page_of, visible
from web.test_catalogs import WEB, entries
from web.worlds import all_paths, every_address

ALL = [("en", "English"), ("de", "Deutsch"), ("es", "Español")]
OTHERS = [code for code in LANGUAGES if code != "en"]
TOLD_IN = re.compile(r'<html\b[^>]*\blang="([^"]*)"')
HOLE = re.compile(r"<[^>]*>|%\(\w+\)\w|%[%\w]|\{[^}]*\}|\n")
ENGLISH = re.compile(
    r"\b(?:the|and|your|you|yourself|with|what|which|they|this|that|from|how|it|is|are)\b",
    re.IGNORECASE,
)
"""Words no sentence in English does without for long, and that are none in the others."""
NOT_SENTENCES = {"sources", "help"}  # titles of works; numbers to call are told as they are

#: Pages let pass, each with its reason.
LET_PASS = {"/style/"}  # read by whoever builds the site, in English
#: Banned words let pass on one page: there it is said that it is none of them, or a name.
BANNED_LET_PASS = {
    "de": {
        "/?about": {"Note für", "verpasster"},  # nobody gets one; such days are not counted
        "/info/limits/": {"Diagnose", "Therapie"},  # says that it is none of them
        "/info/people/": {"Opferberatung"},  # the name of an office people can look for
        "/info/words/": {"Diagnose"},  # says that it is none
        "/learn/styles/": {"Diagnose"},  # the same page
        "/learn/science/": {"Diagnosen"},  # the same
        "/learn/recalibration/": {"Paartherapie"},  # the name of an offer people can look for
        "/two/": {"nie"},  # the neutral state, fixed word for word
        "/two/picture/": {"nie"},  # the same
    },
    "es": {
        "/info/limits/": {"diagnóstico", "terapia"},  # says that it is none of them
        "/info/people/": {"víctimas"},  # the name of an office people can look for
        "/info/words/": {"diagnóstico"},  # says that it is none
        "/learn/styles/": {"diagnóstico"},  # the same page
        "/learn/science/": {"diagnóstico"},  # the same
        "/learn/recalibration/": {"terapia"},  # the name of an offer people can look for
    },
}

ENDS_A_VISIT = ("/away/", "/account/leave/", "/account/language/")
NO_FIELD_TAKES_IT = {
    **dict.fromkeys(("login", "email", "code", "title", "zone", "channel", "when", "pace"), "x"),
    **dict.fromkeys(("password", "password1", "password2", "oldpassword", "evening_at"), "x"),
    **dict.fromkeys(("c1", "s1", "connection", "self_", "lighter", "fits", "drawing"), "77"),
    **dict.fromkeys(("words", "need", "h1_line", "moment", "message"), "x" * 5000),
}
BARE_LABEL = re.compile(r"\b(?:Need|Message|H1 line|Moment|Drawing|Reason|Fits|Connection|Self):")
"""What a field without a name of its own is called after, in English."""


def plain(text: str) -> str:
    """Return a text with one space wherever there are some."""
    return " ".join(text.split())


def pieces(text: str, least: int) -> Iterator[str]:
    """Yield what stands between the places of a text, where it is some words long."""
    for piece in HOLE.split(text):
        said = plain(piece).strip(" ,.;:!?“”")
        if len(re.findall(r"[^\W\d_]+", said)) >= least:
            yield said


@cache
def told_by_catalogs(language: str) -> frozenset[str]:
    """Return English texts of three words and more that a language renders otherwise."""
    english: set[str] = set()
    rendered: set[str] = set()
    for catalog in WEB.glob(f"*/locale/{language}/LC_MESSAGES/django.po"):
        for rows in entries(catalog).values():
            for text, words in rows:
                english.update(pieces(text.replace('\\"', '"'), 3))
                rendered.update(pieces(words.replace('\\"', '"'), 3))
    return frozenset(english - rendered)


def texts_in(found: object) -> Iterator[str]:
    """Yield every text of what Counterpoint says."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, Mapping):
        for value in found.values():
            yield from texts_in(value)
    elif is_dataclass(found):
        for field in fields(found):
            if field.name not in NOT_SENTENCES:
                yield from texts_in(getattr(found, field.name))
    elif isinstance(found, (tuple, list, frozenset)):
        for value in found:
            yield from texts_in(value)


@cache
def told_by_content(language: str) -> frozenset[str]:
    """Return English sentences of four words and more that a language says otherwise."""
    said = {
        code: {piece for text in texts_in(load_content(code)) for piece in pieces(text, 4)}
        for code in ("en", language)
    }
    return frozenset(said["en"] - said[language])


def leftovers(pages: Mapping[str, str], texts: frozenset[str]) -> set[tuple[str, str]]:
    """Return each page with each text that stands on it."""
    everything = "\n".join(pages.values())
    there = [text for text in texts if text in everything]
    return {(path, text) for path, read in pages.items() for text in there if text in read}


def banned_let_pass(language: str) -> set[tuple[str, str]]:
    """Return each page with each banned word let pass on it."""
    let_pass = BANNED_LET_PASS.get(language, {})
    return {(path, word) for path, words in let_pass.items() for word in words}


def read_in(language: str, browser: Client, start: tuple[str, ...]) -> dict[str, str]:
    """Return what is read on every page, where each says which language it is in."""
    pages = {}
    for path, answer in answers(browser, start):
        if page := page_of(answer):
            told_in = TOLD_IN.search(page)
            assert told_in is not None, path
            assert (told_in[1], answer["Content-Language"]) == (language, language), path
            if path not in LET_PASS:
                pages[path] = plain(visible(page))
    return pages


@pytest.mark.parametrize("language", OTHERS)
def test_no_page_holds_a_word_of_another_language(
    db: None, settings: Settings, tmp_path: Path, language: str
) -> None:
    """As far as links lead and at every address, signed in on both routes and not at all."""
    settings.LANGUAGES = ALL
    person = one_of_each(settings, tmp_path, language)
    every = all_paths(clock.today(person.zone) - timedelta(days=1), uuid.UUID(int=7))
    careful = read_in(language, browser_of(person), ("/today/",))
    forget_route(person)
    signed_in = read_in(language, browser_of(person), ("/today/", *every))
    stranger = browser_of()
    stranger.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    nobody = read_in(language, stranger, ("/?about", *every))
    assert (len(careful) > 60, len(signed_in) > 80, len(nobody) > 15) == (True, True, True)
    banned: set[tuple[str, str]] = set()
    for pages in (careful, signed_in, nobody):
        assert leftovers(pages, told_by_catalogs(language)) == set()
        assert leftovers(pages, told_by_content(language)) == set()
        english = {path: sorted(set(ENGLISH.findall(read))) for path, read in pages.items()}
        assert {path: words for path, words in english.items() if words} == {}
        banned |= {
            (path, word) for path, read in pages.items() for word in banned_words_in(read, language)
        }
    assert banned == banned_let_pass(language)


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_refused_is_refused_in_the_language(
    owner: User, settings: Settings, language: str
) -> None:
    """At every address that takes a form: nothing in it, and what no field takes."""
    settings.LANGUAGES = ALL
    change_language(owner, language)
    stranger = browser_of()
    stranger.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    refused: dict[str, str] = {}
    for browser in (stranger, browser_of(owner)):
        for path in every_address(date(2026, 11, 22), uuid.UUID(int=7)):
            if path.startswith(ENDS_A_VISIT):
                continue
            for filled in ({}, NO_FIELD_TAKES_IT):
                answer = browser.post(path, filled)
                if answer.status_code in {200, 422} and (page := page_of(answer)):
                    assert f'<html lang="{language}"' in page, path
                    refused[f"{path} {len(refused)}"] = plain(visible(page))
    assert len(refused) > 40
    assert leftovers(refused, told_by_catalogs(language)) == set()
    assert leftovers(refused, told_by_content(language)) == set()
    english = {path: sorted(set(ENGLISH.findall(read))) for path, read in refused.items()}
    assert {path: words for path, words in english.items() if words} == {}
    unlabelled = {path for path, read in refused.items() if BARE_LABEL.search(read)}
    assert unlabelled == set()


@pytest.mark.parametrize("language", OTHERS)
def test_what_would_be_found_is_looked_for(language: str) -> None:
    """The texts looked for are many, and one of them on a page is found."""
    assert len(told_by_catalogs(language)) > 400
    assert len(told_by_content(language)) > 1500
    shown = {"/here/": "Kept, sealed. Last changed 3. Mai", "/there/": "Gespeichert"}
    assert leftovers(shown, told_by_catalogs(language)) == {
        ("/here/", "Kept, sealed. Last changed")
    }
