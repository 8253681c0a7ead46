"""A no weighs as much as a yes, and nobody can look up what you chose."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail

from counterpoint.web.accounts.models import User
from counterpoint.web.couples import previews, services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Consent
from factories import browser_of
from pairs import OCTOBER, join, share

PAGES = ("/today/", "/account/", "/two/", "/two/sharing/", "/two/table/", "/two/code/")


@pytest.fixture(autouse=True)
def joined(db: None, owner: User, partner: User) -> Iterator[None]:
    """Join the two on a Thursday."""
    with time_machine.travel(OCTOBER, tick=False):
        join(owner, partner)
        yield


def seen(person: User) -> dict[str, tuple[int, bytes]]:
    """Return what somebody sees on every page that could tell."""
    browser = browser_of(person)
    found = {}
    for path in PAGES:
        answer = browser.get(path)
        body = re.sub(rb'(csrfmiddlewaretoken|submission_key)" value="[^"]*"', b"", answer.content)
        found[path] = (answer.status_code, body)
    return found


@pytest.mark.parametrize("kind", previews.registered())
def test_decide_later_stands_beside_every_yes(kind: Kind, owner: User) -> None:
    page = browser_of(owner).get(f"/two/sharing/{kind.value}/").content.decode()
    buttons = re.findall(r'class="(button[^"]*)"[^>]*>(Share this|Decide later)<', page)
    assert buttons == [("button", "Share this"), ("button", "Decide later")]
    assert "checked" not in page


def test_looking_is_no_yes(owner: User) -> None:
    for kind in previews.registered():
        assert browser_of(owner).get(f"/two/sharing/{kind.value}/").status_code == 200
    assert Consent.objects.count() == 0


@pytest.mark.parametrize("kind", [Kind.PATTERNS, Kind.DAYS])
def test_a_yes_to_a_joint_picture_shows_nowhere(kind: Kind, owner: User, partner: User) -> None:
    """Neither a yes, nor a freeze, nor a no of one changes a byte on the other's pages."""
    before = seen(owner)
    share(partner, kind)
    assert seen(owner) == before
    services.freeze(partner)
    assert seen(owner) == before
    services.withdraw(partner, kind)
    assert seen(owner) == before
    assert mail.outbox == []


def test_stopping_is_silent_and_takes_one_request(owner: User, partner: User) -> None:
    before = seen(owner)
    share(partner, *Kind)
    assert browser_of(partner).post("/two/sharing/stop/").status_code == 302
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
    assert seen(owner) == before
    assert mail.outbox == []
