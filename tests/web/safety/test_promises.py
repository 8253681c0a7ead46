"""The page of promises names tests that exist, and leaves out no rule and no abuse case."""

from __future__ import annotations

import ast
from functools import cache

import pytest
from django.test import Client
from django.utils.html import escape

from counterpoint.content import Section, load_content
from layers import ROOT
from run import LAYERS

RULES = range(1, 14)
"""The thirteen rules of the safety paper."""


def sections() -> tuple[Section, ...]:
    """Return the promises."""
    return load_content().page("promises").sections


@cache
def names_in(file: str) -> frozenset[str]:
    """Return the names of the tests of a file, those in classes included; if it is there."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def missing(promises: tuple[Section, ...]) -> list[str]:
    """Return the tests that are named and do not exist."""
    named = [test for section in promises for test in section.tests]
    return [test for test in named if test.split("::")[1] not in names_in(test.split("::")[0])]


def without_promise(promises: tuple[Section, ...]) -> list[int]:
    """Return the rules for which no promise with a test stands."""
    held = {rule for section in promises if section.tests for rule in section.rules}
    return [rule for rule in RULES if rule not in held]


def test_every_test_that_is_named_exists() -> None:
    assert missing(sections()) == []


def test_every_rule_has_a_promise_with_tests() -> None:
    assert without_promise(sections()) == []
    assert {rule for section in sections() for rule in section.rules} == set(RULES)
    assert [section.heading for section in sections() if not section.tests] == []


def test_a_test_that_is_gone_and_a_rule_without_a_promise_are_caught() -> None:
    gone = Section("A promise", ("Words.",), (1,), ("tests/web/test_nowhere.py::test_gone",))
    renamed = Section("A promise", ("Words.",), (1,), ("tests/web/test_canary.py::test_gone",))
    assert missing((gone, renamed)) == [*gone.tests, *renamed.tests]
    assert without_promise(sections()[1:]) == [1]


def test_every_abuse_case_holds_a_promise() -> None:
    files = {f"tests/abuse/{path.name}" for path in (ROOT / "tests" / "abuse").glob("test_*.py")}
    named = {test.split("::")[0] for section in sections() for test in section.tests}
    assert sorted(files - named) == []


def test_every_test_that_is_named_is_run_by_the_test_command() -> None:
    run = {layer.folder for layer in LAYERS}
    named = {test.split("/")[1] for section in sections() for test in section.tests}
    assert named <= run
    folders = {path.name for path in (ROOT / "tests").iterdir() if list(path.glob("**/test_*.py"))}
    assert folders == run


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.heading)
def test_the_page_shows_each_promise_with_the_tests_that_hold_it(
    section: Section, as_nobody: Client
) -> None:
    text = as_nobody.get("/info/promises/").content.decode()
    assert escape(section.heading) in text
    for words, file in section.held_by:
        assert f"{escape(words)} <code>{file}</code>" in text


def test_every_page_leads_to_both(as_owner: Client) -> None:
    for path in ("/account/", "/info/limits/"):
        text = as_owner.get(path).content.decode()
        assert 'href="/info/promises/"' in text
        assert 'href="/info/beyond/"' in text


def test_it_is_said_who_has_not_reviewed_this() -> None:
    words = load_content().phrase("safety.not_reviewed")
    for page_id in ("cannot", "limits"):
        told = [p for s in load_content().page(page_id).sections for p in s.paragraphs]
        assert words in told
    assert words in (ROOT / "docs" / "explanation" / "safety.md").read_text(encoding="utf-8")
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    for yet in ("clinical safety officer", "partner-violence specialist", "penetration test"):
        assert yet in told


def test_what_cannot_be_protected_is_said_plainly() -> None:
    page = load_content().page("cannot")
    text = " ".join(p for section in page.sections for p in section.paragraphs)
    for named in (
        "spy program",
        "makes you open the screen",
        "photo of the screen",
        "history of your browser",
        "full access to the machine",
        "zero knowledge",
    ):
        assert named in text, named
