"""A wish then and now: the first one somebody marked, and the one that stands."""

from __future__ import annotations

from datetime import datetime

from counterpoint.domain.diary import local_day
from counterpoint.domain.plane import Place
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.models import Mark


def wish_then_and_now(owner: User, moment: datetime) -> tuple[Place, Place] | None:
    """Return the owner's first wish and the one that stood at a moment, ``None`` before the first.

    The first is the last one of the day on which the first was marked: a mark that is moved in
    the same evening was being found. A wish marked after the moment counts where there was none.
    """
    wishes = list(Mark.objects.filter(owner=owner, kind=MarkKind.WISH).order_by("made_at"))
    if not wishes:
        return None
    first_day = local_day(wishes[0].made_at, owner.zone)
    on_first = [one for one in wishes if local_day(one.made_at, owner.zone) == first_day]
    standing = [one for one in wishes if one.made_at <= moment] or on_first
    return on_first[-1].place, max((on_first[-1], standing[-1]), key=lambda one: one.made_at).place
