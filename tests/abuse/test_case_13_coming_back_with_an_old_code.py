"""Who has left is gone: old codes are dead, and what was shared cannot be opened again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail

from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import queries, services
from counterpoint.web.couples.kinds import CardKind, Kind
from factories import browser_of
from pairs import OCTOBER, SUNDAY, holding, join, share_both


@pytest.fixture(autouse=True)
def calendar(db: None) -> Iterator[time_machine.Traveller]:
    """Stop the clock on a Thursday."""
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        yield traveller


def test_old_codes_are_dead(owner: User, partner: User) -> None:
    """A code that joined once, and one made before, join nobody again."""
    before = services.invite(owner, key=uuid.uuid4()) or ""
    code = services.invite(owner, key=uuid.uuid4()) or ""
    assert services.accept(partner, code)
    assert services.confirm(partner)
    assert services.confirm(owner)
    services.leave(owner)
    services.leave(partner)
    browser = browser_of(partner)
    for old in (before, code):
        assert browser.post("/two/enter/", {"code": old}).status_code == 422
    assert queries.joining_of(partner) is None


def test_leaving_ends_what_was_joint_for_both_and_tells_nobody(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, *Kind)
    calendar.move_to(SUNDAY)
    release = services.publish_release(couple.pk, holding(20), clock.now())
    assert release is not None
    services.leave(owner)
    for viewer in (owner, partner):
        assert queries.get_release(viewer, release.pk) is None
        assert [queries.shared_with(viewer, kind) for kind in Kind] == [None] * len(Kind)
    assert mail.outbox == []


def test_joining_again_starts_with_nothing(owner: User, partner: User) -> None:
    """It takes a new code and two new choices; cards and choices of before do not return."""
    join(owner, partner)
    share_both(owner, partner, *Kind)
    services.lay_card(owner, CardKind.WISH, "a quiet evening")
    services.leave(partner)
    services.leave(owner)
    join(partner, owner)
    for viewer in (owner, partner):
        assert queries.consents_given_by(viewer) == {}
        assert [queries.shared_with(viewer, kind) for kind in Kind] == [None] * len(Kind)
        assert b"a quiet evening" not in browser_of(viewer).get("/two/").content


def test_a_new_partner_sees_no_trace(owner: User, partner: User, stranger: User) -> None:
    join(owner, stranger)
    fresh = browser_of(stranger).get("/two/").content.splitlines()
    services.leave(owner)
    services.leave(stranger)
    join(owner, partner)
    share_both(owner, partner, *Kind)
    services.leave(owner)
    join(owner, stranger)
    again = browser_of(stranger).get("/two/").content.splitlines()
    token = b"csrfmiddlewaretoken"
    assert [line for line in again if token not in line] == [
        line for line in fresh if token not in line
    ]
