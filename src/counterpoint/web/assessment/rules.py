"""Small decisions of the questionnaire. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

SITTINGS = (1, 2, 3)
AGAIN = 2
ROUNDS = (1, AGAIN)
AGAIN_AFTER_DAYS = 70
"""The same sentences are offered again ten weeks after the first answer."""


class Place(NamedTuple):
    """Which sitting: 1 to 3 of the first round, or of the one ten weeks later."""

    round: int
    sitting: int


FIRST = Place(1, 1)


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


def sitting_open(
    done_on: Mapping[Place, date],
    begun: Collection[Place],
    *,
    first_on: date | None,
    today: date,
) -> Place | None:
    """Return the one unfinished sitting that is open today, if there is one.

    A sitting opens on a later day than the one before it was finished; what was begun stays
    open. The second round opens ten weeks after the first answer, once the first sitting is done.

    Parameters
    ----------
    done_on
        Local day on which each finished sitting was finished.
    begun
        Sittings whose order is drawn.
    first_on
        Local day of the first answer; ``None`` before there is one.
    today
        The person's local day.
    """
    is_later = first_on is not None and today >= first_on + timedelta(days=AGAIN_AFTER_DAYS)
    round_ = AGAIN if is_later and FIRST in done_on else 1
    for sitting in SITTINGS:
        place = Place(round_, sitting)
        if place in done_on:
            continue
        before = done_on.get(Place(round_, sitting - 1))
        is_open = sitting == 1 or place in begun or (before is not None and before < today)
        return place if is_open else None
    return None
