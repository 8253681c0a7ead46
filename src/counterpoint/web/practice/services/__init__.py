"""Everything that changes a row of the practice app; each function is one transaction."""

from __future__ import annotations

from counterpoint.web.practice.services.contests import contest, take_in_again
from counterpoint.web.practice.services.drafts import change_draft, keep_draft, throw_away
from counterpoint.web.practice.services.letters import open_letter
from counterpoint.web.practice.services.offers import (
    find_out,
    let_lie,
    offer_tonight,
    switch_offers,
)
from counterpoint.web.practice.services.runs import end_run, seed_past_runs, start_run

__all__ = [
    "change_draft",
    "contest",
    "end_run",
    "find_out",
    "keep_draft",
    "let_lie",
    "offer_tonight",
    "open_letter",
    "seed_past_runs",
    "start_run",
    "switch_offers",
    "take_in_again",
    "throw_away",
]
