"""Reading then and now. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from counterpoint.domain.movements import Movement
from counterpoint.web.accounts.models import User
from counterpoint.web.dynamics.changes import Changes, read_changes
from counterpoint.web.dynamics.models import LevelChange


@dataclass(frozen=True, slots=True)
class ComparedMovement:
    """A movement laid beside all the weeks before it.

    Parameters
    ----------
    movement
        Which one.
    days_then, days_now
        Answered days before it and in it.
    changes
        What was found; empty where there were too few days.
    """

    movement: Movement
    days_then: int
    days_now: int
    changes: Changes


def compared_movements(owner: User) -> tuple[ComparedMovement, ...]:
    """Return the owner's movements that were compared, the newest first."""
    rows = LevelChange.objects.filter(owner=owner).order_by("-through_on")
    return tuple(
        ComparedMovement(
            movement=Movement(row.movement),
            days_then=row.days_then,
            days_now=row.days_now,
            changes=read_changes(row.result),
        )
        for row in rows
    )


def compared_already() -> set[tuple[uuid.UUID, Movement]]:
    """Return which movements of whom were compared; for the scheduler of changes only."""
    rows = LevelChange.objects.values_list("owner_id", "movement")
    return {(owner_id, Movement(movement)) for owner_id, movement in rows}
