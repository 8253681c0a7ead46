"""Reading the couples app. Every function takes the viewer and answers for that person alone.

There is no way to ask what the other lets be seen, when they were here or what they answered.
"""

from __future__ import annotations

from counterpoint.web.couples.queries.cards import (
    CARD,
    TurnedCard,
    card_text,
    own_card,
    question_of_week,
    turned_cards,
)
from counterpoint.web.couples.queries.releases import (
    are_places_visible,
    due_for_release,
    earlier_releases,
    get_release,
    held_days,
    release_fact,
    release_moment,
    visible_release,
)
from counterpoint.web.couples.queries.two import (
    ENTERED,
    Shared,
    consent_facts,
    consents_given_by,
    current_membership,
    has_confirmed_other,
    has_ever_joined,
    is_open_diary,
    joining_of,
    open_invitation,
    partner_of,
    people_of,
    shared_place,
    shared_with,
)

__all__ = [
    "CARD",
    "ENTERED",
    "Shared",
    "TurnedCard",
    "are_places_visible",
    "card_text",
    "consent_facts",
    "consents_given_by",
    "current_membership",
    "due_for_release",
    "earlier_releases",
    "get_release",
    "has_confirmed_other",
    "has_ever_joined",
    "held_days",
    "is_open_diary",
    "joining_of",
    "open_invitation",
    "own_card",
    "partner_of",
    "people_of",
    "question_of_week",
    "release_fact",
    "release_moment",
    "shared_place",
    "shared_with",
    "turned_cards",
    "visible_release",
]
