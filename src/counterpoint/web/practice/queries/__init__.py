"""Reading the practice app. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

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
    "SkillShelf",
    "Today",
    "gone_through",
    "has_practised",
    "open_run",
    "shelves",
    "today_of",
]
