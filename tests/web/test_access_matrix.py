"""Every route, each of the cast: the answer stands in one table."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import access
from access import Answer, Row
from counterpoint.web.accounts.models import User


def all_rows() -> dict[str, Row]:
    """Return the rows of every app; the same row twice is a mistake."""
    found: dict[str, Row] = {}
    for module in pkgutil.iter_modules(access.__path__):
        rows: dict[str, Row] = importlib.import_module(f"access.{module.name}").ROWS
        assert not rows.keys() & found.keys(), module.name
        found |= rows
    return found


def all_routes(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the full name of every route of the site."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from all_routes(entry, inner)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"a route without a name: {entry.pattern}"
            yield ":".join((*namespaces, entry.name))


ROWS = all_rows()
ROUTES = sorted(set(all_routes(get_resolver())))


def test_every_route_has_a_row() -> None:
    assert sorted({name.split(" ")[0] for name in ROWS}) == ROUTES


def seen(answer: object, path: str) -> Answer:
    """Return what an answer is in the words of the table."""
    status: int = answer.status_code  # type: ignore[attr-defined]
    if status not in {301, 302}:
        return status
    where: str = answer["Location"]  # type: ignore[index]
    if where.startswith("/account/sign-in/"):
        return "sign-in"
    if where == "/account/read-first/":
        return "privacy"
    return where


@pytest.mark.parametrize("name", ROWS)
def test_the_answer_is_the_one_in_the_table(
    name: str, owner: User, as_nobody: Client, as_owner: Client, as_stranger: Client
) -> None:
    row = ROWS[name]
    path = reverse(name.split(" ", maxsplit=1)[0], kwargs=row.args(owner))
    # the owner comes last, so that nothing they do is there for the others to see
    expected = {"nobody": row.anonymous, "stranger": row.stranger, "owner": row.owner}
    browsers = {"nobody": as_nobody, "stranger": as_stranger, "owner": as_owner}
    answers = {
        who: getattr(browser, row.method)(path, row.data) for who, browser in browsers.items()
    }
    found = {who: seen(answer, path) for who, answer in answers.items()}
    wanted = {
        who: answers[who].status_code if answer == 302 else answer
        for who, answer in expected.items()
    }
    found = {
        who: answers[who].status_code if expected[who] == 302 else answer
        for who, answer in found.items()
    }
    assert found == {who: 302 if expected[who] == 302 else wanted[who] for who in wanted}
