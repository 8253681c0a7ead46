"""What of two people a person takes away, and that it is theirs alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.couples import portability, services
from counterpoint.web.couples.kinds import CardKind, Kind
from counterpoint.web.couples.models import Card, Consent, Invitation, Membership
from pairs import OCTOBER, join, share, share_both


@pytest.fixture(autouse=True)
def calendar(db: None) -> Iterator[time_machine.Traveller]:
    """Stop the clock."""
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        yield traveller


def test_own_choices_codes_and_cards_are_taken_away(owner: User, partner: User) -> None:
    join(owner, partner)
    share(owner, Kind.PLACE)
    services.lay_card(owner, CardKind.WISH, "a quiet evening")
    taken = portability.export_couples(owner)
    assert taken["pages-for-two"] == [{"confirmed_at": OCTOBER, "left_at": None}]
    assert [row["kind"] for row in taken["consents"]] == ["place"]
    assert [row["text"] for row in taken["cards"]] == ["a quiet evening"]
    assert len(taken["codes"]) == 1
    assert "code_hash" not in str(taken)


def test_every_column_is_explained(owner: User, partner: User) -> None:
    join(owner, partner)
    share(owner, Kind.PLACE)
    services.lay_card(owner, CardKind.WISH, "a quiet evening")
    columns = {
        column
        for rows in portability.export_couples(owner).values()
        for row in rows
        for column in row
    }
    assert columns == set(portability.CODEBOOK)


def test_nothing_of_the_other_is_in_it(owner: User, partner: User) -> None:
    join(owner, partner)
    share(owner, Kind.PLACE)
    before = portability.export_couples(owner)
    share(partner, *Kind)
    services.freeze(partner)
    services.lay_card(partner, CardKind.WISH, "a long walk")
    services.leave(partner)
    assert str(portability.export_couples(owner)) == str(before)


def test_nothing_of_a_person_is_left(owner: User, partner: User) -> None:
    services.invite(partner, key=uuid.uuid4())
    join(owner, partner)
    share_both(owner, partner, *Kind)
    services.lay_card(owner, CardKind.WISH, "a quiet evening")
    portability.erase_couples(owner)
    assert not Membership.objects.filter(person=owner).exists()
    assert not Invitation.objects.filter(inviter=owner).exists()
    assert not Consent.objects.filter(grantor=owner).exists()
    assert not Consent.objects.filter(grantee=owner).exists()
    assert not Card.objects.filter(owner=owner).exists()


def test_every_model_of_the_app_is_covered() -> None:
    (entry,) = [entry for entry in entries() if entry.label == "couples"]
    for model in apps.get_app_config("couples").get_models():
        assert entry.covers(f"couples.{model.__name__}")
