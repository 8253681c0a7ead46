"""What changes an account: accepting a text, another zone, leaving for good."""

from __future__ import annotations

import logging

from django.db import connection, transaction

from counterpoint.web.accounts import zone_changes
from counterpoint.web.accounts.ledger import mark_of, read_ledger, record_deletion
from counterpoint.web.accounts.models import Acceptance, User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.accounts.queries import privacy_version
from counterpoint.web.accounts.rules import PRIVACY
from counterpoint.web.accounts.visits import end_sessions
from counterpoint.web.core import clock
from counterpoint.web.jobs.registry import runs
from counterpoint.web.jobs.services import enqueue, forget_jobs

WIPE = "wipe_journal"

log = logging.getLogger("counterpoint.accounts")


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


@transaction.atomic
def change_zone(owner: User, zone: str) -> None:
    """Count a person's days in another zone from now on; days already kept stay as they are."""
    owner.zone = zone
    owner.save(update_fields=["zone"])
    zone_changes.tell(owner)


def change_language(owner: User, language: str) -> None:
    """Write pages and letters to a person in another language from now on."""
    owner.language = language
    owner.save(update_fields=["language"])


@transaction.atomic
def delete_person(owner: User) -> None:
    """Erase everything of a person, and enter the account in the deletion ledger.

    The ledger is written last but before the rows are gone for good: if the machine stops in
    between, the next start finishes what the person asked for.

    Raises
    ------
    OSError
        If the ledger cannot be written; then nothing is erased.
    """
    key = owner.pk
    erase_person(owner)
    record_deletion(key)


@transaction.atomic
def erase_person(owner: User) -> None:
    """Erase everything of a person: rows, keys, waiting jobs, sessions on every device."""
    key = owner.pk
    User.objects.select_for_update().get(pk=key)
    for entry in entries():
        entry.erase(owner)
    forget_jobs(str(key))
    end_sessions(owner)
    User.objects.filter(pk=key).delete()
    transaction.on_commit(wipe_journal_soon)


def replay_ledger() -> int:
    """Delete every account that is in the ledger and in the database, and return how many were.

    There are none unless an older copy of the database was restored, or the machine stopped while
    an account was being deleted.
    """
    deleted = read_ledger()
    if not deleted:
        return 0
    known = User.objects.values_list("pk", flat=True).iterator(chunk_size=2000)
    back = [owner_id for owner_id in known if mark_of(owner_id) in deleted]
    for owner_id in back:
        erase_person(User.objects.get(pk=owner_id))
    if back:
        log.info("accounts deleted again after a restore: %d", len(back))
    return len(back)


def wipe_journal_soon() -> None:
    """Wipe the journal now, or have the worker do it when somebody is reading just then."""
    if not wipe_journal():
        enqueue(WIPE, "all")


def wipe_journal() -> bool:
    """Empty SQLite's write-ahead journal, which still holds pages as they were before.

    Returns
    -------
    bool
        Whether nothing is left in it. Other databases keep no such file beside them.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    with connection.cursor() as cursor:
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


@runs(WIPE)
def run_wipe(key: str) -> None:
    """Wipe the journal from the queue; tried again later while somebody reads."""
    if not wipe_journal():
        raise TimeoutError("the journal is being read")
