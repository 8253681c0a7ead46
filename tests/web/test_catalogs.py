"""The catalogs of each app hold every word that is in it, whole, in every language."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import allauth
import django.conf
import django.contrib.auth
import pytest
from django.utils import translation

import counterpoint
from counterpoint.content import LANGUAGES as READ
from counterpoint.content import banned_words_in
from counterpoint.web.core.neutral import NEUTRAL_STATE

WEB = Path(counterpoint.__file__).parent / "web"
FRAMEWORK_WORDS = WEB / "config" / "framework_words"
APPS = (
    "core", "accounts", "safety", "couples", "reminders",
    "diary", "assessment", "dynamics", "practice",
)  # fmt: skip
LANGUAGES = ("de", "es")
ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"[^\n]*"\n?)+)', re.MULTILINE)
PLACE = re.compile(r"%\(\w+\)\w|%s|\{\w+\}")
GETTEXT = pytest.mark.skipif(
    shutil.which("xgettext") is None, reason="needs GNU gettext: apt-get install gettext"
)


def entries(catalog: Path) -> dict[str, list[tuple[str, str]]]:
    """Return what stands in a catalog: each text, with what is rendered and its rendering."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows: list[tuple[str, str]] = []
    one = many = ""
    for kind, quoted in ENTRY.findall(catalog.read_text(encoding="utf-8")):
        text = "".join(re.findall(r'"(.*)"', quoted))
        if kind == "msgid":
            one = many = text
            rows = found.setdefault(text, [])
        elif kind == "msgid_plural":
            many = text
        else:
            rows.append((many if kind == "msgstr[1]" else one, text))
    return {text: rows for text, rows in found.items() if text}


def catalog_of(app: str, language: str) -> Path:
    return WEB / app / "locale" / language / "LC_MESSAGES" / "django.po"


@GETTEXT
@pytest.mark.parametrize("app", APPS)
def test_a_catalog_holds_what_is_in_the_app_and_nothing_else(app: str, tmp_path: Path) -> None:
    copy = tmp_path / app
    shutil.copytree(WEB / app, copy, ignore=shutil.ignore_patterns("locale", "__pycache__"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "de", "--no-location"]
    command += ["--no-wrap", "--settings", "counterpoint.web.config.settings_test"]
    environment = {**os.environ, "PYTHONPATH": str(WEB.parents[1])}
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    asked = set(entries(copy / "locale/de/LC_MESSAGES/django.po"))
    for language in LANGUAGES:
        assert set(entries(catalog_of(app, language))) == asked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS)
def test_every_text_is_rendered_with_the_same_places(app: str, language: str) -> None:
    catalog = catalog_of(app, language)
    assert "fuzzy" not in catalog.read_text(encoding="utf-8")
    for rendered in entries(catalog).values():
        assert rendered
        for text, words in rendered:
            assert words, text
            assert sorted(PLACE.findall(words)) == sorted(PLACE.findall(text))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one in READ])
@pytest.mark.parametrize("app", APPS)
def test_no_rendering_holds_a_word_no_text_may_hold(app: str, language: str) -> None:
    for text, rendered in entries(catalog_of(app, language)).items():
        if text == NEUTRAL_STATE:  # a promise about ourselves, let pass in the content, too
            continue
        for _, words in rendered:
            assert banned_words_in(PLACE.sub("", words), language) == []


@GETTEXT
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS)
def test_a_compiled_catalog_is_its_source(app: str, language: str, tmp_path: Path) -> None:
    catalog, made = catalog_of(app, language), tmp_path / "django.mo"
    subprocess.run(["msgfmt", "-o", str(made), str(catalog)], check=True)
    assert made.read_bytes() == catalog.with_suffix(".mo").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_rendered_the_same_in_every_app(language: str) -> None:
    """The catalogs of all apps are one when a page is drawn: the first one would win unseen."""
    rendered: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {}
    for catalog in sorted(WEB.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
        for text, rows in entries(catalog).items():
            rendered.setdefault(text, {})[catalog.parents[3].name] = tuple(rows)
    assert {text: by for text, by in rendered.items() if len(set(by.values())) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_frameworks_are_asked_for_and_said_as_we_do(language: str) -> None:
    """What people meet of Django and allauth is worded by us, under the very texts they ask for."""
    catalog = FRAMEWORK_WORDS / language / "LC_MESSAGES" / "django.po"
    ours = entries(catalog)
    asked: set[str] = set()
    for library in (django.conf, django.contrib.auth, allauth):
        folder = Path(library.__file__).parent / "locale" / language / "LC_MESSAGES"
        asked |= set(entries(folder / "django.po"))
    assert set(ours) <= asked
    with translation.override(language):
        assert [(text, translation.gettext(text)) for text in ours] == [
            row for rows in ours.values() for row in rows
        ]
