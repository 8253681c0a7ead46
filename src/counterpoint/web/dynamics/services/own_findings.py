"""Further words a person's own fit may carry, for the pages of the signs: one word a finding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.engine import DyadFit, bearings, fit_room, repair_of, room_slopes
from counterpoint.web.diary.between import EveningBetween

SELF_AFTER_NEARNESS = ("self_a", "connection_a")


def own_findings(
    fit: DyadFit, evenings: Sequence[EveningBetween], *, first: date, conflict: int | None
) -> dict[str, str]:
    """Return what may be said, each by its own gate; what may not be said is absent.

    Parameters
    ----------
    fit
        Of one person's own days, as member a.
    evenings
        The same person's answers about the two of them.
    first
        Day of the first row of the fit.
    conflict
        Column of friction among the events; ``None`` where there was none.

    Returns
    -------
    dict
        ``self_after_nearness``: ``costs`` or ``supports``; ``room_after_nearness``:
        ``room_after_near`` or ``closeness_after_near``; ``after_friction``: ``repaired`` or
        ``still_down``.
    """
    found = {
        "self_after_nearness": next(
            one for one in bearings(fit) if tuple(one.about.split(",")) == SELF_AFTER_NEARNESS
        )
    }
    room = np.full(fit.smoothed_mean.shape[0], np.nan)
    for evening in evenings:
        at = (evening.day - first).days
        if evening.room is not None and 0 <= at < room.size:
            room[at] = evening.room
    if np.any(~np.isnan(room[1:])):
        own, _ = room_slopes(fit_room(room, fit, Member.A), fit)
        found["room_after_nearness"] = own
    if conflict is not None:
        found["after_friction"] = repair_of(fit, Member.A, event=conflict).after_two_days
    return {name: one.word for name, one in found.items() if one.said}
