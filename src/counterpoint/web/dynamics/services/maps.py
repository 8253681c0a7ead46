"""Drawing a map, laying it open, taking it back; each is one transaction on one's own row."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.dynamics.maps import Map
from counterpoint.web.dynamics.models import DanceMap


@transaction.atomic
def save_map(owner: User, couple_id: UUID, steps: Map) -> DanceMap:
    """Keep the owner's four answers; a map that lies open stays open."""
    row, _ = DanceMap.objects.update_or_create(
        couple_id=couple_id,
        owner=owner,
        defaults={
            "steps": {cost.value: step for cost, step in steps.items()},
            "changed_at": clock.now(),
        },
    )
    return row


@transaction.atomic
def lay_open(owner: User, couple_id: UUID) -> bool:
    """Lay the owner's map open; return whether there is one."""
    mine = DanceMap.objects.filter(couple_id=couple_id, owner=owner)
    mine.filter(laid_open_at__isnull=True).update(laid_open_at=clock.now())
    return mine.exists()


@transaction.atomic
def close_map(owner: User, couple_id: UUID) -> None:
    """Take the owner's map back; it stays theirs."""
    DanceMap.objects.filter(couple_id=couple_id, owner=owner).update(laid_open_at=None)
