"""What the engine reads from two stretches of one person's days. Imported by the worker only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counterpoint.content.telling import Quantity
from counterpoint.domain.dyad import Member
from counterpoint.engine import fit_movement, item_change, level_changes
from counterpoint.engine.finding import Finding
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics.changes import Changes, FoundChange
from counterpoint.web.dynamics.services.reading import CONNECTION_ITEMS, SELF_ITEMS, solo_diary

ITEMS = {
    Quantity.STEADINESS: (1, SELF_ITEMS.index("s2")),
    Quantity.VOICE: (1, SELF_ITEMS.index("s3")),
    Quantity.TURNING: (0, CONNECTION_ITEMS.index("c3")),
}
"""State and position of each item whose own level is laid side by side (MODEL section 16)."""


@dataclass(frozen=True)
class ComparedDays:
    """A comparison and what it can be made again from.

    Parameters
    ----------
    changes
        What was found.
    prior_id, seed
        Population it leans on, and the number it was drawn with.
    """

    changes: Changes
    prior_id: str
    seed: int


def compare_days(
    days: Sequence[diary_queries.EngineDay], *, border_on: date, name: str
) -> ComparedDays:
    """Lay the days from a border on beside the days before it, under one model.

    Parameters
    ----------
    days
        Own days of both stretches, oldest first.
    border_on
        First day of the later stretch.
    name
        What the diary is called; it enters the seed.
    """
    movement = fit_movement(solo_diary(days, name=name), border=(border_on - days[0].day).days)
    connection, own = level_changes(movement, Member.A)
    found = {Quantity.CONNECTION: connection, Quantity.SELF: own}
    for quantity, (state, item) in ITEMS.items():
        found[quantity] = item_change(movement, Member.A, state, item)
    return ComparedDays(
        changes={quantity: _kept(one) for quantity, one in found.items()},
        prior_id=movement.fit.prior_source,
        seed=movement.fit.seed,
    )


def _kept(found: Finding) -> FoundChange:
    return FoundChange(
        mean=round(found.mean, 3),
        sd=round(found.sd, 3),
        q05=round(found.q05, 3),
        q50=round(found.q50, 3),
        q95=round(found.q95, 3),
        prob=None if found.prob is None else round(found.prob, 4),
        word=found.word,
        reason=str(found.reason),
        days=found.days,
    )
