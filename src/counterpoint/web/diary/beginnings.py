"""When somebody began: the first day on which both marker questions were answered."""

from __future__ import annotations

import uuid
from datetime import date

from django.db.models import Min, QuerySet

from counterpoint.web.accounts.models import User
from counterpoint.web.diary.models import Checkin


def began_on(owner: User) -> date | None:
    """Return the first day the owner answered, ``None`` before there is one."""
    first: date | None = _answered().filter(owner=owner).aggregate(first=Min("about_on"))["first"]
    return first


def all_beginnings() -> list[tuple[uuid.UUID, str, date]]:
    """Return (owner, time zone, first answered day) of each; for the scheduler of changes only."""
    rows = _answered().values("owner_id", "owner__zone").annotate(first=Min("about_on"))
    return [(row["owner_id"], row["owner__zone"], row["first"]) for row in rows.order_by("first")]


def _answered() -> QuerySet[Checkin]:
    return Checkin.objects.filter(c1__isnull=False, s1__isnull=False)
