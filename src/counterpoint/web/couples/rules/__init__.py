"""Who may see what of whom, and when a joint picture may be made. Pure; no database.

Every function takes plain facts and the moment it is asked for. ``Absence carries no
information``: whatever is not allowed gives the same ``False``.
"""

from __future__ import annotations

from counterpoint.web.couples.rules.consents import (
    CONSENT_DAYS,
    ConsentFact,
    consent_for,
    is_in_force,
    is_open_diary,
    is_settled,
    may_be_exact,
    may_be_made,
    may_hold_places,
    may_see,
    shown_until,
)
from counterpoint.web.couples.rules.joining import (
    CODE_HOURS,
    is_code_alive,
    is_joining_open,
)
from counterpoint.web.couples.rules.releases import (
    NEW_DAYS,
    ReleaseFact,
    are_places_visible,
    can_publish,
    is_release_visible,
    new_days,
)
from counterpoint.web.couples.rules.weeks import (
    are_cards_turned,
    is_release_day,
    last_held_day,
    last_release_moment,
    last_turn,
    month_of,
    next_turn,
    week_number,
)

__all__ = [
    "CODE_HOURS",
    "CONSENT_DAYS",
    "NEW_DAYS",
    "ConsentFact",
    "ReleaseFact",
    "are_cards_turned",
    "are_places_visible",
    "can_publish",
    "consent_for",
    "is_code_alive",
    "is_in_force",
    "is_joining_open",
    "is_open_diary",
    "is_release_day",
    "is_release_visible",
    "is_settled",
    "last_held_day",
    "last_release_moment",
    "last_turn",
    "may_be_exact",
    "may_be_made",
    "may_hold_places",
    "may_see",
    "month_of",
    "new_days",
    "next_turn",
    "shown_until",
    "week_number",
]
