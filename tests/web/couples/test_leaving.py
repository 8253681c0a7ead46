"""Leaving alone and at once: the other's page stays alike until they end it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.core import clock
from counterpoint.web.couples import queries, services
from counterpoint.web.couples.kinds import CardKind, Kind
from counterpoint.web.couples.models import Card, Consent, Couple, Membership, Release
from doors import prove
from factories import browser_of
from pairs import OCTOBER, SUNDAY, holding, join, share_both

PAGES = tuple(
    f"/{path}/"
    for path in ("two", "two/sharing", "two/table", "two/leave", "two/code", "two/enter", "today")
)


@pytest.fixture(autouse=True)
def calendar(db: None) -> Iterator[time_machine.Traveller]:
    """Stop the clock on the first Thursday of October."""
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        yield traveller


def leave_by_service(person: User) -> None:
    """Leave."""
    services.leave(person)


def delete_account(person: User) -> None:
    """Leave by deleting the account."""
    delete_person(person)


def seen_by(person: User) -> dict[str, tuple[int, str, bytes]]:
    """Return all a person sees of the page for two: status, where to, bytes."""
    browser = browser_of(person)
    seen = {}
    for path in PAGES:
        answer = browser.get(path)
        body = re.sub(rb'(csrfmiddlewaretoken|submission_key)" value="[^"]*"', b"", answer.content)
        seen[path] = (answer.status_code, answer.headers.get("Location", ""), body)
    return seen


@pytest.mark.parametrize("act", [leave_by_service, delete_account])
def test_the_page_stays_alike_for_the_other(
    act: Callable[[User], None], owner: User, partner: User, stranger: User
) -> None:
    """What the other sees after a leaving is what they see of somebody who shares nothing."""
    couple = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS, Kind.PLACE)
    services.lay_card(partner, CardKind.WISH, "a quiet evening")
    services.stop_everything(owner)
    before = seen_by(partner)
    act(owner)
    assert seen_by(partner) == before
    assert b"The two of you" in before["/two/"][2]
    # and what they do goes on alike
    browser = browser_of(partner)
    assert browser.post("/two/table/", {"kind": "wish", "text": "rest"}).status_code == 302
    assert browser.post("/two/sharing/freeze/").status_code == 302
    assert browser.post("/two/sharing/stop/").status_code == 302
    services.grant(partner, Kind.PLACE, text_version="en-1-1-1")
    assert list(queries.consents_given_by(partner)) == [Kind.PLACE]
    assert Couple.objects.get(pk=couple.pk).ended_at == OCTOBER


@pytest.mark.parametrize("act", [leave_by_service, delete_account])
def test_it_ends_alike_for_the_other(
    act: Callable[[User], None], owner: User, partner: User
) -> None:
    join(owner, partner)
    act(owner)
    browser = browser_of(partner)
    prove(browser)
    answer = browser.post("/two/leave/")
    assert (answer.status_code, answer["Location"]) == (302, "/two/")
    assert b"A page for two" in browser.get("/two/").content
    assert services.invite(partner, key=uuid.uuid4()) is not None


def test_joint_access_ends_for_both_at_once(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, *Kind)
    calendar.move_to(SUNDAY)
    release = services.publish_release(couple.pk, holding(20), clock.now())
    assert release is not None
    services.leave(owner)
    for viewer in (owner, partner):
        assert queries.visible_release(viewer) is None
        assert queries.partner_of(viewer) is None
        assert [queries.shared_with(viewer, kind) for kind in Kind] == [None] * len(Kind)
        assert not queries.is_open_diary(viewer)
    assert Release.objects.get().content is None
    assert mail.outbox == []


def test_own_choices_of_the_other_stay_as_they_were(owner: User, partner: User) -> None:
    join(owner, partner)
    share_both(owner, partner, Kind.PLACE)
    services.leave(owner)
    assert list(queries.consents_given_by(partner)) == [Kind.PLACE]
    assert queries.consents_given_by(owner) == {}


def test_leaving_takes_the_password(owner: User, partner: User) -> None:
    join(owner, partner)
    browser = browser_of(owner)
    for send in (browser.get, browser.post):
        assert send("/two/leave/")["Location"].startswith("/account/again/?next=%2Ftwo%2Fleave")
    assert queries.current_membership(owner) is not None
    prove(browser)
    assert b"You leave alone and at once." in browser.get("/two/leave/").content
    assert browser.post("/two/leave/").status_code == 302
    assert queries.current_membership(owner) is None
    assert browser.post("/two/leave/").status_code == 404


def test_a_deleted_account_leaves_an_empty_half_and_nothing_else(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, *Kind)
    services.lay_card(owner, CardKind.WISH, "a quiet evening")
    services.lay_card(partner, CardKind.WISH, "a long walk")
    calendar.move_to(SUNDAY)
    services.publish_release(couple.pk, holding(20), clock.now())
    gone = owner.pk
    delete_person(owner)
    halves = Membership.objects.filter(couple=couple).order_by("member")
    assert [half.person for half in halves] == [None, partner]
    assert set(Consent.objects.values_list("grantor_id", flat=True)) == {partner.pk}
    assert not Consent.objects.filter(grantee__isnull=False).exists()
    assert set(Card.objects.values_list("owner_id", flat=True)) == {partner.pk}
    assert Release.objects.count() == 0
    for table in (Membership, Consent, Card, Couple):
        assert str(gone) not in str(list(table.objects.values()))
    delete_person(partner)
    assert Couple.objects.count() == 0


def test_a_deleted_account_takes_a_joining_that_waits_along(owner: User, partner: User) -> None:
    code = services.invite(owner, key=uuid.uuid4()) or ""
    assert services.accept(partner, code)
    delete_person(owner)
    assert Couple.objects.count() == 0
    assert not services.confirm(partner)


def test_a_new_partner_sees_no_trace_of_the_one_before(
    owner: User, partner: User, stranger: User, calendar: time_machine.Traveller
) -> None:
    join(owner, partner)
    share_both(owner, partner, *Kind)
    services.leave(owner)
    calendar.shift(timedelta(days=1))
    join(owner, stranger)
    assert queries.consents_given_by(owner) == {}
    page = browser_of(stranger).get("/two/").content
    assert partner.email.encode() not in page
    assert owner.email.encode() not in page
    assert [queries.shared_with(stranger, kind) for kind in Kind] == [None] * len(Kind)
    assert [queries.shared_with(partner, kind) for kind in Kind] == [None] * len(Kind)
