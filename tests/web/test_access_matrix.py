"""Every route and method, each of the cast: the answer stands in one table."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

import access
from access import Answer, Row
from counterpoint.web.accounts.models import User
from counterpoint.web.couples import services
from counterpoint.web.couples.models import Membership
from counterpoint.web.couples.queries import current_membership
from factories import browser_of
from pairs import join
from people import make_person

OTHER_METHODS = ("put", "patch", "delete", "options", "trace")


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


def route_of(name: str) -> str:
    """Return the route a row is about."""
    return name.split(" ", maxsplit=1)[0]


ROWS = all_rows()
ROUTES = sorted(set(all_routes(get_resolver())))
KNOWN = {(route_of(name), row.method) for name, row in ROWS.items()}


def unlisted() -> list[str]:
    """Return the routes that no row is about, and rows about no route."""
    return sorted({route_of(name) for name in ROWS} ^ set(all_routes(get_resolver())))


def test_every_route_has_a_row() -> None:
    assert unlisted() == []


def test_a_new_route_fails_until_it_has_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = get_resolver()
    planted = path("new/", len, name="planted")
    monkeypatch.setitem(resolver.__dict__, "url_patterns", [*resolver.url_patterns, planted])
    assert unlisted() == ["planted"]


def seen(answer: Any, wanted: Answer) -> Answer:
    """Return what an answer is in the words of the table."""
    status: int = answer.status_code
    if status not in {301, 302} or wanted == status:
        return status
    where: str = answer["Location"]
    if where.startswith("/account/sign-in/"):
        return "sign-in"
    if where == "/account/read-first/":
        return "privacy"
    return where


def ask(row: Row, address: str, browser: Client, wanted: Answer) -> Answer:
    """Ask as one of the cast and return the answer in the words of the table."""
    return seen(getattr(browser, row.method)(address, row.data), wanted)


@pytest.mark.parametrize("name", ROWS)
def test_the_answer_is_the_one_in_the_table(
    name: str, owner: User, as_nobody: Client, as_owner: Client, as_stranger: Client
) -> None:
    row = ROWS[name]
    address = reverse(route_of(name), kwargs=row.args(owner))
    # the owner comes last, so that nothing they do is there for the others to see
    expected = {"nobody": row.anonymous, "stranger": row.stranger, "owner": row.owner}
    browsers = {"nobody": as_nobody, "stranger": as_stranger, "owner": as_owner}
    found = {who: ask(row, address, browser, expected[who]) for who, browser in browsers.items()}
    assert found == expected


@pytest.mark.parametrize("name", ROWS)
def test_who_is_or_was_near_gets_what_the_table_says(name: str, owner: User) -> None:
    """A partner, a former one, their new partner, and accounts of a therapist and a host.

    Neither therapist nor host is a kind of account: whatever somebody marks such an account with,
    it is a stranger's.
    """
    row = ROWS[name]
    address = reverse(route_of(name), kwargs=row.args(owner))
    partner = partner_of(owner)
    near = row.stranger if row.partner is None else row.partner
    found: dict[str, Answer] = {}
    expected: dict[str, Answer] = {"partner": near, "new partner of the former": near}
    for who in ("therapist", "host"):
        person = make_person(who)
        for mark in ("is_staff", "is_superuser", "is_therapist"):
            setattr(person, mark, True)
        person.save()
        expected[who] = row.stranger
        found[who] = ask(row, address, browser_of(person), row.stranger)
    found["partner"] = ask(row, address, browser_of(partner), near)
    leave(partner)
    expected["former partner"] = row.stranger
    found["former partner"] = ask(row, address, browser_of(partner), row.stranger)
    new = make_person("new")
    join(partner, new)
    found["new partner of the former"] = ask(row, address, browser_of(new), near)
    assert found == expected


def leave(person: User) -> None:
    """End somebody's page for two, unless what they just did ended it."""
    if current_membership(person) is not None:
        services.leave(person)


def partner_of(owner: User) -> User:
    """Return who is joined with the owner; join them with somebody if nobody is."""
    half = Membership.objects.filter(person=owner).first()
    if half is None:
        partner = make_person("partner")
        join(owner, partner)
        return partner
    other = Membership.objects.filter(couple=half.couple).exclude(person=owner).get().person
    assert other is not None
    return other


@pytest.mark.parametrize("route", ROUTES)
def test_methods_that_are_not_in_the_table_do_nothing(
    route: str, owner: User, as_nobody: Client, as_owner: Client, as_stranger: Client
) -> None:
    """What has no row for ``get`` or ``post`` refuses it, and every other method is refused."""
    row = next(row for name, row in ROWS.items() if route_of(name) == route)
    address = reverse(route, kwargs=row.args(owner))
    browsers = {"nobody": as_nobody, "stranger": as_stranger, "owner": as_owner}
    wrong = []
    for method in ("get", "post", *OTHER_METHODS):
        if (route, method) in KNOWN:
            continue
        for who, browser in browsers.items():
            found = seen(getattr(browser, method)(address), 405)
            fine = {405, "sign-in"} if who == "nobody" and method not in OTHER_METHODS else {405}
            if found not in fine:
                wrong.append(f"{method} by {who}: {found}")
    assert wrong == []


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.method == "get"])
def test_only_the_head_of_a_page_is_answered_like_the_page(
    name: str, owner: User, as_nobody: Client
) -> None:
    row = ROWS[name]
    address = reverse(route_of(name), kwargs=row.args(owner))
    answer = as_nobody.head(address, row.data)
    assert seen(answer, row.anonymous) == row.anonymous
    assert answer.content == b""
