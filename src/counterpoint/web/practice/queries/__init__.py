"""Reading the practice app. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

from counterpoint.web.practice.queries.drafts import (
    PAGE_OF_DRAFTS,
    KeptDraft,
    draft_place,
    draft_words,
    kept_drafts,
)
from counterpoint.web.practice.queries.effects import (
    EffectCard,
    FindingOut,
    Sundays,
    can_be_found_out,
    done_days,
    effect_cards,
    finding_out,
    sundays,
)
from counterpoint.web.practice.queries.letter_parts import compose
from counterpoint.web.practice.queries.letters import (
    LetterState,
    kept_letter,
    kept_letters,
    letter_place,
    letter_states,
    letter_to_take_along,
    letters_there,
    opened_letter,
    read_now,
    unopened,
)
from counterpoint.web.practice.queries.plan import Plan, SuggestedSkill, plan_of
from counterpoint.web.practice.queries.today import (
    SkillShelf,
    Today,
    gone_through,
    has_practised,
    open_run,
    shelves,
    today_of,
)

__all__ = [
    "PAGE_OF_DRAFTS",
    "EffectCard",
    "FindingOut",
    "KeptDraft",
    "LetterState",
    "Plan",
    "SkillShelf",
    "SuggestedSkill",
    "Sundays",
    "Today",
    "can_be_found_out",
    "compose",
    "done_days",
    "draft_place",
    "draft_words",
    "effect_cards",
    "finding_out",
    "gone_through",
    "has_practised",
    "kept_drafts",
    "kept_letter",
    "kept_letters",
    "letter_place",
    "letter_states",
    "letter_to_take_along",
    "letters_there",
    "open_run",
    "opened_letter",
    "plan_of",
    "read_now",
    "shelves",
    "sundays",
    "today_of",
    "unopened",
]
