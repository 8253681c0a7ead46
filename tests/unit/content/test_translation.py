"""Words of another language lie over the English files, and structure stays where it is."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import Any

import pytest

from counterpoint.content import LANGUAGES, check_content, load_content
from counterpoint.content.lexicon import read_lexicon
from counterpoint.content.loader import content_paths
from counterpoint.content.phrases import Phrase
from counterpoint.content.translation import ContentFiles, _outdated, lay_over
from counterpoint.content.translation_checks import translation_broken
from counterpoint.errors import ContentError

ROWS: dict[str, Any] = {
    "version": 2,
    "source": "a book",
    "title": "A title",
    "tests": ["tests/unit/test_a.py::test_b"],
    "paragraphs": ["one", "two"],
    "items": [
        {"item_id": "a", "version": 1, "text": "first", "flag": True},
        {"item_id": "b", "version": 3, "text": "second", "flag": False},
    ],
    "steps": [{"text": "go", "seconds": 30}, {"text": "stay", "seconds": 20}],
}
NAMED = {"version": 1, "of": 2}


def test_words_are_laid_over_and_structure_stays() -> None:
    words = {
        **NAMED,
        "title": "Ein Titel",
        "paragraphs": ["eins", "zwei"],
        "items": [{"item_id": "b", "version": 7, "of": 3, "text": "zweite"}],
        "steps": [{"text": "geh"}, {"text": "bleib"}],
    }
    assert lay_over(ROWS, words, "f") == {
        "version": 1,
        "source": "a book",
        "title": "Ein Titel",
        "tests": ["tests/unit/test_a.py::test_b"],
        "paragraphs": ["eins", "zwei"],
        "items": [
            {"item_id": "a", "version": 1, "text": "first", "flag": True},
            {"item_id": "b", "version": 7, "text": "zweite", "flag": False},
        ],
        "steps": [{"text": "geh", "seconds": 30}, {"text": "bleib", "seconds": 20}],
    }


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"title": "x"}, "says its version"),
        ({**NAMED, "lead": "x"}, "has no lead"),
        ({**NAMED, "source": "x"}, "is structure"),
        ({**NAMED, "tests": ["x"]}, "is structure"),
        ({**NAMED, "paragraphs": ["x"]}, "has 1 texts where English has 2"),
        ({**NAMED, "title": ["x"]}, "another kind"),
        ({**NAMED, "steps": [{"text": "x"}]}, "has 1 entries where English has 2"),
        ({**NAMED, "steps": [{"seconds": 1}, {}]}, "no text in English"),
        ({**NAMED, "items": [{"item_id": "c", "version": 1, "of": 1}]}, "English has no c"),
        ({**NAMED, "items": [{"item_id": "a", "text": "x"}]}, "says its version"),
    ],
)
def test_what_does_not_fit_is_refused(words: dict[str, Any], problem: str) -> None:
    with pytest.raises(ContentError, match=problem):
        lay_over(ROWS, words, "f")


def test_an_earlier_wording_is_told() -> None:
    words = {"version": 1, "of": 1, "items": [{"item_id": "b", "version": 1, "of": 2, "text": "x"}]}
    assert list(_outdated(ROWS, words, "f")) == [
        "f: renders wording 1, and English is at 2",
        "f, items b: renders wording 2, and English is at 3",
    ]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_has_the_same_structure(language: str) -> None:
    source, told = load_content("en"), load_content(language)
    assert told.version == source.version
    assert [(one.item_id, one.sign, one.sitting, one.reverse_keyed)
            for one in told.questionnaire.items] == [
        (one.item_id, one.sign, one.sitting, one.reverse_keyed)
        for one in source.questionnaire.items
    ]  # fmt: skip
    assert list(told.phrases) == list(source.phrases)
    assert list(told.exercises) == list(source.exercises)
    assert {one.seconds for one in told.exercises.values()} == {
        one.seconds for one in source.exercises.values()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_of_a_language_is_one_of_english(language: str) -> None:
    own = ContentFiles(language)
    for folder in ("", "pages", "skills"):
        place = own._data / language / folder
        names = {one.name for one in place.iterdir()} if place.is_dir() else set()
        assert names <= set(own.names(folder)), folder
    assert "phrases.toml" in content_paths()
    assert "pages/privacy.toml" in content_paths()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_of_a_language_keep_every_rule(language: str) -> None:
    assert check_content(language) == []


def test_what_is_still_english_and_a_blank_too_many_are_told() -> None:
    source = load_content("en")
    one = dataclasses.replace(source, language="de")
    lexicon = dataclasses.replace(read_lexicon("en"), same=frozenset({"pages.landing.nothing"}))
    problems = list(translation_broken(one, lexicon))
    assert "questionnaire.title: is still English" in problems
    assert problems[-1] == "lexicon: pages.landing.nothing is not the same as in English"
    phrase = Phrase("days.known", 1, "test", "{days} und {weeks}")
    more = MappingProxyType({**source.phrases, "days.known": phrase})
    told = list(translation_broken(dataclasses.replace(one, phrases=more), lexicon))
    assert "phrases.days.known: English has no weeks" in told


def test_decimals_are_written_as_in_the_language() -> None:
    phrase = Phrase("a.b", 1, "test", "{low} bis {high}, {n}", decimal=",")
    assert phrase.render({"low": 0.5, "high": 2.0, "n": 3}) == "0,5 bis 2, 3"
