"""The table of the week: its cards and its question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counterpoint.web.accounts.keys import read_sealed
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.couples import rules
from counterpoint.web.couples.kinds import CardKind
from counterpoint.web.couples.models import (
    Card,
)
from counterpoint.web.couples.queries.two import current_membership

CARD = "couples.Card"
QUESTIONS = "question."
"""What the ids of the questions of the week begin with."""


@dataclass(frozen=True, slots=True)
class TurnedCard:
    """A card that lies open.

    Parameters
    ----------
    is_mine
        Whether the viewer laid it.
    kind
        What it is about.
    text
        Its words.
    """

    is_mine: bool
    kind: CardKind
    text: str


def own_card(viewer: User, turns_on: date) -> Card | None:
    """Return the card the viewer laid for one turn of the week."""
    half = current_membership(viewer)
    if half is None:
        return None
    return Card.objects.filter(
        couple_id=half.couple_id, owner_id=viewer.pk, turns_on=turns_on
    ).first()


def card_text(card: Card) -> str:
    """Return the words of a card."""
    return read_sealed(card.owner, (CARD, card.pk, "text_sealed"), bytes(card.text_sealed))


def turned_cards(viewer: User, turns_on: date) -> tuple[TurnedCard, ...]:
    """Return the two cards of one turn of the week, own first, or nothing at all."""
    half = current_membership(viewer)
    if half is None or rules.last_turn(clock.now()).date() < turns_on:
        return ()
    cards = Card.objects.filter(couple_id=half.couple_id, turns_on=turns_on).select_related("owner")
    mine = [card for card in cards if card.owner_id == viewer.pk]
    theirs = [card for card in cards if card.owner_id != viewer.pk]
    if not rules.are_cards_turned(bool(mine), bool(theirs), half.couple.ended_at):
        return ()
    return tuple(
        TurnedCard(card.owner_id == viewer.pk, CardKind(card.kind), card_text(card))
        for card in (mine[0], theirs[0])
    )


def question_of_week() -> str:
    """Return the question of this week: by the calendar, the same for everybody."""
    content = current_content()
    asked = sorted(one for one in content.phrases if one.startswith(QUESTIONS))
    return content.phrase(asked[rules.week_number(clock.now()) % len(asked)])
