"""The style page shows every token and every shared component, and nothing of anybody."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from counterpoint.web.core.style_page import read_tokens
from stylesheets import SHEETS, block_of, classes_in, classes_set, rules_of, tokens

NOT_SHOWN = {"banner__moves": "the next day is in the demo only"}
"""Parts of shared components that are not on the style page, each with its reason."""


@pytest.fixture
def shown(as_nobody: Client, as_owner: Client) -> frozenset[str]:
    """Every class on the style page, signed out or in."""
    pages = [browser.get("/style/").content.decode() for browser in (as_nobody, as_owner)]
    return frozenset().union(*(classes_in(page) for page in pages))


def test_every_shared_component_in_use_is_on_the_style_page(shown: frozenset[str]) -> None:
    shared = {
        name
        for sheet in SHEETS
        if sheet.parent.name == "core" and sheet.name in {"components.css", "frame.css"}
        for rule in rules_of(sheet)
        for name in rule.classes
    }
    used = {name for name in classes_set() if block_of(name) in {block_of(one) for one in shared}}
    assert shared & used - shown == set(NOT_SHOWN)


def test_every_token_is_on_the_style_page(as_nobody: Client) -> None:
    page = as_nobody.get("/style/").content.decode()
    named = set(re.findall(r"<code>([\w-]+)</code>", page))
    found = read_tokens()
    assert named == {*found.colours, *found.sizes, *found.spaces, *found.lines}
    ours = tokens()
    assert set(found.colours) == {name[2:] for name, value in ours.items() if value.startswith("#")}
    assert {f"--{name}" for name in found.sizes} == {
        name for name in ours if name.startswith("--size-")
    }
    assert len(found.spaces) == len([name for name in ours if re.fullmatch(r"--s-?\d", name)])


def test_it_is_the_same_for_everybody(as_owner: Client, as_partner: Client) -> None:
    def body(browser: Client) -> str:
        page = browser.get("/style/").content.decode()
        return re.sub(r'value="\w{64}"', "", page)

    assert body(as_owner) == body(as_partner)


def test_states_of_fields_are_tied_to_their_words(as_nobody: Client) -> None:
    page = as_nobody.get("/style/").content.decode()
    assert page.count('aria-invalid="true"') == 2
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    described = {name for group in re.findall(r'aria-describedby="([^"]+)"', page)
                 for name in group.split()}  # fmt: skip
    assert described <= set(ids)
