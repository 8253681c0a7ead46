"""What changes an account: accepting a text, another zone, taking everything away, leaving."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction

from counterpoint.web.accounts.models import Acceptance, User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.accounts.queries import privacy_version
from counterpoint.web.accounts.rules import PRIVACY
from counterpoint.web.core import clock
from counterpoint.web.jobs.services import forget_jobs


def accept_privacy(owner: User) -> str:
    """Record that a person read the privacy page, once per version, and return the version."""
    version = privacy_version()
    Acceptance.objects.get_or_create(
        owner=owner,
        document=PRIVACY,
        version=version,
        defaults={"accepted_at": clock.now()},
    )
    return version


def change_zone(owner: User, zone: str) -> None:
    """Count a person's days in another zone from now on; days already kept stay as they are."""
    owner.zone = zone
    owner.save(update_fields=["zone"])


@transaction.atomic
def delete_person(owner: User) -> None:
    """Erase everything of a person: rows, key, waiting jobs, sessions on every device."""
    key = owner.pk
    User.objects.select_for_update().get(pk=key)
    for entry in entries():
        entry.erase(owner)
    forget_jobs(str(key))
    end_sessions(owner)
    User.objects.filter(pk=key).delete()


def end_sessions(owner: User) -> int:
    """End all sessions of a person, on every device, and return how many there were."""
    mine = [
        row.session_key
        for row in Session.objects.iterator(chunk_size=500)
        if row.get_decoded().get("_auth_user_id") == str(owner.pk)
    ]
    Session.objects.filter(session_key__in=mine).delete()
    return len(mine)
