"""The secret address of a calendar: made, made anew, ended. Only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction

from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.reminders.models import CalendarFeed

TOKEN_BYTES = 32
"""256 bits of chance."""


@transaction.atomic
def renew_feed(owner: User) -> str:
    """Make a new address and end the one before; return its token, which nobody can read later."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(
        owner=owner, defaults={"token_hash": _hash(token), "made_at": clock.now()}
    )
    return token


@transaction.atomic
def end_feed(owner: User) -> None:
    """End the address; a calendar that asks for it finds nothing there."""
    CalendarFeed.objects.filter(owner=owner).delete()


def owner_of_feed(token: str) -> User | None:
    """Return whose times an address shows; one look-up by hash, whatever was sent."""
    feed = CalendarFeed.objects.filter(token_hash=_hash(token)).select_related("owner").first()
    return None if feed is None else feed.owner


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
