"""The deletion ledger: which accounts were deleted, so that no restored copy brings one back.

A file outside the database, to which a line is added for each account that is deleted: the
SHA-256 of its id, and the day. At each start the site reads it and deletes whoever is in the
database all the same, which only happens after an older copy of it was restored.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from counterpoint.errors import SetupError
from counterpoint.web.core import clock

HEX_DIGITS = 64


def ledger_path() -> Path:
    """Return where the ledger lies: by default beside the master key file."""
    return Path(settings.COUNTERPOINT_LEDGER_FILE)


def mark_of(owner_id: UUID) -> str:
    """Return what stands in the ledger for an account."""
    return hashlib.sha256(str(owner_id).encode()).hexdigest()


def record_deletion(owner_id: UUID) -> None:
    """Add an account to the ledger, and return once the line is on the disk.

    Raises
    ------
    OSError
        If it cannot be written; then nothing may be deleted either.
    """
    line = f"{mark_of(owner_id)} {clock.machine_now():%Y-%m-%d}\n".encode()
    path = ledger_path()
    is_new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        if os.fstat(handle).st_size and not _ends_a_line(path):
            line = b"\n" + line  # the machine stopped while an earlier line was written
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read_ledger() -> frozenset[str]:
    """Return the marks of every deleted account; a torn line is passed over.

    Raises
    ------
    SetupError
        If there is a ledger that cannot be read.
    """
    path = ledger_path()
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise SetupError(f"COUNTERPOINT_LEDGER_FILE cannot be read: {path}") from error
    return frozenset(
        mark for mark in (line.partition(" ")[0] for line in lines) if len(mark) == HEX_DIGITS
    )


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
