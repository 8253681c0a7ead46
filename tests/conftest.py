"""What web tests start from: the cast, their browsers, and no way out of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from layers import ROOT

if TYPE_CHECKING:
    from django.test import Client

    from counterpoint.web.accounts.models import User

# One folder of compiled kernels for all of a run. A command names one where none is named, for the
# rest of its process: a test after it would look for the kernel where nobody had compiled it.
os.environ.setdefault(
    "NUMBA_CACHE_DIR", str(ROOT / "src" / "counterpoint" / "engine" / "kernel" / "__pycache__")
)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Let a whole run live at ``COUNTERPOINT_TEST_MOMENT`` (UTC), such as ``2027-03-28T00:56``.

    Programs that a test starts keep the machine's own time.
    """
    asked = os.environ.get("COUNTERPOINT_TEST_MOMENT")
    if asked:
        import time_machine

        moved = time_machine.travel(datetime.fromisoformat(asked).replace(tzinfo=UTC), tick=True)
        moved.start()
        session.config.add_cleanup(moved.stop)


@pytest.fixture
def owner(db: None) -> User:
    """Whose page it is."""
    from people import make_person

    return make_person("owner")


@pytest.fixture
def partner(db: None) -> User:
    """Who lives in the same house; not linked to the owner by anything."""
    from people import make_person

    return make_person("partner")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody else with an account, far away."""
    from people import make_person

    return make_person("stranger", zone="Pacific/Auckland")


@pytest.fixture
def as_owner(owner: User) -> Client:
    """A browser in which the owner is signed in."""
    from factories import browser_of

    return browser_of(owner)


@pytest.fixture
def as_partner(partner: User) -> Client:
    """A browser in which the partner is signed in."""
    from factories import browser_of

    return browser_of(partner)


@pytest.fixture
def as_stranger(stranger: User) -> Client:
    """A browser in which the stranger is signed in."""
    from factories import browser_of

    return browser_of(stranger)


@pytest.fixture
def as_nobody(db: None) -> Client:
    """A browser in which nobody is signed in."""
    from factories import browser_of

    return browser_of()


@pytest.fixture(autouse=True)
def _empty_rate_limits(request: pytest.FixtureRequest) -> Iterator[None]:
    """Forget counted sign-ins between tests that use the database."""
    yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        from django.core.cache import cache

        cache.clear()
