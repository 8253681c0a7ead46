"""No template says a word past the catalogs: what stands outside translate tags is not read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import counterpoint

WEB = Path(counterpoint.__file__).parent / "web"
NOT_DRAWN = re.compile(
    r"(?s)\{#.*?#\}|\{%\s*comment\b.*?\bendcomment\s*%\}|<!--.*?-->"
    r"|\{%\s*block main_class\s*%\}.*?\{%\s*endblock\s*%\}"  # stands inside an attribute
)
FROM_CATALOGS = re.compile(r"(?s)\{%\s*blocktranslate\b.*?\{%\s*endblocktranslate\s*%\}")
PUT_IN = re.compile(r"(?s)\{%.*?%\}|\{\{.*?\}\}")
UNREAD = re.compile(r"(?s)<(script|style)\b.*?</\1>")
MARKUP = re.compile(r"(?s)<[^>]*>")
SPOKEN = re.compile(r'\b(?:aria-label|aria-valuetext|title|alt|placeholder)="([^"]*)"')
TOLD_TO_A_SCRIPT = re.compile(r'\bdata-[a-z-]+="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")
WORDS = re.compile(r"[^\W\d_]{2,}[,.;:]? [^\W\d_]+")
HOLE = "\0"

#: Words let stand, each with its reason.
LET_STAND = {"Counterpoint"}  # the name is the same in every language
WITHOUT = {WEB / "core/templates/core/style.html"}  # read by whoever builds the site, in English
TEMPLATES = sorted(
    {*WEB.glob("*/templates/**/*.html"), *WEB.glob("*/templates/**/*.txt")} - WITHOUT
)


def bare_words(template: str) -> list[str]:
    """Return what a template says without asking a catalog: read, heard, or told to a script."""
    drawn = PUT_IN.sub(HOLE, FROM_CATALOGS.sub(HOLE, NOT_DRAWN.sub("", template)))
    body = UNREAD.sub(HOLE, drawn)
    said = [*MARKUP.sub(HOLE, body).split(HOLE)]
    said += [piece for value in SPOKEN.findall(body) for piece in value.split(HOLE)]
    found = [piece.strip() for piece in said if WORD.search(piece)]
    scripted = [piece for value in TOLD_TO_A_SCRIPT.findall(body) for piece in value.split(HOLE)]
    return found + [piece.strip() for piece in scripted if WORDS.search(piece)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_a_template_says_nothing_past_the_catalogs(template: Path) -> None:
    assert set(bare_words(template.read_text(encoding="utf-8"))) <= LET_STAND


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_a_day_is_written_as_the_language_writes_it(template: Path) -> None:
    """A day is put in a form from the catalog, or in the one that addresses and values have."""
    forms = re.findall(
        r"\|(?:date|time)\b(:(?:_\()?[\"'][^\"']*[\"'])?", template.read_text("utf-8")
    )
    assert all(form.startswith(":_(") or form == ":'Y-m-d'" for form in forms)


def test_bare_words_are_found_wherever_they_are_read() -> None:
    template = (
        '{# a note #}{% block main_class %}main--wide{% endblock %}<p title="Bare {{ one }}">Read'
        ' {% translate "kept" %} on</p><img alt="A cat"><script>let some = 1</script>{{ value }}'
        "{% blocktranslate %}also kept{% endblocktranslate %}{% comment %}no{% endcomment %}"
        '<b data-key="yes" data-told="Go on" aria-label="{% translate \'kept\' %}">5</b>'
    )
    assert bare_words(template) == ["Read", "on", "Bare", "A cat", "Go on"]


def test_no_script_holds_words_of_its_own() -> None:
    """What a script says stands in the page, in the language of the page."""
    said = re.compile(
        r"(?:textContent|innerText|title|ariaLabel|[\"']aria-label[\"'])\s*[=,]\s*[\"'`]([^\"'`]*)"
    )
    scripts = sorted(WEB.glob("*/*/**/*.js"))  # some are put together as templates
    assert scripts
    spoken = [
        (one.name, words) for one in scripts for words in said.findall(one.read_text("utf-8"))
    ]
    assert [(name, words) for name, words in spoken if WORD.search(words)] == []
