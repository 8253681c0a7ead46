"""Then and now: when a movement is over it is laid beside the weeks before it, once."""

from __future__ import annotations

import uuid

from django.db import transaction

import counterpoint
from counterpoint.domain.movements import COMPARED, movements_over
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import beginnings
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics import queries, rules
from counterpoint.web.dynamics.changes import to_json
from counterpoint.web.dynamics.models import LevelChange
from counterpoint.web.jobs.registry import runs, schedules

KIND = "level_change"


@runs(KIND)
def run_compare(key: str) -> bool:
    """Run one job of kind ``level_change``; the key is the person's id."""
    owner = User.objects.filter(pk=uuid.UUID(key)).first()
    return False if owner is None else compare_movements(owner) > 0


@schedules(KIND)
def due_changes() -> list[tuple[str, str]]:
    """Return (kind, key) of each person with a movement that is over and was never compared."""
    made = queries.compared_already()
    return [
        (KIND, str(owner_id))
        for owner_id, zone, began_on in beginnings.all_beginnings()
        if any(
            one in COMPARED and (owner_id, one) not in made
            for one in movements_over(began_on, clock.today(zone))
        )
    ]


def compare_movements(owner: User) -> int:
    """Compare each movement that is over and was not compared yet, and return how many were.

    A comparison is made once, when the days of its movement can no longer be written, and stays.
    With fewer than 6 answered days on either side nothing is worked out, and that is kept, too.

    Parameters
    ----------
    owner
        Whose days, and nobody else's.
    """
    began_on = beginnings.began_on(owner)
    if began_on is None:
        return 0
    over = movements_over(began_on, clock.today(owner.zone))
    made = {one.movement for one in queries.compared_movements(owner)}
    due = [one for one in COMPARED if one in over and one not in made]
    if not due:
        return 0
    days = [day for day in diary_queries.rows_for_engine(owner) if day.day >= began_on]
    kept = 0
    for movement in due:
        border_on, through_on = movement.begins_on(began_on), movement.ends_on(began_on)
        of_both = [day for day in days if day.day <= through_on]
        then = sum(day.is_answered for day in of_both if day.day < border_on)
        now = sum(day.is_answered for day in of_both if day.day >= border_on)
        row = LevelChange(
            owner=owner,
            movement=movement.value,
            made_at=clock.now(),
            from_on=began_on,
            border_on=border_on,
            through_on=through_on,
            days_then=then,
            days_now=now,
            engine_version=counterpoint.__version__,
            content_version=current_content().version,
        )
        if min(then, now) >= rules.PLACE_FROM_DAYS:
            from counterpoint.web.dynamics.services import changing  # noqa: PLC0415 - engine

            found = changing.compare_days(of_both, border_on=border_on, name=str(owner.pk))
            row.prior_id, row.seed = found.prior_id, found.seed
            row.result = to_json(found.changes)
        kept += _keep(row)
    return kept


def _keep(row: LevelChange) -> bool:
    """Store a comparison, if the person is still there and nobody stored it meanwhile."""
    with transaction.atomic():
        owner = User.objects.select_for_update().filter(pk=row.owner_id).first()
        if owner is None:
            return False
        if LevelChange.objects.filter(owner=owner, movement=row.movement).exists():
            return False
        row.save(force_insert=True)
    return True
