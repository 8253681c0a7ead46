"""Making the three secrets of a site: signing key, master key file, key of what goes to devices.

A master key file has one key a line, ``<id>:<32 bytes in base64>``; lines that begin with
``#`` are notes. The first key seals, the others only open what they sealed before.
"""

from __future__ import annotations

import base64
import binascii
import itertools
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from counterpoint.errors import SetupError


def write_secret(path: Path, text: str) -> Path:
    """Write a new file that only its owner can read; an existing file is left as it is.

    Returns
    -------
    pathlib.Path
        The path given.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def write_key_file(path: Path) -> Path:
    """Write a master key file with one new key, unless there is one already."""
    key = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    return write_secret(
        path, f"# seals people's own words; keep apart from the database\nk1:{key}\n"
    )


def add_master_key(path: Path) -> str:
    """Put a new key on top of a master key file, and return its id.

    The file is replaced whole, so that a reader sees either the old or the new one; what stood in
    it stays below.

    Raises
    ------
    SetupError
        If the file cannot be read or its folder cannot be written.
    """
    try:
        before = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SetupError(f"COUNTERPOINT_KEY_FILE cannot be read: {path}") from error
    known = {line.partition(":")[0].strip() for line in before.splitlines()}
    key_id = next(f"k{n}" for n in itertools.count(1) if f"k{n}" not in known)
    key = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    partial = path.with_name(f"{path.name}.new")
    partial.unlink(missing_ok=True)
    try:
        write_secret(partial, f"{key_id}:{key}\n{before}")
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise SetupError(f"COUNTERPOINT_KEY_FILE cannot be written: {path}") from error
    return key_id


def write_secret_key(path: Path) -> Path:
    """Write a file with a new signing key, unless there is one already."""
    return write_secret(path, secrets.token_urlsafe(64) + "\n")


PUSH_KEY_BYTES = 32


def write_push_key(path: Path) -> Path:
    """Write a file with a new key that signs what goes to devices, unless there is one already."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    key = base64.urlsafe_b64encode(number.to_bytes(PUSH_KEY_BYTES, "big")).rstrip(b"=").decode()
    return write_secret(
        path, f"# signs what is sent to devices; the first key is for new ones\n{key}\n"
    )


def is_push_key(text: str) -> bool:
    """Whether a text is a private number of the curve P-256, 32 bytes in URL-safe base64."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())
    except (binascii.Error, ValueError):
        return False
    return len(raw) == PUSH_KEY_BYTES
