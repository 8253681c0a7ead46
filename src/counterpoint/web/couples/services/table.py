"""The table of the week."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from counterpoint.web.accounts.keys import seal
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import queries, rules
from counterpoint.web.couples.kinds import CardKind
from counterpoint.web.couples.models import Card
from counterpoint.web.couples.services.locking import lock_own


@transaction.atomic
def lay_card(person: User, kind: CardKind, text: str) -> Card:
    """Lay one's card face down for the coming turn of the week; a second one replaces it.

    Raises
    ------
    django.http.Http404
        If the person has no page for two.
    """
    _, couple = lock_own(person)
    moment = clock.now()
    turns_on = rules.next_turn(moment).date()
    Card.objects.filter(couple=couple, owner=person, turns_on=turns_on).delete()
    card = Card(couple=couple, owner=person, turns_on=turns_on, kind=kind.value, laid_at=moment)
    card.text_sealed = seal(person, (queries.CARD, card.pk, "text_sealed"), text)
    card.save(force_insert=True)
    return card


@transaction.atomic
def take_back(person: User, turns_on: date) -> None:
    """Take one's card off the table, turned or not; then nothing lies there for either.

    Raises
    ------
    django.http.Http404
        If the person has no page for two.
    """
    _, couple = lock_own(person)
    Card.objects.filter(couple=couple, owner=person, turns_on=turns_on).delete()
