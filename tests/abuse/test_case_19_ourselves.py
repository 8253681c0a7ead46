"""A new page or a new field that forgets the rules does not pass the tests.

Case 19: we ourselves forget. Planted here: a route without a row in the access matrix, a field
without a class, words without a seal.
"""

from __future__ import annotations

import pytest
from django.db import models
from django.urls import get_resolver, path

from counterpoint.web.accounts import checks, portability
from counterpoint.web.accounts.field_classes import FieldClass
from counterpoint.web.accounts.portability import Entry, classes_of, entries
from counterpoint.web.couples.models import Card
from web.test_access_matrix import unlisted


def test_nothing_is_forgotten_now() -> None:
    assert unlisted() == []
    for check in (checks.check_portability, checks.check_classes, checks.check_words):
        assert check(None) == []


def test_a_route_nobody_decided_about_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = get_resolver()
    planted = path("two/everything/", len, name="everything")
    monkeypatch.setitem(resolver.__dict__, "url_patterns", [*resolver.url_patterns, planted])
    assert unlisted() == ["everything"]


def test_a_field_nobody_decided_about_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = checks.stored_fields
    note = models.TextField()
    monkeypatch.setattr(
        checks,
        "stored_fields",
        lambda model: {**whole(model), "note": note} if model is Card else whole(model),
    )
    assert [error.id for error in checks.check_classes(None)] == ["counterpoint.E006"]


def test_words_that_lie_open_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    (entry,) = [entry for entry in entries() if entry.label == "couples"]
    holds = {
        **entry.holds,
        "couples.Card": {**classes_of("couples.Card"), "kind": FieldClass.WORDS},
    }
    monkeypatch.setitem(
        portability._entries,
        "couples",
        Entry("couples", entry.export, entry.erase, holds, entry.sealed),
    )
    assert [error.id for error in checks.check_words(None)] == ["counterpoint.E007"]
