"""Everything that changes a row of the practice app; each function is one transaction."""

from __future__ import annotations

from counterpoint.web.practice.services.contests import contest, take_in_again
from counterpoint.web.practice.services.drafts import change_draft, keep_draft, throw_away
from counterpoint.web.practice.services.runs import end_run, seed_past_runs, start_run

__all__ = [
    "change_draft",
    "contest",
    "end_run",
    "keep_draft",
    "seed_past_runs",
    "start_run",
    "take_in_again",
    "throw_away",
]
