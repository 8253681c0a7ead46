"""Small decisions of the questionnaire. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def next_open(order: Sequence[str], seen: Collection[str]) -> str | None:
    """Return the first item of `order` that was neither answered nor skipped, if there is one."""
    return next((item_id for item_id in order if item_id not in seen), None)


def next_after(order: Sequence[str], item_id: str, seen: Collection[str]) -> str | None:
    """Return the next open item after `item_id`, else the first open one, else nothing."""
    at = order.index(item_id)
    return next_open([*order[at + 1 :], *order[:at]], seen)


def neighbours(order: Sequence[str], item_id: str) -> tuple[str | None, str | None]:
    """Return the items before and after `item_id` in `order`."""
    at = order.index(item_id)
    before = order[at - 1] if at > 0 else None
    after = order[at + 1] if at + 1 < len(order) else None
    return before, after
