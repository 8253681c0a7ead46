"""The joint picture of two people: made by the worker on the first Sunday of a month."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import queries as couples_queries
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms, publish_release
from counterpoint.web.diary import between
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics.services.solo import WINDOW_DAYS
from counterpoint.web.jobs.registry import runs, schedules

if TYPE_CHECKING:
    from counterpoint.web.dynamics.services import joint_reading

KIND = "joint_release"


@schedules(KIND)
def due_releases() -> list[tuple[str, str]]:
    """Return (kind, key) of each couple whose joint picture of this month is not decided on."""
    return [(KIND, str(couple_id)) for couple_id in couples_queries.due_for_release(clock.now())]


@runs(KIND)
def run_joint_release(key: str) -> bool:
    """Make and publish one couple's joint picture, if there may be one; the key is its id."""
    return publish_release(uuid.UUID(key), build_release, clock.now()) is not None


def build_release(terms: ReleaseTerms) -> ReleaseDraft | None:
    """Read two people's days together and return what may be shown, or ``None``.

    Nothing after the terms' last day is read, and nothing older than 120 days. If there are not
    enough new days of each, nothing is fitted at all. Where the fast sampler is not ready, the
    slow one is run at full length: nobody waits for this picture.

    Parameters
    ----------
    terms
        Who, until when, and whether both share their days.
    """
    from counterpoint.engine import backend_ready  # noqa: PLC0415 - loads the engine
    from counterpoint.web.dynamics.services import joint_reading  # noqa: PLC0415 - loads the engine

    start = terms.days_until - timedelta(days=WINDOW_DAYS - 1)
    voices = {}
    for member in Member:
        voices[member] = _voice(terms.people[member], start, terms.days_until)
        if not terms.has_new_days(member, voices[member].held):
            return None
    picture = joint_reading.read_together(
        voices,
        name=str(terms.couple_id),
        seed=secrets.randbits(32),
        share_places=terms.with_places,
        is_exact=terms.is_exact,
        backend="compiled" if backend_ready() else "portable",
    )
    if picture is None:
        return None
    held = {member: voices[member].held for member in Member}
    return ReleaseDraft(content=picture.to_json(), held=held)


def _voice(owner: User, start: date, until: date) -> joint_reading.Voice:
    """Return one person's answered days of the window, and no word of any other day."""
    from counterpoint.web.dynamics.services.joint_reading import Voice  # noqa: PLC0415 - see above

    days = [
        day
        for day in diary_queries.rows_for_engine(owner)
        if start <= day.day <= until and day.is_answered
    ]
    held = {day.day for day in days}
    evenings = [each for each in between.evenings_between(owner) if each.day in held]
    return Voice(days=days, evenings=evenings)
