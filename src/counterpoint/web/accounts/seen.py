"""What of a person was opened to whom, in a chain of entries that person can read.

A partner's looks are never recorded: that would be a read receipt. Recorded is what was *made
visible* to them, dated by that; and each view by a therapist or by whoever runs the site.
"""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum

from django.db import transaction

from counterpoint.web.accounts.models import AccessEntry, User
from counterpoint.web.core import clock

CHECK_DIGITS = 12


class Viewer(StrEnum):
    """To whom something was opened."""

    PARTNER = "partner"
    THERAPIST = "therapist"
    HOST = "host"


@transaction.atomic
def record_access(
    viewer: Viewer, owner: User, kind_of_data: str, *, occasion: str = "", at: date | None = None
) -> AccessEntry:
    """Add an entry to a person's log.

    Parameters
    ----------
    viewer
        To whom. For a partner an ``occasion`` is needed: what was made visible, not who looked.
    owner
        Whose data.
    kind_of_data
        Which kind, such as ``patterns`` or ``place``.
    occasion
        Id of the release or consent; the same one is recorded once.
    at
        The day it was made visible, in the owner's zone; today when not given.

    Raises
    ------
    ValueError
        If a partner's access comes without an occasion.
    """
    if viewer is Viewer.PARTNER and not occasion:
        raise ValueError("a partner's looks are not recorded; name what was made visible")
    User.objects.select_for_update().get(pk=owner.pk)
    mine = AccessEntry.objects.filter(owner=owner)
    if occasion:
        known = mine.filter(viewer=viewer, kind_of_data=kind_of_data, occasion=occasion).first()
        if known is not None:
            return known
    last = mine.order_by("-number").first()
    entry = AccessEntry(
        owner=owner,
        number=last.number + 1 if last else 1,
        on=at or clock.today(owner.zone),
        viewer=viewer.value,
        kind_of_data=kind_of_data,
        occasion=occasion,
        before=last.digest if last else "",
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def digest_of(entry: AccessEntry) -> str:
    """Return the SHA-256 that seals one entry and, through it, all before it."""
    parts = (
        str(entry.owner_id), str(entry.number), entry.on.isoformat(), entry.viewer,
        entry.kind_of_data, entry.occasion, entry.before,
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def is_whole(entries: list[AccessEntry]) -> bool:
    """Whether a log, oldest first, is as it was written: no gap, no change, no swap."""
    before = ""
    for number, entry in enumerate(entries, start=1):
        fits = entry.number == number and entry.before == before
        if not fits or entry.digest != digest_of(entry):
            return False
        before = entry.digest
    return True


def log_of(owner: User) -> list[AccessEntry]:
    """Return a person's log, oldest first."""
    return list(AccessEntry.objects.filter(owner=owner).order_by("number"))


def check_mark(entries: list[AccessEntry]) -> str:
    """Return the first digits of the last seal: written down, they show later whether it held."""
    return entries[-1].digest[:CHECK_DIGITS] if entries else ""
