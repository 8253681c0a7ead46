"""Your partner gets the same answer for what is yours as for what does not exist."""

from __future__ import annotations

import importlib
import pkgutil
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

import access
from access import Row
from counterpoint.web.accounts.models import User
from counterpoint.web.couples import models
from factories import browser_of
from pairs import join


def owned_rows() -> dict[str, Row]:
    """Return the rows of the access matrix whose address names a row of the owner."""
    found: dict[str, Row] = {}
    for module in pkgutil.iter_modules(access.__path__):
        rows: dict[str, Row] = importlib.import_module(f"access.{module.name}").ROWS
        found |= {name: row for name, row in rows.items() if row.stranger == 404 and names_row(row)}
    return found


def names_row(row: Row) -> bool:
    """Whether an address is made from a row of the owner, by a function that makes one."""
    return row.args.__name__ in {"first_step", "open_run", "ended_run"}


def told(browser: Client, path: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body, without the values drawn anew for each page."""
    answer = browser.get(path)
    body = re.sub(rb'csrfmiddlewaretoken" value="[^"]*"', b"", answer.content)
    return answer.status_code, dict(answer.headers), body


@pytest.mark.parametrize("route", sorted(owned_rows()))
def test_a_row_of_the_other_is_a_row_that_is_not_there(
    route: str, owner: User, partner: User
) -> None:
    """Joined or not: an address of a row of yours tells your partner nothing."""
    row = owned_rows()[route]
    kwargs = row.args(owner)
    if not models.Membership.objects.exists():
        join(owner, partner)
    missing = {
        name: uuid.uuid4() if isinstance(value, uuid.UUID) else value
        for name, value in kwargs.items()
    }
    browser = browser_of(partner)
    name = route.split(" ", maxsplit=1)[0]
    theirs = told(browser, reverse(name, kwargs=kwargs))
    assert theirs == told(browser, reverse(name, kwargs=missing))
    assert theirs[0] == (404 if row.method == "get" else 405)


def test_ids_are_random() -> None:
    """No id of the page for two can be counted up."""
    for model in (models.Couple, models.Membership, models.Invitation, models.Consent,
                  models.Release, models.Card):  # fmt: skip
        assert model._meta.pk.get_internal_type() == "UUIDField"
        assert model().pk != model().pk
