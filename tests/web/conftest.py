"""What the tests of several apps share: a person who reads another language, and their browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import translation

from factories import browser_of

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User


@pytest.fixture(params=["de", "es"])
def language(request: pytest.FixtureRequest, owner: User) -> Iterator[str]:
    """A language the owner has chosen; English is in force outside their requests."""
    owner.language = request.param
    owner.save(update_fields=["language"])
    with translation.override("en"):
        yield request.param


@pytest.fixture
def reader(owner: User, language: str) -> Client:
    """The browser of the owner, who reads that language."""
    return browser_of(owner)
