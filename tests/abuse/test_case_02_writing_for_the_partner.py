"""Your partner can change nothing of yours, whatever they put into a form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from counterpoint.web.accounts.models import User
from counterpoint.web.couples import queries, services
from counterpoint.web.couples.kinds import CardKind, Kind
from counterpoint.web.couples.models import Card, Consent, Couple
from factories import browser_of
from pairs import OCTOBER, join, share


@pytest.fixture(autouse=True)
def couple(db: None, owner: User, partner: User) -> Iterator[Couple]:
    """Join the two on a Thursday; the owner shares a place and lays a card."""
    with time_machine.travel(OCTOBER, tick=False):
        joined = join(owner, partner)
        share(owner, Kind.PLACE)
        services.lay_card(owner, CardKind.WISH, "a quiet evening")
        yield joined


def rows_of(person: User) -> list[object]:
    """Return all rows of somebody, as they are."""
    return [
        *Consent.objects.filter(grantor=person).values(),
        *Card.objects.filter(owner=person).values(),
    ]


@pytest.mark.parametrize("path", ["place/withdraw/", "freeze/", "thaw/", "stop/", "place/"])
def test_a_swapped_owner_or_couple_changes_nothing(
    path: str, owner: User, partner: User, couple: Couple
) -> None:
    """The owner comes from the session alone."""
    before = rows_of(owner)
    swapped = {name: str(owner.pk) for name in ("owner", "grantor", "person", "user", "member")} | {
        "couple": str(couple.pk),
        "consent": str(Consent.objects.get().pk),
    }
    browser_of(partner).post(f"/two/sharing/{path}", swapped)
    assert rows_of(owner) == before
    assert list(queries.consents_given_by(owner)) == [Kind.PLACE]


def test_the_card_of_the_other_stays(owner: User, partner: User) -> None:
    before = rows_of(owner)
    turn = Card.objects.get().turns_on.isoformat()
    browser = browser_of(partner)
    assert browser.post(f"/two/table/{turn}/take-back/", {"owner": owner.pk}).status_code == 302
    data = {"kind": "wish", "text": "mine", "owner": owner.pk}
    assert browser.post("/two/table/", data).status_code == 302
    assert rows_of(owner) == before
    assert Card.objects.get(owner=partner) != Card.objects.get(owner=owner)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_do_nothing(method: str, owner: User, partner: User) -> None:
    before = rows_of(owner)
    for path in ("/two/", "/two/sharing/", "/two/sharing/stop/", "/two/table/"):
        assert getattr(browser_of(partner), method)(path).status_code == 405
    assert rows_of(owner) == before
