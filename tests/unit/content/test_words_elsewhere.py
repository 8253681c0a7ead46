"""The lexicon holds for words that stand outside the content files, too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

import counterpoint
from counterpoint.content import LANGUAGES, banned_words_in, load_content
from counterpoint.web.core.neutral import NEUTRAL_STATE

SOURCE = Path(counterpoint.__file__).parent
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html")) + sorted(SOURCE.rglob("templates/**/*.txt"))

#: Words let pass in one template, each with its reason.
LET_PASS = {
    "core/simulated.html": {"never"},  # of invented people: they never lived
    "dynamics/simulated.html": {"never"},  # the same
}


def name_of(template: Path) -> str:
    return template.as_posix().split("/templates/")[-1]


def visible_text(source: str) -> str:
    """Return what a reader of a template may see or hear."""
    source = re.sub(r"(?s)\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", " ", source)
    source = re.sub(r'\{%\s*(?:translate|trans)\s+"([^"]*)"[^%]*%\}', r"\1", source)
    source = re.sub(r"(?s)\{%.*?%\}|\{\{.*?\}\}", " ", source)
    spoken = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', source)
    return " ".join([re.sub(r"(?s)<[^>]*>", " ", source), *spoken])


def test_there_are_templates_to_read() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_holds_no_banned_word(template: Path) -> None:
    found = banned_words_in(visible_text(template.read_text(encoding="utf-8")))
    allowed = LET_PASS.get(name_of(template), set())
    assert [word for word in found if word not in allowed] == []


def test_attributes_and_translated_words_are_read_and_code_is_not() -> None:
    source = (
        '{% comment %}never{% endcomment %}{# never #}<p title="You should">{{ always }} fine</p>'
        '{% translate "a score" %}{% if must %}{% endif %}<i class="fail"></i>'
    )
    assert banned_words_in(visible_text(source)) == ["score", "should"]


def test_words_are_told_in_order() -> None:
    assert banned_words_in("You must. Never! A healthy Score.") == [
        "must",
        "Never",
        "healthy",
        "Score",
    ]
    assert banned_words_in("Two people, one evening.") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_neutral_state_is_one_sentence_everywhere(language: str) -> None:
    with translation.override(language):
        assert load_content(language).phrase("neutral_state") == gettext(NEUTRAL_STATE)
